public import ContestRules
public import EntryIntake
public import Logging
internal import MediaFacts
internal import Synchronization

/// The keys of a key file that may change while the process runs: a rotation needs no restart.
///
/// Each signature and each list of public keys costs one stat(2); the file is read once after each change. While the
/// changed file cannot be used, the ring signs with the keys of the last successful reading.
public final class WatchedKeyRing: ReportSealing {
    private let file: SigningKeyFile
    private let logger: Logger
    private let lastReading: Mutex<Reading>

    /// The keys of the last successful reading, and the stamp of the file at the last attempt.
    private struct Reading {
        var ring: SigningKeyRing
        /// Nil when there was no file.
        var stamp: SigningKeyFile.Stamp?
    }

    /// Reads the key file at `path`; makes one with a new key when there is none.
    ///
    /// - Parameter logger: receives one error for each change that leaves the file unusable.
    /// - Throws: `.storageFailed` when others than the owner may read or write the file, or it is not whole.
    public init(file path: String, logger: Logger) throws(IntakeError) {
        let file = SigningKeyFile(path: path)
        // The stamp is older than the keys: if the file is replaced between the two, the next use reads it again.
        let stamp = file.stamp
        lastReading = Mutex(Reading(ring: try SigningKeyRing(file: path), stamp: stamp))
        self.file = file
        self.logger = logger
    }

    /// The report with a signature of the file's current key over everything else in it; an older signature is
    /// replaced.
    public func signed(_ report: Report) throws(IntakeError) -> Report { try current.signed(report) }

    /// Every public key of the file, the current one first.
    public var publicKeys: [PublicSigningKey] { current.publicKeys }

    /// The keys of the file now; those of the last successful reading while the file cannot be used.
    private var current: SigningKeyRing {
        lastReading.withLock { reading in
            let stamp = file.stamp
            guard stamp != reading.stamp else { return reading.ring }
            reading.stamp = stamp
            if let ring = readChangedFile() { reading.ring = ring }
            return reading.ring
        }
    }

    /// The keys of the changed file; nil, with an error in the log, when the file cannot be used.
    private func readChangedFile() -> SigningKeyRing? {
        do throws(IntakeError) {
            guard let ring = try SigningKeyRing.read(file.path) else { throw file.unusable("no such file") }
            return ring
        } catch {
            logger.error(
                "the changed file of signing keys cannot be used; reports are signed with the previous key",
                metadata: ["cause": "\(error.message.en)"])
            return nil
        }
    }
}
