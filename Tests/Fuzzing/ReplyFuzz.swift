import Foundation
import MediaFacts

/// libFuzzer's target for a worker's answer: strangers' bytes, of which only plausible facts may come through.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReply(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let data = Data(UnsafeBufferPointer(start: bytes, count: count))
    switch WorkerReply.result(data, of: ReplyFuzz.file) {
    case .success(let file): ReplyFuzz.examine(file)
    case .failure(let error): ReplyFuzz.examine(error)
    }
    return 0
}

/// Writes honest answers, and one that is none, into the folder that run.sh names, before libFuzzer reads it.
@_cdecl("LLVMFuzzerInitialize")
public func makeReplies(_: UnsafeMutablePointer<CInt>?, _: UnsafeRawPointer?) -> CInt {
    // On this depth Foundation, left alone, ends the process.
    FuzzSupport.write(ReplyFuzz.honest.map(WorkerReply.data) + [Data(repeating: UInt8(ascii: "["), count: 513)])
}

/// What must hold of every answer that is believed.
enum ReplyFuzz {
    static let file = MediaFile(descriptor: -1, bytes: 12_000_000)

    static func examine(_ examined: ExaminedFile) {
        let facts = examined.facts
        precondition(facts.bytes == file.bytes)
        let again = WorkerReply.data(.success(examined))
        FuzzSupport.examinePlant(again)
        precondition(WorkerReply.result(again, of: file) == .success(examined), "written and read again, facts differ")
        guard let tree = try? JSONSerialization.jsonObject(with: again) as? [String: Any] else {
            preconditionFailure("facts cannot be written")
        }
        examine(tree, at: "")
        guard let picture = facts.video?.picture else { return }
        precondition(picture.displayWidth > 0 && picture.displayHeight > 0)
        precondition(picture.displayAspectRatio.value > 0)
    }

    /// Numbers that may be below zero: times before the film's own zero, and levels.
    private static let signed: Set = [
        "integrity.firstTimestampMilliseconds", "first.atMilliseconds", "last.atMilliseconds", "sound.loudness",
        "sound.truePeak", "sound.curve", "thresholds.silenceDBFS",
    ]

    /// Looks at every text and number, wherever it stands: a new fact is covered without a word here.
    ///
    /// - Parameter place: key of the value behind that of the object which holds it.
    private static func examine(_ value: Any, at place: String) {
        switch value {
        case let node as [String: Any]:
            let name = place.split(separator: ".").last ?? ""
            for (key, value) in node {
                precondition(key.utf8.count <= 256, "a key is too long")
                examine(value, at: "\(name).\(key)")
            }
        case let list as [Any]: for value in list { examine(value, at: place) }
        case let text as String:
            precondition(text.utf8.count <= 256 || place == "stills.jpeg", "\(place) is too long")
        case let number as NSNumber:
            precondition(number.doubleValue >= 0 || signed.contains(place), "\(place) is negative")
        default: precondition(value is NSNull)
        }
    }

    static func examine(_ error: ProbeError) {
        guard error != .garbled else { return }
        precondition(![.garbled, .crashed, .cancelled].contains(error.code), "\(error.code) is the parent's to say")
        precondition(max(error.message.zh.utf8.count, error.message.en.utf8.count) <= 1024, "too many words")
        precondition(WorkerReply.result(WorkerReply.data(.failure(error)), of: file) == .failure(error))
    }

    /// Answers such as workers give: everything said, little said, picture and sound, nothing but an error.
    static var honest: [Result<ExaminedFile, ProbeError>] {
        let plain = MediaFacts(container: ContainerFacts(family: .other, demuxer: "ogg"), bytes: file.bytes)
        var rich = plain
        rich.container = ContainerFacts(family: .mp4, brand: "isom", demuxer: "mov", createdAt: "2024-05-01T08:00:00Z")
        (rich.duration, rich.declaredDuration) = (.milliseconds(150_040), .seconds(150))
        rich.audio = AudioFacts(codec: "aac", sampleRate: 48_000, channels: 2)
        rich.video = VideoFacts(
            codec: "h264", profile: "High",
            picture: PictureGeometry(
                codedWidth: 720, codedHeight: 576, sampleAspectRatio: Ratio(64, 45) ?? .one,
                orientation: PictureOrientation(clockwiseDegrees: 44.5, mirrored: true)),
            pixelFormat: "yuv420p", frameRate: Ratio(30_000, 1001), bitsPerSecond: 600_000)
        rich.subtitles = [SubtitleFacts(codec: "mov_text", language: "chi"), SubtitleFacts(codec: "ass")]
        rich.integrity = IntegrityFacts(
            videoPackets: 3750, audioPackets: 7000, firstTimestamp: .milliseconds(-80),
            problems: [IntegrityProblem(.truncated, count: 3), IntegrityProblem(.brokenRotation)])
        rich.sources = ["durationMilliseconds": .packets, "video.codedWidth": .stream]
        rich.container.layout = ContainerLayout(indexFirst: true, editLists: true, fragments: false)
        rich.video?.signal = VideoSignal(
            scan: .interlaced, fieldOrder: .topFirst, chroma: "4:2:0", bitDepth: 10,
            color: ColorDescription(range: .limited, primaries: "bt2020", transfer: "smpte2084", matrix: "bt2020nc"))
        rich.video?.coding = VideoCoding(
            level: "4.1", longestKeyframeInterval: .seconds(10), hasClosedGroups: true, rateFluctuation: .seconds(2))
        rich.audio?.format = AudioFormat(
            layout: "5.1(side)", bitDepth: 24, profile: "LC", bitsPerSecond: 128_000, rateFluctuation: .milliseconds(40)
        )
        let damaged = ProbeError(.damaged, LocalizedText(zh: "文件已损坏。", en: "The file is damaged."))
        return [.success(ExaminedFile(plain)), .success(ExaminedFile(rich)), .success(seen), .failure(damaged)]
    }

    /// An answer with content and a still.
    private static var seen: ExaminedFile {
        var facts = MediaFacts(container: ContainerFacts(family: .other, demuxer: "ogg"), bytes: file.bytes)
        let range = TimeRange(fromMilliseconds: 1000, toMilliseconds: 2500)
        facts.content = ContentFacts(
            depth: .standard,
            picture: PictureContent(
                framesExamined: 9, frames: 10, black: [range], frozen: [range],
                active: [ActivePicture(when: range, x: 240, y: 0, width: 1440, height: 1080)], damage: [range],
                missing: [range],
                first: EdgePicture(at: .milliseconds(-80), brightness: 0.5, isBlack: false),
                shortfall: .picturesMissing),
            sound: SoundContent(
                silent: [range], loudness: -23, truePeak: -1, curve: [-23, -60], length: .milliseconds(150_000)))
        let still = Still(atMilliseconds: 1500, width: 320, height: 180, jpeg: [0xff, 0xd8, 0xff, 0xe0])
        return ExaminedFile(facts, stills: [still])
    }
}
