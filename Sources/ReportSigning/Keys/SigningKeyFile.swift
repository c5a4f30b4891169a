internal import EntryIntake
internal import Foundation

/// A file of signing keys, one a line. Only its owner may read it: a copy of the private key signs what it likes.
struct SigningKeyFile {
    let path: String

    /// The keys of the file, in its order; nil when there is no file.
    ///
    /// - Throws: `.storageFailed` when the file is open to others, is no regular file, or has a line that is no key.
    func read() throws(IntakeError) -> [SigningKey]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw unusable(Self.reason())
        }
        defer { close(descriptor) }
        try checkMode(descriptor)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        guard let data = try? handle.read(upToCount: Self.mostBytes) else { throw unusable(Self.reason()) }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
            .filter { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
        var keys: [SigningKey] = []
        for line in lines {
            guard let key = SigningKey(line: line) else { throw unusable("key \(keys.count + 1)") }
            keys.append(key)
        }
        return keys
    }

    /// Largest file that is read: some 10,000 keys.
    private static let mostBytes = 1 << 20

    private func checkMode(_ descriptor: Int32) throws(IntakeError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unusable(Self.reason()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw unusable("no regular file") }
        let mode = status.st_mode & 0o777
        guard mode & 0o077 == 0 else {
            let shown = "0" + String(mode, radix: 8)
            throw IntakeError(
                .storageFailed,
                zh: "签名密钥文件“\(path)”的权限是 \(shown)，其他用户可以读取或改动。请运行 chmod 600 '\(path)'；如果已有人读取过，请再运行 "
                    + "clipcheck signing-keys rotate 更换密钥。",
                en:
                    "Others may read or write the signing keys \"\(path)\" (mode \(shown)). Run chmod 600 '\(path)'; if "
                    + "somebody may have read it, run clipcheck signing-keys rotate as well.")
        }
    }

    /// Makes the file, whole before it has its name. False, and nothing made, when the name is taken.
    func create(_ keys: [SigningKey]) throws(IntakeError) -> Bool {
        let draft = try writeDraft(keys)
        defer { unlink(draft) }
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return false }
            throw .signingKeys("link", errno)
        }
        try syncFolder()
        return true
    }

    /// Replaces the content of the file in one step. The file keeps its owner, so that the service can still read it after
    /// root rotated its keys.
    func replace(with keys: [SigningKey]) throws(IntakeError) {
        let draft = try writeDraft(keys)
        var status = stat()
        let sameGroup = gid_t.max
        if stat(path, &status) == 0, chown(draft, status.st_uid, sameGroup) != 0 {
            let code = errno
            unlink(draft)
            throw .signingKeys("chown", code)
        }
        guard rename(draft, path) == 0 else {
            let code = errno
            unlink(draft)
            throw .signingKeys("rename", code)
        }
        try syncFolder()
    }

    private func writeDraft(_ keys: [SigningKey]) throws(IntakeError) -> String {
        let text = Self.heading + keys.map { $0.line + "\n" }.joined()
        let draft = "\(path).\(getpid()).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .signingKeys("open", errno) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let code = errno
            unlink(draft)
            throw .signingKeys("write", code)
        }
        return draft
    }

    private static let heading = """
        # Signing keys of clipcheck. Keep this file secret and in your backup. The first key signs; the public ones verify
        # what was signed before. clipcheck signing-keys rotate replaces the first key.

        """

    /// A key that is lost with the power leaves reports behind that nothing verifies.
    private func syncFolder() throws(IntakeError) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .signingKeys("open folder", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .signingKeys("fsync folder", errno) }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }

    /// The error of a file that cannot be used.
    func unusable(_ cause: String) -> IntakeError {
        IntakeError(
            .storageFailed,
            zh: "签名密钥文件“\(path)”无法使用（\(cause)）。请从备份恢复；没有备份时可移走该文件，下次启动会建立新密钥，但旧报告须另存的公钥才能核对。",
            en:
                "The file of signing keys \"\(path)\" cannot be used (\(cause)). Restore it from a backup. Without one, move "
                + "it away: the next start makes a new key, and older reports need a public key that was kept elsewhere."
        )
    }
}

extension IntakeError {
    /// A failed call on the file of signing keys.
    fileprivate static func signingKeys(_ call: String, _ code: Int32) -> IntakeError {
        let cause = "signing keys: \(call): \(String(cString: strerror(code)))"
        guard code == ENOSPC || code == EDQUOT else { return .storageFailed(cause) }
        return IntakeError(
            .diskFull, zh: "磁盘空间不足，无法写入签名密钥。请清理空间后重试。",
            en: "The disk is full, so the signing keys cannot be written. Free some space and try again.", cause: cause)
    }
}
