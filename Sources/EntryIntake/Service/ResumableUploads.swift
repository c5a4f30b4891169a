internal import ContestRules
internal import Crypto
internal import MediaFacts

internal import struct Foundation.UUID

/// Orders the steps of an upload in several requests: begin, append, make the entry.
public struct ResumableUploads: Sendable {
    private let intake: Intake
    private let keeper: any UploadKeeping
    /// Time for which an upload is stored after its last request.
    public let lifetime: Duration
    private let locks = KeyedLock()

    /// Number of bytes after which a long request commits its progress to the disk.
    static let commitInterval: Int64 = 16 << 20

    /// Makes the service; uploads expire `lifetime` after their last request.
    public init(intake: Intake, keeper: any UploadKeeping, lifetime: Duration) {
        self.intake = intake
        self.keeper = keeper
        self.lifetime = lifetime
    }

    /// Describes an upload that may begin now.
    ///
    /// - Throws: `.contestForbidden`, `.contestUnknown`, `.fieldUnknown`.
    public func plan(
        contest id: String, by principal: Principal = .everybody, fields: [String: String], filename: String?,
        metadata: String?, length: Int64
    ) throws(IntakeError) -> ResumableUpload {
        try principal.require(contest: id)
        let contest = try intake.contests.contest(id)
        return ResumableUpload(
            id: UUID().uuidString.lowercased(), contest: contest.id, owner: principal.owner,
            fields: try contest.known(fields), filename: filename, metadata: metadata, length: length, expires: expiry)
    }

    /// Begins an upload, once for each `Idempotency-Key`. An upload of no bytes is whole at once.
    ///
    /// - Returns: the upload in its present state, and whether an earlier request with the key began it.
    /// - Throws: `.tooManyUploads`, `.insufficientStorage`; `.keyReused` when the key was used for a request with other
    ///   content.
    public func begin(
        _ upload: ResumableUpload, request: IdempotentRequest?
    ) async throws(IntakeError) -> (upload: ResumableUpload, isRepeated: Bool) {
        guard let request else {
            try await add(upload, nil)
            return (upload, false)
        }
        return try await locks.with("key \(request.principal) \(request.key)") { () async throws(IntakeError) in
            switch try await intake.keeper.answer(to: request) {
            case .upload(let id): return (try await state(of: id), true)
            case .entry: throw .keyReused
            case nil:
                try await add(upload, request)
                return (upload, false)
            }
        }
    }

    /// Requires that a principal may continue the upload `id`: its own, or with the scope `admin` any upload to the
    /// key's contest. An unknown id passes, because the request itself fails with `.uploadUnknown`.
    ///
    /// - Throws: `.keyMissing`, `.scopeMissing`; `.uploadUnknown` for an upload of another principal.
    public func admit(_ principal: Principal, to id: String) async throws(IntakeError) {
        try principal.require(anyOf: [.submit])
        guard !principal.isUnlimited, let upload = try await keeper.upload(id) else { return }
        let isOwn = principal.hasKey && upload.owner == principal.id
        let isAdministered =
            principal.scopes.contains(.admin) && (principal.contest == nil || principal.contest == upload.contest)
        guard isOwn || isAdministered else { throw .uploadUnknown }
    }

    private func add(_ upload: ResumableUpload, _ request: IdempotentRequest?) async throws(IntakeError) {
        try await intake.promises.begin(uploadOf: upload.length) { () async throws(IntakeError) in
            try await keeper.add(upload, request: request)
        }
    }

    /// The state of an upload. A request that still appends to it is ended first, so that the offset stays valid.
    ///
    /// - Throws: `.uploadUnknown`, `.uploadExpired`.
    public func state(of id: String) async throws(IntakeError) -> ResumableUpload {
        if let upload = try await keeper.upload(id), upload.isWhole {
            // The service ended after the last byte and before the entry was made. The entry is made now.
            if upload.entry == nil,
                let finished = try? await append(NoPieces(), to: id, at: upload.offset, checksum: nil)
            {
                return finished
            }
            return try check(upload)
        }
        return try await locks.with(id) { () async throws(IntakeError) in
            guard let upload = try await keeper.upload(id) else { throw .uploadUnknown }
            return try check(upload)
        }
    }

    /// The time at which an upload expires; nil when there is no such upload, or its record cannot be read.
    public func expiry(of id: String) async -> Moment? { try? await keeper.upload(id)?.expires }

    /// Appends bytes at `offset`. The last byte of the upload makes its entry.
    ///
    /// When the request breaks off, the received bytes are kept, unless a checksum covers the whole request. Another
    /// request for the same upload ends this one.
    ///
    /// - Throws: the errors of `pieces`, and `.uploadUnknown`, `.uploadExpired`, `.offsetMismatch`, `.uploadOverrun`,
    ///   `.checksumMismatch`, `.uploadTakenOver`, `.diskFull`, `.storageFailed`.
    public func append<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, to id: String, at offset: Int64, checksum: UploadChecksum?
    ) async throws -> ResumableUpload where Pieces.Element: MediaBytes {
        await locks.lock(id)
        return try await appendInTurn(pieces, to: id, at: offset, checksum: checksum)
    }

    private func appendInTurn<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, to id: String, at offset: Int64, checksum: UploadChecksum?
    ) async throws -> ResumableUpload where Pieces.Element: MediaBytes {
        do {
            let upload = try await received(pieces, id, offset, checksum)
            await locks.unlock(id)
            // The entry is stored already. If it cannot be checked now, the backlog checks it.
            if let entry = upload.entry { _ = try? await intake.completeReport(of: entry) }
            return upload
        } catch {
            await locks.unlock(id)
            throw error
        }
    }

    /// Removes an upload with its bytes. A request that still appends to it is ended first.
    ///
    /// - Throws: `.uploadUnknown`.
    public func cancel(_ id: String) async throws(IntakeError) {
        try await locks.with(id) { () async throws(IntakeError) in
            guard try await keeper.delete(upload: id) else { throw .uploadUnknown }
        }
    }

    /// Makes the entries of uploads that were whole when the service ended, and removes expired uploads. Skips an
    /// upload that a request is working on.
    ///
    /// A failure to make an entry is reported to `observer`, and the upload is tried again at the next pass.
    public func tidy(reportingTo observer: any BackgroundObserver = NoObserver()) async throws(IntakeError) {
        for upload in try await keeper.uploadsWithoutEntry() where await locks.lockIfFree(upload.id) {
            do {
                _ = try await appendInTurn(NoPieces(), to: upload.id, at: upload.offset, checksum: nil)
            } catch {
                observer.noteFailure(.tidying, error as? IntakeError ?? .storageFailed("\(error)"))
            }
        }
        for id in try await keeper.uploads(expiredAt: intake.now) where await locks.lockIfFree(id) {
            // The upload is read again under the lock, because a request may have extended its lifetime.
            if let upload = try? await keeper.upload(id), upload.expires.milliseconds <= intake.now.milliseconds {
                _ = try? await keeper.delete(upload: id)
            }
            await locks.unlock(id)
        }
        try await keeper.tidy(at: intake.now)
    }

    private var expiry: Moment { intake.now.advanced(by: lifetime) }

    private func check(_ upload: ResumableUpload) throws(IntakeError) -> ResumableUpload {
        guard upload.expires.milliseconds > intake.now.milliseconds else { throw .uploadExpired }
        return upload
    }

    private func received<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, _ id: String, _ offset: Int64, _ checksum: UploadChecksum?
    ) async throws -> ResumableUpload where Pieces.Element: MediaBytes {
        guard var upload = try await keeper.upload(id) else { throw IntakeError.uploadUnknown }
        upload = try check(upload)
        guard upload.offset == offset else { throw IntakeError.offsetMismatch }
        if upload.entry != nil { return upload }
        let media = try await keeper.resume(upload)
        let receiving = Task { [upload] in
            try await receive(pieces, into: media, as: upload, checksum: checksum)
        }
        await locks.setGiveWay(of: id) { receiving.cancel() }
        do {
            upload = try await withTaskCancellationHandler {
                try await receiving.value
            } onCancel: {
                receiving.cancel()
            }
            await locks.setGiveWay(of: id, nil)
            guard upload.isWhole else {
                await media.close()
                return upload
            }
            return try await finish(upload, media)
        } catch {
            await media.close()
            throw receiving.isCancelled && !Task.isCancelled ? IntakeError.uploadTakenOver : error
        }
    }

    /// Writes the pieces, commits them, and returns the upload with its new offset.
    private func receive<Pieces: AsyncSequence>(
        _ pieces: Pieces, into media: any ResumableMedia, as upload: ResumableUpload, checksum: UploadChecksum?
    ) async throws -> ResumableUpload where Pieces.Element: MediaBytes {
        var (offset, committed, checksum) = (upload.offset, upload.offset, checksum)
        do {
            for try await piece in pieces {
                guard Int64(piece.count) <= upload.length - offset else { throw IntakeError.uploadOverrun }
                checksum?.add(piece)
                try await media.write(piece)
                offset += Int64(piece.count)
                if checksum == nil, offset < upload.length, offset - committed >= Self.commitInterval {
                    try await media.commit(received: nil, expires: expiry)
                    committed = offset
                }
            }
            guard checksum?.matches ?? true else { throw IntakeError.checksumMismatch }
        } catch {
            // A new task commits the bytes, because a cancelled task cannot write to the database.
            let (isKept, moment) = (checksum == nil && Self.keepsWhatCame(error), expiry)
            await Task {
                if isKept { try? await media.commit(received: nil, expires: moment) } else { await media.rollBack() }
            }.value
            throw error
        }
        var kept = upload
        (kept.offset, kept.expires) = (offset, expiry)
        // An upload that was already whole keeps the time of its last byte.
        kept.received = upload.received ?? (kept.isWhole ? intake.now : nil)
        return try await Task { [kept] in
            try await media.commit(received: kept.received, expires: kept.expires)
            return kept
        }.value
    }

    /// Whether the bytes before the error are kept: after a broken connection or a cancellation, but not after any
    /// other `IntakeError`, such as `.uploadOverrun` or `.diskFull`.
    private static func keepsWhatCame(_ error: any Error) -> Bool {
        guard let error = error as? IntakeError else { return true }
        return error.code == .cancelled
    }

    /// Makes the entry of a whole upload, in a task that is not cancelled with the request.
    private func finish(_ upload: ResumableUpload, _ media: any ResumableMedia) async throws -> ResumableUpload {
        try await Task {
            var upload = upload
            let staged = try await media.finish()
            let entry = try await intake.accept(staged, of: upload, at: upload.received ?? intake.now)
            await media.close()
            upload.entry = entry.id
            upload.metadata = nil
            return upload
        }.value
    }
}

/// A sequence without pieces, which makes the entry of an upload that is already whole.
private struct NoPieces: AsyncSequence, AsyncIteratorProtocol, Sendable {
    func makeAsyncIterator() -> NoPieces { self }
    mutating func next() async -> [UInt8]? { nil }
}

/// The checksum that a client announces for the bytes of one request.
public struct UploadChecksum: Sendable {
    /// The algorithm of the checksum.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// SHA-1. Detects transmission errors, but no deliberate change.
        case sha1
        /// SHA-256.
        case sha256
    }

    private enum Running {
        case sha1(Insecure.SHA1)
        case sha256(SHA256)
    }

    private let expected: [UInt8]
    private var running: Running

    /// Makes the checksum of a request that has no bytes yet; `digest` is the announced value.
    public init(_ algorithm: Algorithm, _ digest: [UInt8]) {
        expected = digest
        running = algorithm == .sha1 ? .sha1(Insecure.SHA1()) : .sha256(SHA256())
    }

    mutating func add(_ bytes: some Collection<UInt8>) {
        switch running {
        case .sha1(var hash):
            bytes.withMemory { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
            running = .sha1(hash)
        case .sha256(var hash):
            bytes.withMemory { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
            running = .sha256(hash)
        }
    }

    /// Whether the bytes added so far have the announced digest.
    var matches: Bool {
        switch running {
        case .sha1(let hash): Array(hash.finalize()) == expected
        case .sha256(let hash): Array(hash.finalize()) == expected
        }
    }
}
