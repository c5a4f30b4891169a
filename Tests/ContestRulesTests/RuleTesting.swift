import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

extension Judgement {
    /// Checks the outcome, and that the message carries all it should in both languages.
    func expect(
        _ outcome: Finding.Outcome, _ reason: String? = nil, zh: [String] = [], en: [String] = [],
        at sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(self.outcome == outcome, sourceLocation: sourceLocation)
        #expect(self.reason == reason, sourceLocation: sourceLocation)
        for part in zh { #expect(message.zh.contains(part), sourceLocation: sourceLocation) }
        for part in en { #expect(message.en.contains(part), sourceLocation: sourceLocation) }
        expectWords(at: sourceLocation)
    }

    /// The Chinese is Chinese, the English is English, and neither is empty.
    func expectWords(at sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(message.zh.isChinese, sourceLocation: sourceLocation)
        #expect(!message.en.isEmpty && !message.en.isChinese, sourceLocation: sourceLocation)
        #expect(message.zh != message.en, sourceLocation: sourceLocation)
    }
}

extension String {
    /// Whether any Chinese character is in it.
    var isChinese: Bool { unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
}

extension MeasuredRule {
    /// The finding that this kind makes as a rule of `level`.
    func finding(_ facts: MediaFacts, _ level: Rule.Level = .required) -> Finding {
        Finding(Rule(id: "rule", level: level, clause: "通知原文", kind: .measured(self)), judge(facts))
    }
}

extension MediaFacts {
    /// A file with a picture of this size and nothing else remarkable.
    static func picture(_ width: Int, _ height: Int, degrees: Double? = 0, mirrored: Bool = false) -> MediaFacts {
        .sample(
            width: width, height: height,
            orientation: PictureOrientation(clockwiseDegrees: degrees, mirrored: mirrored))
    }

    /// There is a video stream, but its size is not known.
    static let pictureUnknown: MediaFacts = {
        var facts = MediaFacts.sample()
        facts.video?.picture = nil
        return facts
    }()

    /// The ordinary clip with all that its headers and packets tell.
    static let detailed: MediaFacts = {
        var facts = MediaFacts.sample()
        facts.container.layout = ContainerLayout(
            indexFirst: true, editLists: false, fragments: false, disabledTracks: false)
        facts.provenance = Provenance(searched: [.metadata, .userData, .xmp, .c2pa], credentials: ContentCredentials())
        facts.video?.signal = VideoSignal(
            scan: .progressive, chroma: "4:2:0", bitDepth: 8,
            color: ColorDescription(range: .limited, primaries: "bt709", transfer: "bt709", matrix: "bt709"))
        facts.video?.coding = VideoCoding(
            level: "4.0", longestKeyframeInterval: .seconds(10), hasClosedGroups: true, longestBPictureRun: 2,
            rateFluctuation: .seconds(8))
        facts.audio?.format = AudioFormat(
            layout: "stereo", profile: "LC", bitsPerSecond: 128_000, rateFluctuation: .milliseconds(40))
        return facts
    }()

    /// There is only sound.
    static let soundOnly: MediaFacts = {
        var facts = MediaFacts.detailed
        facts.video = nil
        return facts
    }()

    /// Nothing but the header was read.
    static let headerOnly: MediaFacts = {
        var facts = MediaFacts.sample(duration: nil, integrity: IntegrityFacts())
        facts.video?.frameRate = nil
        facts.video?.bitsPerSecond = nil
        return facts
    }()
}

extension PictureSize {
    /// Reads `1920x1080`.
    static func of(_ text: String) throws -> PictureSize { try #require(Units.size(text)) }
}

extension Ratio {
    /// Reads `16:9` or `30000/1001`.
    static func of(_ text: String) throws -> Ratio { try #require(Ratio(text: text)) }
}

/// A failure to read, with a message of its own.
func unreadable(_ code: ProbeError.Code) -> ProbeError {
    ProbeError(code, LocalizedText(zh: "读不了：\(code.rawValue)", en: "unreadable: \(code.rawValue)"))
}
