"""Notes before OpenSSL: the signature of the log and the cosignature of the witness, and a changed text.

usage: python3 signatures.py < cases     (one JSON object a line: note and keys, two verifier keys)
"""
import base64, json, os, subprocess, sys, tempfile

# SubjectPublicKeyInfo of an Ed25519 key (RFC 8410), in front of its 32 bytes.
PREFIX = bytes.fromhex("302a300506032b6570032100")
failures = count = 0


def holds(folder, key, message, signature):
    for name, data in (("key", PREFIX + key), ("message", message), ("signature", signature)):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    return subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", "key", "-in", "message",
         "-sigfile", "signature"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


with tempfile.TemporaryDirectory() as folder:
    for line in sys.stdin:
        case = json.loads(line)
        text, _, rest = base64.b64decode(case["note"]).decode().rpartition("\n\n")
        text = (text + "\n").encode()
        for key, signature in zip(case["keys"], rest.splitlines()):
            kind = base64.b64decode(key.split("+", 2)[2])
            data = base64.b64decode(signature.split(" ")[2])[4:]
            if kind[0] == 4:
                time, data = int.from_bytes(data[:8], "big"), data[8:]
                message = b"cosignature/v1\ntime %d\n" % time + text
            else:
                message = text
            count += 1
            if not holds(folder, kind[1:], message, data) or holds(folder, kind[1:], message + b"\n", data):
                failures += 1
                print("OpenSSL differs on the signature of", key)
print("%d signatures, differences %d" % (count, failures))
sys.exit(failures > 0 or count == 0)
