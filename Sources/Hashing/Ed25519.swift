internal import COpenSSL

/// A public key of Ed25519 (RFC 8032 section 5.1), 32 bytes.
package struct Ed25519PublicKey: Hashable, Sendable {
    package let bytes: [UInt8]

    /// - Returns: `nil` unless there are 32 bytes that name a point canonically and not one of
    ///   small order, under which one signature fits many messages.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        // The bit of the sign apart, a point is named by y in little-endian order.
        var y = bytes
        y[31] &= 0x7f
        guard Self.isBelowPrime(y), !Self.smallOrder.contains(y) else { return nil }
        self.bytes = bytes
    }

    /// True for a signature of 64 bytes that fits; its scalar must be canonical.
    package func isValid(signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == 64,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else {
            preconditionFailure("libcrypto has memory for a context.")
        }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
        return EVP_DigestVerify(
            context, signature, signature.count, message, message.count) == 1
    }

    /// True for a number below p = 2^255 − 19.
    private static func isBelowPrime(_ y: [UInt8]) -> Bool {
        y[0] < 0xed || y[31] != 0x7f || y[1..<31].contains { $0 != 0xff }
    }

    /// The y of the points of order 4, 1, 2, 8 and 8: 0, 1, −1 and the two roots for order 8.
    private static let smallOrder: Set<[UInt8]> = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
        [
            0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef,
            0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88,
            0x6d, 0x53, 0xfc, 0x05,
        ],
        [
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10,
            0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77,
            0x92, 0xac, 0x03, 0x7a,
        ],
    ]
}

/// A key pair of Ed25519 from its seed of 32 bytes (RFC 8032 section 5.1.5).
package struct Ed25519PrivateKey: Sendable {
    /// The secret.
    package let seed: [UInt8]
    package let publicKey: Ed25519PublicKey

    /// - Returns: `nil` unless there are 32 bytes.
    package init?(seed: [UInt8]) {
        guard seed.count == 32,
            let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        else { return nil }
        defer { EVP_PKEY_free(key) }
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        guard EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1, count == 32,
            let publicKey = Ed25519PublicKey(bytes: bytes)
        else { return nil }
        self.seed = seed
        self.publicKey = publicKey
    }

    /// The signature of 64 bytes; the same for the same message.
    package func signature(of message: [UInt8]) -> [UInt8] {
        guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count),
            let context = EVP_MD_CTX_new()
        else { preconditionFailure("libcrypto takes again a seed that it has taken.") }
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        var signature = [UInt8](repeating: 0, count: 64)
        var count = signature.count
        let prepared = EVP_DigestSignInit(context, nil, nil, nil, key)
        let signed = EVP_DigestSign(context, &signature, &count, message, message.count)
        precondition(prepared == 1 && signed == 1 && count == 64, "A key pair signs anything.")
        return signature
    }
}
