internal import COpenSSL

/// Computes a SHA-256 digest piece by piece, with libcrypto.
package struct SHA256Hasher: ~Copyable {
    private let context: OpaquePointer

    package init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
        else { preconditionFailure("libcrypto offers SHA-256 and memory for its context.") }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let status = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(status == 1, "A digest in progress takes any bytes.")
    }

    /// The digest of all bytes so far; the hasher starts afresh.
    package mutating func finalize() -> SHA256Digest {
        var finished: Int32 = 0
        let digest = SHA256Digest { bytes in
            finished = EVP_DigestFinal_ex(
                context, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, nil)
        }
        // Without a type the digest is kept; naming it makes OpenSSL 3 look it up again each time.
        let restarted = EVP_DigestInit_ex(context, nil, nil)
        precondition(finished == 1 && restarted == 1, "A digest in progress can be finished.")
        return digest
    }
}
