"""The same trees before verify.py, the verifier that packs carry: roots, inclusion proofs, bad proofs.

usage: python3 trees.py FOLDER-OF-VERIFY.PY < cases
"""
import base64, hashlib, json, sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import verify

failures = count = 0


def expect(holds, what, case):
    global failures
    if not holds:
        failures += 1
        print("tree %d, size %d: %s" % (case["tree"], case["size"], what))


def path_root(case, index, leaf, path):
    try:
        return verify.path_root("", index, case["size"], leaf, [base64.b64decode(node) for node in path])
    except verify.Fault:
        return None


for line in sys.stdin:
    case = json.loads(line)
    if "root" not in case:
        continue
    count += 1
    leaves = [hashlib.sha256(b"\0tree %d leaf %d" % (case["tree"], number)).digest() for number in range(case["size"])]
    root = verify.tree_root(leaves)
    expect(root == base64.b64decode(case["root"]), "another root", case)
    expect(verify.tree_root(leaves[:case["old"]]) == base64.b64decode(case["oldRoot"]), "another old root", case)
    if leaves:
        leaf = leaves[case["index"]]
        expect(path_root(case, case["index"], leaf, case["inclusion"]) == root, "inclusion proof refused", case)
        expect(path_root(case, case["badIndex"], leaf, case["badInclusion"]) != root, "bad proof accepted", case)
print("%d trees, differences %d" % (count, failures))
sys.exit(failures > 0 or count == 0)
