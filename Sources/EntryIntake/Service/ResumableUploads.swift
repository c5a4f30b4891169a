internal import ContestRules
internal import Crypto
internal import MediaFacts

internal import struct Foundation.UUID

/// Orders uploads that arrive in several requests: begin, go on, turn into an entry.
public struct ResumableUploads: Sendable {
    private let intake: Intake
    private let keeper: any UploadKeeping
    /// Time for which an upload is kept after its last request.
    public let lifetime: Duration
    private let locks = KeyedLock()

    /// Bytes after which a long request's progress is made to stay on the disk.
    static let commitInterval: Int64 = 16 << 20

    /// Makes the order of uploads that are kept for `lifetime` after their last request.
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
    /// - Returns: the upload as it stands, and whether an earlier request with the key began it.
    /// - Throws: `.tooManyUploads`, `.insufficientStorage`; `.keyReused` when the key came with another request before.
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

    /// Requires that a principal may go on with the upload `id`: one that it began, or any with `admin`. An upload that
    /// does not exist passes, because the request answers that itself.
    ///
    /// - Throws: `.keyMissing`, `.scopeMissing`; `.uploadUnknown` for an upload of somebody else.
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

    /// Where an upload stands. A request that still sends to it gives way, so that the answer holds.
    public func state(of id: String) async throws(IntakeError) -> ResumableUpload {
        if let upload = try await keeper.upload(id), upload.isWhole {
            // All bytes are here but no entry is: the service ended in between. The client that asks waits for the entry.
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

    /// When an upload is removed, as far as its record says; nil when there is none.
    public func expiry(of id: String) async -> Moment? { try? await keeper.upload(id)?.expires }

    /// Adds bytes at `offset`; with the last one the entry is made.
    ///
    /// What arrived stays when the request breaks off, unless a checksum was promised for the whole of it. Another
    /// request for the same upload makes this one give way.
    ///
    /// - Throws: what `pieces` throws, and `.offsetMismatch`, `.uploadOverrun`, `.checksumMismatch`,
    ///   `.uploadTakenOver`, `.diskFull`.
    public func append<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, to id: String, at offset: Int64, checksum: UploadChecksum?
    ) async throws -> ResumableUpload where Pieces.Element == [UInt8] {
        await locks.lock(id)
        return try await appendInTurn(pieces, to: id, at: offset, checksum: checksum)
    }

    private func appendInTurn<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, to id: String, at offset: Int64, checksum: UploadChecksum?
    ) async throws -> ResumableUpload where Pieces.Element == [UInt8] {
        do {
            let upload = try await received(pieces, id, offset, checksum)
            await locks.unlock(id)
            // The entry is kept. A check that cannot be made now is made from the backlog.
            if let entry = upload.entry { _ = try? await intake.completeReport(of: entry) }
            return upload
        } catch {
            await locks.unlock(id)
            throw error
        }
    }

    /// Removes an upload with its bytes. A request that sends to it gives way first.
    ///
    /// - Throws: `.uploadUnknown`.
    public func cancel(_ id: String) async throws(IntakeError) {
        try await locks.with(id) { () async throws(IntakeError) in
            guard try await keeper.delete(upload: id) else { throw .uploadUnknown }
        }
    }

    /// Makes the entries of uploads that were whole when the service ended, and removes those whose time is over. An upload
    /// that a request is at is left to it.
    ///
    /// An upload whose entry cannot be made is reported to `observer` and tried again at the next pass.
    public func tidy(reportingTo observer: any BackgroundObserver = NoObserver()) async throws(IntakeError) {
        for upload in try await keeper.uploadsWithoutEntry() where await locks.lockIfFree(upload.id) {
            do {
                _ = try await appendInTurn(NoPieces(), to: upload.id, at: upload.offset, checksum: nil)
            } catch {
                observer.noteFailure(.tidying, error as? IntakeError ?? .storageFailed("\(error)"))
            }
        }
        for id in try await keeper.uploads(expiredAt: intake.now) where await locks.lockIfFree(id) {
            // Read again under the lock: a request may have extended its time meanwhile.
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
    ) async throws -> ResumableUpload where Pieces.Element == [UInt8] {
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

    /// Writes the pieces and returns the upload as it then stays.
    private func receive<Pieces: AsyncSequence>(
        _ pieces: Pieces, into media: any ResumableMedia, as upload: ResumableUpload, checksum: UploadChecksum?
    ) async throws -> ResumableUpload where Pieces.Element == [UInt8] {
        var (offset, committed, checksum) = (upload.offset, upload.offset, checksum)
        do {
            for try await piece in pieces {
                guard Int64(piece.count) <= upload.length - offset else { throw IntakeError.uploadOverrun }
                checksum?.add(piece)
                try await media.write(piece[...])
                offset += Int64(piece.count)
                if checksum == nil, offset < upload.length, offset - committed >= Self.commitInterval {
                    try await media.commit(received: nil, expires: expiry)
                    committed = offset
                }
            }
            guard checksum?.matches ?? true else { throw IntakeError.checksumMismatch }
        } catch {
            // Another task: cancelled ones may not write to the database.
            let (isKept, moment) = (checksum == nil && Self.keepsWhatCame(error), expiry)
            await Task {
                if isKept { try? await media.commit(received: nil, expires: moment) } else { await media.rollBack() }
            }.value
            throw error
        }
        var kept = upload
        (kept.offset, kept.expires) = (offset, expiry)
        // An upload that was whole before keeps the time of its last byte.
        kept.received = upload.received ?? (kept.isWhole ? intake.now : nil)
        return try await Task { [kept] in
            try await media.commit(received: kept.received, expires: kept.expires)
            return kept
        }.value
    }

    /// Whether the bytes before the error are kept: not when there were too many, or no room.
    private static func keepsWhatCame(_ error: any Error) -> Bool {
        guard let error = error as? IntakeError else { return true }
        return error.code == .cancelled
    }

    /// Makes the entry, which outlives the request: the client was promised it with the last byte.
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

/// Nothing more to send.
private struct NoPieces: AsyncSequence, AsyncIteratorProtocol, Sendable {
    func makeAsyncIterator() -> NoPieces { self }
    mutating func next() async -> [UInt8]? { nil }
}

/// A digest that a client promises for the bytes of one request.
public struct UploadChecksum: Sendable {
    /// A kind of digest.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// SHA-1; tells a bad line, not an attack.
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

    /// Expects `digest` of the bytes to come.
    public init(_ algorithm: Algorithm, _ digest: [UInt8]) {
        expected = digest
        running = algorithm == .sha1 ? .sha1(Insecure.SHA1()) : .sha256(SHA256())
    }

    mutating func add(_ bytes: [UInt8]) {
        switch running {
        case .sha1(var hash):
            hash.update(data: bytes)
            running = .sha1(hash)
        case .sha256(var hash):
            hash.update(data: bytes)
            running = .sha256(hash)
        }
    }

    /// Whether the bytes so far are the ones that were promised.
    var matches: Bool {
        switch running {
        case .sha1(let hash): Array(hash.finalize()) == expected
        case .sha256(let hash): Array(hash.finalize()) == expected
        }
    }
}
