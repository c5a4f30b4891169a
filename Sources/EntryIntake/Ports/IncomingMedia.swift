/// A file that is being received. The file is removed unless a vault promotes the result of `finish`.
public protocol IncomingMedia: Sendable {
    /// Appends bytes. They may be kept in the memory that they lie in until they are written.
    ///
    /// - Throws: `.diskFull`, `.mediaTooLarge`, `.storageFailed`.
    func write(_ bytes: any MediaBytes) async throws(IntakeError)

    /// Writes the last bytes and returns the file with its size and SHA-256. `MediaVault.promote(_:)` syncs the bytes.
    func finish() async throws(IntakeError) -> StagedMedia

    /// Removes the file, unless it was promoted. Further calls do nothing.
    func discard() async
}
