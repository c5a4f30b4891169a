import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// Clips that state how they were made, from `python/make_provenance_clips.py`, and files with real Content Credentials.
@Suite("Provenance of files")
struct ProvenanceClipTests {
    /// A clip, what its recipe states, and the labels that two other programs read.
    struct Clip: Decodable, Sendable, CustomTestStringConvertible {
        let file: String
        /// Labels as `place label problem…`.
        let labels: [String]
        let sourceType: String?
        let c2pa: Credentials?
        /// Problems as `place problem`.
        let problems: [String]
        let exiftool: [String]
        let mediainfo: [String]
        var testDescription: String { file }
    }

    /// Content Credentials of a recipe.
    struct Credentials: Decodable, Sendable {
        let present: Bool
        let claimGenerator: String?
        let digitalSourceType: String?
        let problems: [String]?
    }

    private static let folder = try? MadeFolder.path(
        script: "python/make_provenance_clips.py", name: "provenance-clips")

    /// The clips. They are made on first use, which takes some seconds, and kept in the build folder.
    static let clips: [Clip] = {
        guard let folder, let data = FileManager.default.contents(atPath: "\(folder)/expected.json") else { return [] }
        return (try? JSONDecoder().decode([Clip].self, from: data)) ?? []
    }()

    private func provenance(_ path: String) throws -> Provenance {
        let file = try #require(ProbedFile(path))
        return try #require(try InProcessProber().readFacts(of: file.media, measuring: [.header]).provenance)
    }

    @Test("The script `make_provenance_clips.py` makes 37 clips")
    func areMade() { #expect(Self.clips.count == 37) }

    @Test("A clip states what its recipe states", arguments: clips)
    func recipe(clip: Clip) throws {
        let found = try provenance("\(try #require(Self.folder))/\(clip.file)")
        let labels = found.labels.map { label in
            ([label.place.rawValue, label.label ?? "-"] + label.problems.map(\.rawValue)).joined(separator: " ")
        }
        #expect(labels == clip.labels)
        #expect(found.digitalSourceType == clip.sourceType)
        #expect(found.problems.map { "\($0.place.rawValue) \($0.code.rawValue)" } == clip.problems)
        #expect(found.labels.compactMap(\.produceID).allSatisfy { $0 == "PID-****34" })
        if let c2pa = clip.c2pa {
            #expect(
                found.credentials
                    == ContentCredentials(
                        isPresent: c2pa.present, claimGenerator: c2pa.claimGenerator,
                        digitalSourceType: c2pa.digitalSourceType,
                        problems: (c2pa.problems ?? []).map { ProvenanceProblem(rawValue: $0) }))
        }
    }

    /// Clips whose value the prober refuses to read, or of whose value it reads the first label only.
    private static let refused: Set<String> = ["too-large.mp4", "not-utf8.mp4", "repeated.mp4"]

    @Test("The labels that exiftool and MediaInfo read in a clip are among those of the prober", arguments: clips)
    func agreement(clip: Clip) throws {
        guard !Self.refused.contains(clip.file) else { return }
        let found = try provenance("\(try #require(Self.folder))/\(clip.file)")
        let labels = Set(found.labels.compactMap(\.label))
        #expect(labels.isSuperset(of: clip.exiftool + clip.mediainfo))
    }

    @Test("Each place but ASF is confirmed by exiftool or MediaInfo in at least one clip")
    func confirmed() {
        let confirmed = Self.clips.filter { !$0.exiftool.isEmpty || !$0.mediainfo.isEmpty }
        let places = Set(confirmed.flatMap(\.labels).map { $0.prefix { $0 != " " } })
        #expect(places == ["metadata", "stream-metadata", "user-data", "xmp"])
    }

    /// The folder `labels` beside the corpus, with files that have real Content Credentials; nil where there is none.
    private static let labels: String? = TestMedia.corpus
        .map { $0.deletingLastPathComponent().appending(path: "labels").path }
        .flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }

    @Test(
        "Files of other software with Content Credentials name their software",
        .enabled(if: labels != nil, "skipped: there is no folder labels beside CLIPCHECK_CORPUS"),
        arguments: [
            ("video1.mp4", "TestApp c2patool/0.6.2 c2pa-rs/0.28.2"),
            ("legacy.mp4", "TestApp c2patool/0.3.8 c2pa-rs/0.16.1"),
            ("video1_no_manifest.mp4", nil),
        ])
    func real(file: String, generator: String?) throws {
        let found = try provenance("\(try #require(Self.labels))/\(file)")
        #expect(
            found.credentials == ContentCredentials(isPresent: generator != nil, claimGenerator: generator))
        #expect(found.problems.isEmpty)
        #expect(!found.declaresAI)
    }

    @Test("No random change of a clip's bytes makes the prober trap", arguments: clips.filter { $0.file.count < 12 })
    func mutations(clip: Clip) throws {
        let folder = try #require(Self.folder)
        let data = try #require(FileManager.default.contents(atPath: "\(folder)/\(clip.file)"))
        guard data.count < 200_000 else { return }
        var random = SeededBytes(seed: UInt64(clip.file.utf8.count))
        let copy = try TemporaryCopy()
        for _ in 0..<50 {
            let media = try copy.write(random.changed(Array(data)))
            _ = try? InProcessProber(lanes: 1).readFacts(of: media, measuring: [.header])
        }
    }
}

/// A file that a test writes again and again; it is deleted when the last reference to this object ends.
private final class TemporaryCopy {
    private let path = FileManager.default.temporaryDirectory.appending(component: "clipcheck-\(UUID())").path
    private let descriptor: Int32

    init() throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Replaces the content.
    func write(_ bytes: [UInt8]) throws -> MediaFile {
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
            throw CocoaError(.fileWriteUnknown)
        }
        return MediaFile(descriptor: descriptor, bytes: Int64(bytes.count))
    }

    deinit {
        close(descriptor)
        unlink(path)
    }
}
