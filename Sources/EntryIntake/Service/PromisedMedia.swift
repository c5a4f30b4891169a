/// A file that is being received, and the promise of room for it. Written bytes fulfil the promise.
struct PromisedMedia: IncomingMedia {
    let media: any IncomingMedia
    let promise: StoragePromise

    func write(_ bytes: any MediaBytes) async throws(IntakeError) {
        try await media.write(bytes)
        promise.fulfil(Int64(bytes.count))
    }

    func finish() async throws(IntakeError) -> StagedMedia { try await media.finish() }

    func discard() async { await media.discard() }
}
