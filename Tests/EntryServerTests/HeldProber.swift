import MediaFacts
import Synchronization
import TestSupport

/// A prober that reads no file: each probe waits until the test releases it, then returns sample facts.
final class HeldProber: MediaProbing {
    private let state = Mutex((begun: 0, isOpen: false))

    var libraryVersions: [String: String] { ["libavformat": "0"] }

    func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        state.withLock { $0.begun += 1 }
        while !state.withLock({ $0.isOpen }) {
            guard (try? await Task.sleep(for: .milliseconds(2))) != nil else {
                throw ProbeError(.cancelled, LocalizedText(zh: "取消", en: "cancelled"))
            }
        }
        return ExaminedFile(.sample(bytes: file.bytes, width: 1080, height: 1920))
    }

    /// Releases every probe, waiting ones and later ones.
    func release() { state.withLock { $0.isOpen = true } }

    /// Returns when `count` probes have begun.
    func waitForProbes(_ count: Int) async throws {
        while state.withLock({ $0.begun }) < count { try await Task.sleep(for: .milliseconds(2)) }
    }
}
