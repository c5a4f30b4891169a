import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

@testable import ProbeWorker

/// The parent decodes the bytes of a worker strictly, because the file that a worker reads may control it.
@Suite("Replies of a worker", .timeLimit(.minutes(10)))
struct ReplyTests {
    private static let file = MediaFile(descriptor: -1, bytes: MediaFacts.sample().bytes)

    private static func isGarbled(_ text: String) -> Bool { isGarbled(Data(text.utf8)) }

    private static func isGarbled(_ data: Data) -> Bool { WorkerReply.result(data, of: file) == .failure(.garbled) }

    /// A valid reply in which the value at `path` is replaced by `value`.
    private static func reply(_ path: String, _ value: Any) throws -> Data {
        func set(_ keys: ArraySlice<Substring>, in tree: Any) -> Any {
            guard let key = keys.first, var node = tree as? [String: Any] else { return value }
            node[String(key)] = set(keys.dropFirst(), in: node[String(key)] ?? [String: Any]())
            return node
        }
        let honest = try JSONSerialization.jsonObject(with: WorkerReply.data(.success(ExaminedFile(.sample()))))
        return try JSONSerialization.data(withJSONObject: set(path.split(separator: ".")[...], in: honest))
    }

    @Test("`WorkerReply` decodes a valid answer as it was encoded")
    func honest() {
        let facts = MediaFacts.sample()
        #expect(
            WorkerReply.result(WorkerReply.data(.success(ExaminedFile(facts))), of: Self.file)
                == .success(ExaminedFile(facts)))
        for code in [ProbeError.Code.empty, .notMedia, .damaged, .excessive, .timedOut, .outOfMemory, .inputOutput] {
            let error = ProbeError(code, LocalizedText(zh: "一", en: "one"))
            #expect(WorkerReply.result(WorkerReply.data(.failure(error)), of: Self.file) == .failure(error))
        }
    }

    @Test(
        "`WorkerReply` refuses an answer with an error code that only the parent may set",
        arguments: [ProbeError.Code.crashed, .garbled, .cancelled, .noWorker])
    func parentsOwn(code: ProbeError.Code) {
        let error = ProbeError(code, LocalizedText(zh: "一", en: "one"))
        #expect(Self.isGarbled(WorkerReply.data(.failure(error))))
    }

    @Test(
        "`WorkerReply` refuses text that is not an answer",
        arguments: [
            "", " ", "null", "true", "0", "\"\"", "[]", "{}", "{", "}", "{\"facts\":null}", "{\"error\":null}",
            "{\"facts\":{}}", "{\"facts\":[],\"error\":[]}", "{\"error\":{}}", "{\"error\":{\"code\":\"damaged\"}}",
            "{\"error\":{\"code\":\"no-such\",\"message\":{\"zh\":\"\",\"en\":\"\"}}}",
            "{\"facts\":{\"schema\":\"clipcheck.facts/1\"}}", "\u{0}", "\u{feff}", "{\"facts\":1e999}", "NaN",
        ])
    func noAnswer(text: String) { #expect(Self.isGarbled(text)) }

    @Test("`WorkerReply` refuses an answer with both facts and an error, and bytes behind an answer")
    func twoAnswers() throws {
        let facts = WorkerReply.data(.success(ExaminedFile(.sample())))
        let error = WorkerReply.data(.failure(ProbeError(.damaged, LocalizedText(zh: "一", en: "one"))))
        var both = try #require(try JSONSerialization.jsonObject(with: facts) as? [String: Any])
        let other = try #require(try JSONSerialization.jsonObject(with: error) as? [String: Any])
        both.merge(other.filter { !($0.value is NSNull) }) { $1 }
        #expect(Self.isGarbled(try JSONSerialization.data(withJSONObject: both)))
        #expect(Self.isGarbled(facts + error))
        #expect(Self.isGarbled(facts + Data("x".utf8)))
    }

    @Test("`WorkerReply` refuses every shortened answer")
    func truncated() {
        let data = WorkerReply.data(.success(ExaminedFile(.sample())))
        for length in 0..<data.count { #expect(Self.isGarbled(data.prefix(length)), "\(length)") }
    }

    @Test("`WorkerReply` accepts an answer of `mostBytes` bytes and refuses a longer one")
    func huge() {
        let data = WorkerReply.data(.success(ExaminedFile(.sample())))
        let most = data + Data(repeating: 0x20, count: WorkerReply.mostBytes - data.count)
        #expect(!Self.isGarbled(most))
        #expect(Self.isGarbled(most + Data(" ".utf8)))
        #expect(Self.isGarbled(Data(repeating: 0x7b, count: 64 << 20)))
    }

    @Test("`WorkerReply` refuses bytes that are not UTF-8")
    func noText() {
        #expect(Self.isGarbled(Data([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])))
        #expect(Self.isGarbled(Data(repeating: 0xff, count: 1000)))
        #expect(Self.isGarbled(Data((0..<4096).map { UInt8(truncatingIfNeeded: $0) })))
    }

    @Test("`WorkerReply` refuses deeply nested JSON without crashing the parent")
    func nesting() async {
        await #expect(processExitsWith: .success) {
            let file = MediaFile(descriptor: -1, bytes: 1)
            let pairs = [("[", "]"), ("{\"facts\":", "}"), ("{\"error\":{\"code\":", "}}"), ("{\"x\":[", "]}")]
            for (open, close) in pairs {
                for depth in [255, 511, 512, 513, 100_000] {
                    let text = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
                    for data in [Data(text.utf8), Data(text.utf8.prefix(depth))] {
                        let isGarbled = WorkerReply.result(data, of: file) == .failure(.garbled)
                        precondition(isGarbled, "\(open) \(depth)")
                    }
                }
            }
        }
    }

    @Test("`WorkerReply` refuses an answer about a file of another size")
    func otherFile() {
        let data = WorkerReply.data(.success(ExaminedFile(.sample())))
        for bytes in [0, 1, Self.file.bytes - 1, Self.file.bytes + 1, .max, .min] {
            let other = MediaFile(descriptor: -1, bytes: bytes)
            #expect(WorkerReply.result(data, of: other) == .failure(.garbled))
        }
    }

    @Test(
        "`WorkerReply` refuses impossible numbers",
        arguments: [
            ("facts.integrity.videoPackets", -1), ("facts.integrity.audioPackets", -1),
            ("facts.integrity.videoPackets", 12_000_001), ("facts.integrity.audioPackets", 12_000_001),
            ("facts.durationMilliseconds", -1), ("facts.video.bitsPerSecond", -1),
            ("facts.integrity.videoPackets", Int.max - 7000), ("facts.bytes", -1),
            ("facts.declaredDurationMilliseconds", -1), ("facts.video.streams", -1), ("facts.video.streams", 0),
            ("facts.video.streams", 1_000_000), ("facts.audio.sampleRate", -1), ("facts.audio.channels", -1),
            ("facts.audio.streams", -1), ("facts.audio.format.bitDepth", 0), ("facts.audio.format.bitDepth", 65),
            ("facts.audio.format.bitsPerSecond", -1), ("facts.audio.format.rateFluctuationMilliseconds", -1),
            ("facts.video.signal.bitDepth", 0), ("facts.video.signal.bitDepth", 65),
            ("facts.video.coding.longestKeyframeIntervalMilliseconds", -1),
            ("facts.video.coding.longestKeyframeIntervalMilliseconds", Int.max),
            ("facts.video.coding.rateFluctuationMilliseconds", -1),
        ])
    func implausible(path: String, value: Int) throws {
        #expect(Self.isGarbled(try Self.reply(path, value)))
    }

    /// Content that a reader could have measured; all values are possible.
    private static var content: ContentFacts {
        let when = TimeRange(fromMilliseconds: 0, toMilliseconds: 150_000)
        return ContentFacts(
            depth: .full,
            picture: PictureContent(
                framesExamined: 9, frames: 9, black: [when],
                active: [ActivePicture(when: when, x: 0, y: 0, width: 1920, height: 1080)],
                first: EdgePicture(at: .milliseconds(0), brightness: 0.5, isBlack: false)),
            sound: SoundContent(loudness: -23, truePeak: -1, curve: [-23], length: .milliseconds(150_000)))
    }

    private static let impossible: [@Sendable (inout ContentFacts) -> Void] = [
        { $0.picture?.black[0].end = .milliseconds(Int64.max) },
        { $0.picture?.black[0].start = .milliseconds(Int64.min) },
        { $0.picture?.active[0].when.start = .milliseconds(Int64.min) },
        { $0.picture?.active[0].when.end = .milliseconds(-1) },
        { $0.picture?.active[0].width = 0 }, { $0.picture?.active[0].height = .max },
        { $0.picture?.active[0].x = -1 }, { $0.picture?.frames = -1 }, { $0.picture?.framesExamined = .max },
        { $0.picture?.damagedFrames = -1 }, { $0.picture?.first?.at = .milliseconds(Int64.max) },
        { $0.picture?.first?.brightness = 1e300 }, { $0.sound?.loudness = 1e300 }, { $0.sound?.truePeak = -1e300 },
        { $0.sound?.curve[0] = 1e9 }, { $0.sound?.curveStep = .zero },
        { $0.sound?.curveStep = .milliseconds(Int64.max) }, { $0.sound?.length = .milliseconds(Int64.max) },
        { $0.sound?.damagedPackets = -1 }, { $0.thresholds.silenceDBFS = 5 },
    ]

    @Test("`WorkerReply` refuses impossible values of picture or sound", arguments: impossible.indices)
    func implausibleContent(index: Int) throws {
        var facts = MediaFacts.sample()
        facts.content = Self.content
        let honest = WorkerReply.data(.success(ExaminedFile(facts)))
        #expect(WorkerReply.result(honest, of: Self.file) == .success(ExaminedFile(facts)))
        facts.content.map { content in
            var content = content
            Self.impossible[index](&content)
            facts.content = content
        }
        #expect(Self.isGarbled(WorkerReply.data(.success(ExaminedFile(facts)))))
    }

    /// Statements that a reader could have found.
    private static let provenance = Provenance(
        searched: [.metadata, .xmp, .c2pa],
        labels: [AILabel(place: .metadata, label: "1", producer: "甲公司", produceID: "PID-****34", problems: [.doubled])],
        credentials: ContentCredentials(isPresent: true, claimGenerator: "tool"),
        problems: [Provenance.PlaceProblem(.xmp, .tooLarge)])

    private static let forged: [@Sendable (inout Provenance) -> Void] = [
        { $0.labels[0].produceID = "PID-2026-ABCDEF-34" }, { $0.labels[0].produceID = "PID-****34****" },
        { $0.labels[0].place = ProvenancePlace(rawValue: "frame") },
        { $0.labels[0].problems = [ProvenanceProblem(rawValue: "odd")] },
        { $0.labels = Array(repeating: $0.labels[0], count: 17) },
        { $0.labels[0].producer = String(repeating: "长", count: 65) },
        { $0.searched = Array(repeating: .xmp, count: 17) }, { $0.searched = [ProvenancePlace(rawValue: "frame")] },
        { $0.digitalSourceType = String(repeating: "x", count: 257) },
        { $0.credentials?.digitalSourceType = String(repeating: "x", count: 257) },
        { $0.credentials?.claimGenerator = String(repeating: "x", count: 65) },
        { $0.credentials?.problems = Array(repeating: .noClaim, count: 17) },
        { $0.problems[0].code = ProvenanceProblem(rawValue: "odd") },
    ]

    @Test("`WorkerReply` refuses statements that no reader makes, numbers that are not masked among them")
    func forgedProvenance() {
        var facts = MediaFacts.sample()
        facts.provenance = Self.provenance
        let honest = WorkerReply.data(.success(ExaminedFile(facts)))
        #expect(WorkerReply.result(honest, of: Self.file) == .success(ExaminedFile(facts)))
        for (index, forge) in Self.forged.enumerated() {
            var provenance = Self.provenance
            forge(&provenance)
            facts.provenance = provenance
            #expect(Self.isGarbled(WorkerReply.data(.success(ExaminedFile(facts)))), "\(index)")
        }
    }

    @Test("`WorkerReply` refuses packet counts whose sum overflows without crashing the parent")
    func overflow() async {
        await #expect(processExitsWith: .success) {
            var facts = MediaFacts.sample()
            facts.integrity.videoPackets = .max
            facts.integrity.audioPackets = .max
            let file = MediaFile(descriptor: -1, bytes: facts.bytes)
            precondition(
                WorkerReply.result(WorkerReply.data(.success(ExaminedFile(facts))), of: file) == .failure(.garbled))
        }
    }

    @Test(
        "`WorkerReply` refuses a text of 30,000 bytes",
        arguments: [
            "facts.container.family", "facts.schema", "facts.container.demuxer", "facts.container.brand",
            "facts.video.codec", "facts.video.profile", "facts.video.pixelFormat", "facts.audio.codec",
            "facts.container.createdAt", "facts.integrity.end",
        ])
    func words(path: String) throws {
        #expect(Self.isGarbled(try Self.reply(path, String(repeating: "长", count: 10_000))))
    }

    @Test(
        "`WorkerReply` accepts a name of 64 characters and refuses a longer one",
        arguments: [
            "facts.video.signal.scan", "facts.video.signal.fieldOrder", "facts.video.signal.chroma",
            "facts.video.signal.color.range", "facts.video.signal.color.primaries", "facts.video.signal.color.transfer",
            "facts.video.signal.color.matrix", "facts.video.coding.level", "facts.audio.format.layout",
            "facts.audio.format.profile",
        ])
    func names(path: String) throws {
        #expect(!Self.isGarbled(try Self.reply(path, String(repeating: "长", count: 64))))
        #expect(Self.isGarbled(try Self.reply(path, String(repeating: "长", count: 65))))
    }

    @Test("`WorkerReply` refuses too many sources, too many problems, unknown problems and a negative count")
    func amounts() throws {
        let names = (0..<5000).map { "video.\($0)" }
        let sources = Dictionary(uniqueKeysWithValues: names.map { ($0, "header") })
        #expect(Self.isGarbled(try Self.reply("facts.sources", sources)))
        let problem: [String: Any] = ["code": "truncated", "count": 1]
        #expect(Self.isGarbled(try Self.reply("facts.integrity.problems", [Any](repeating: problem, count: 100))))
        #expect(Self.isGarbled(try Self.reply("facts.integrity.problems", [["code": "no-such", "count": 1]])))
        #expect(Self.isGarbled(try Self.reply("facts.integrity.problems", [["code": "truncated", "count": -1]])))
    }

    @Test("`WorkerReply` refuses an error whose message is longer than 1024 bytes")
    func errorWords() {
        let long = String(repeating: "x", count: 100_000)
        let error = ProbeError(.damaged, LocalizedText(zh: long, en: long))
        #expect(Self.isGarbled(WorkerReply.data(.failure(error))))
    }

    @Test(
        "`WorkerReply` never crashes the parent for mutants of a valid answer, and accepted ones can be encoded again")
    func mutants() async {
        await #expect(processExitsWith: .success) {
            let honest = [
                WorkerReply.data(.success(ExaminedFile(.sample()))), WorkerReply.data(.failure(.overtime)),
                WorkerReply.data(.success(ExaminedFile(.sample(family: .matroska, declared: nil, hasAudio: false)))),
            ].compactMap { data in
                // Keys are sorted, so that equal seeds make equal mutants.
                (try? JSONSerialization.jsonObject(with: data)).flatMap {
                    try? JSONSerialization.data(withJSONObject: $0, options: .sortedKeys)
                }
            }
            let file = MediaFile(descriptor: -1, bytes: MediaFacts.sample().bytes)
            let figures = [
                "0", "-1", "1e308", "-1e308", "9223372036854775807", "-9223372036854775808", "1e19", "0.5", "null",
                "\"\"", "[]", "{}", "18446744073709551616", "2147483648", "true",
            ]
            var random = SeededGenerator(seed: 20_240_601)
            for round in 0..<2000 {
                var data = honest[round % honest.count]
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    Mutation.allCases.randomElement(using: &random)?.apply(to: &data, figures: figures, &random)
                }
                guard case .success(let examined) = WorkerReply.result(data, of: file) else { continue }
                let facts = examined.facts
                precondition(facts.bytes == file.bytes)
                precondition((try? JSONEncoder().encode(facts)) != nil)
                _ = (facts.video?.picture?.displayWidth, facts.video?.picture?.displayAspectRatio)
            }
        }
    }
}

/// One way to change the bytes of an answer.
enum Mutation: CaseIterable {
    case flip, drop, insert, duplicate, cut, figure

    func apply(to data: inout Data, figures: [String], _ random: inout SeededGenerator) {
        guard data.count > 1 else { return }
        let place = Int.random(in: 0..<data.count, using: &random)
        let end = min(data.count, place + Int.random(in: 1...40, using: &random))
        switch self {
        case .flip: data[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
        case .drop: data.removeSubrange(place..<end)
        case .insert: data.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case .duplicate: data.insert(contentsOf: data[place..<end], at: place)
        case .cut: data = data.prefix(place)
        case .figure:
            // Replaces the digits of a number by another value; most results are still valid JSON.
            let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
            guard let start = data[place...].firstIndex(where: isDigit) else { return }
            let stop = data[start...].firstIndex { !isDigit($0) } ?? data.endIndex
            data.replaceSubrange(start..<stop, with: Data((figures.randomElement(using: &random) ?? "0").utf8))
        }
        data = Data(data)
    }
}
