internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104).
package enum HMACSHA256 {
    package static func code(key: [UInt8], of message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var count = 0
        let found = EVP_Q_mac(
            nil, "HMAC", nil, "SHA256", nil, key, key.count, message, message.count, &code,
            code.count, &count)
        precondition(found != nil && count == 32, "libcrypto offers HMAC with SHA-256.")
        return code
    }

    /// A key of 32 bytes (HKDF, RFC 5869, one block).
    ///
    /// - Parameter salt: `nil` for the salt of zeros that the RFC names.
    package static func derivedKey(
        from secret: [UInt8], salt: [UInt8]?, info: String
    ) -> [UInt8] {
        let salt = salt ?? [UInt8](repeating: 0, count: 32)
        return code(key: code(key: salt, of: secret), of: Array(info.utf8) + [1])
    }
}

/// scrypt (RFC 7914): a key that is slow to guess from a passphrase.
package enum Scrypt {
    /// - Parameter workFactor: log2 N; r is 8 and p is 1, so that memory is 2^workFactor KiB.
    /// - Returns: 32 bytes; `nil` where memory is lacking.
    package static func key(
        passphrase: [UInt8], salt: [UInt8], workFactor: Int
    ) -> [UInt8]? {
        precondition((1...22).contains(workFactor), "A work factor is 1 to 22.")
        var key = [UInt8](repeating: 0, count: 32)
        let limit: UInt64 = (128 * 8 << UInt64(workFactor)) + (1 << 20)
        let status = passphrase.withUnsafeBytes { bytes in
            EVP_PBE_scrypt(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, salt,
                salt.count, 1 << UInt64(workFactor), 8, 1, limit, &key, key.count)
        }
        return status == 1 ? key : nil
    }
}

/// ChaCha20-Poly1305 (RFC 8439) without additional data.
package enum ChaCha20Poly1305 {
    package static let tagCount = 16

    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - nonce: 12 bytes.
    /// - Returns: The ciphertext with its tag of 16 bytes.
    package static func sealed(_ plain: [UInt8], key: [UInt8], nonce: [UInt8]) -> [UInt8] {
        precondition(key.count == 32 && nonce.count == 12, "Key and nonce have their lengths.")
        guard let context = EVP_CIPHER_CTX_new() else {
            preconditionFailure("libcrypto has memory for a context.")
        }
        defer { EVP_CIPHER_CTX_free(context) }
        var text = [UInt8](repeating: 0, count: plain.count + tagCount)
        var count: Int32 = 0
        let begun = EVP_EncryptInit_ex(context, EVP_chacha20_poly1305(), nil, key, nonce)
        let done = EVP_EncryptUpdate(context, &text, &count, plain, Int32(plain.count))
        var rest = [UInt8](repeating: 0, count: tagCount)
        let ended = EVP_EncryptFinal_ex(context, &rest, &count)
        var tag = [UInt8](repeating: 0, count: tagCount)
        let tagged = EVP_CIPHER_CTX_ctrl(
            context, EVP_CTRL_AEAD_GET_TAG, Int32(tagCount), &tag)
        precondition(
            begun == 1 && done == 1 && ended == 1 && tagged == 1,
            "libcrypto offers ChaCha20-Poly1305.")
        text.replaceSubrange(plain.count..., with: tag)
        return text
    }

    /// - Returns: `nil` where the tag does not fit: another key, or changed bytes.
    package static func opened(_ text: [UInt8], key: [UInt8], nonce: [UInt8]) -> [UInt8]? {
        precondition(key.count == 32 && nonce.count == 12, "Key and nonce have their lengths.")
        guard text.count >= tagCount, let context = EVP_CIPHER_CTX_new() else { return nil }
        defer { EVP_CIPHER_CTX_free(context) }
        let size = text.count - tagCount
        var plain = [UInt8](repeating: 0, count: size + tagCount)
        var count: Int32 = 0
        var tag = Array(text[size...])
        guard EVP_DecryptInit_ex(context, EVP_chacha20_poly1305(), nil, key, nonce) == 1,
            EVP_DecryptUpdate(context, &plain, &count, text, Int32(size)) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagCount), &tag) == 1,
            EVP_DecryptFinal_ex(context, &tag, &count) == 1
        else { return nil }
        return Array(plain.prefix(size))
    }
}
