/// A file that is being received. It is removed unless a vault promotes what `finish` returns.
public protocol IncomingMedia: Sendable {
    /// Appends bytes.
    ///
    /// - Throws: `.diskFull`, `.mediaTooLarge`, `.storageFailed`.
    func write(_ bytes: ArraySlice<UInt8>) async throws(IntakeError)

    /// Closes the file, on the disk to stay.
    func finish() async throws(IntakeError) -> StagedMedia

    /// Removes the file, unless it was promoted. Harmless when repeated.
    func discard() async
}
