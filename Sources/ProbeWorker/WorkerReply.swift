internal import MediaFacts

internal import struct Foundation.Data
internal import class Foundation.JSONDecoder
internal import class Foundation.JSONEncoder

/// The answer of a worker as JSON: facts and stills, or the error of the reading.
///
/// A worker has read untrusted bytes and may be under their control. The parent therefore decodes every answer
/// strictly, and accepts only values that an unharmed worker could send about this file.
struct WorkerReply {
    /// Largest answer in bytes. A usual answer has a few thousand bytes, and some 30 KB more for each still.
    static let mostBytes = FactBounds.replyBytes

    private struct Wire: Codable {
        var facts: MediaFacts?
        var stills: [Picture]?
        var error: Failure?

        struct Failure: Codable {
            var code: ProbeError.Code
            var message: LocalizedText
        }

        struct Picture: Codable {
            var at: Int64
            var width: Int
            var height: Int
            var jpeg: Data
        }
    }

    /// Encodes an answer.
    static func data(_ result: Result<ExaminedFile, ProbeError>) -> Data {
        let wire =
            switch result {
            case .success(let file):
                Wire(
                    facts: file.facts,
                    stills: file.stills.isEmpty
                        ? nil
                        : file.stills.map {
                            .init(at: $0.atMilliseconds, width: $0.width, height: $0.height, jpeg: Data($0.jpeg))
                        },
                    error: nil)
            case .failure(let error): Wire(facts: nil, error: .init(code: error.code, message: error.message))
            }
        // Encoding strings and numbers into memory cannot fail.
        return (try? JSONEncoder().encode(wire)) ?? Data()
    }

    /// Decodes an answer about `file`; `.garbled` when `data` holds no answer, or values that are impossible for the file.
    static func result(_ data: Data, of file: MediaFile) -> Result<ExaminedFile, ProbeError> {
        guard data.count <= mostBytes, JSONDepth.isAtMost(16, in: data),
            let wire = try? JSONDecoder().decode(Wire.self, from: data)
        else {
            return .failure(.garbled)
        }
        switch (wire.facts, wire.error) {
        case (let facts?, nil):
            let stills = (wire.stills ?? []).map {
                Still(atMilliseconds: $0.at, width: $0.width, height: $0.height, jpeg: [UInt8]($0.jpeg))
            }
            return isPlausible(facts, of: file) && arePlausible(stills) && arePlausible(facts.content)
                ? .success(ExaminedFile(facts, stills: stills)) : .failure(.garbled)
        case (nil, let error?)
        where !Self.parentsOwn.contains(error.code)
            && max(error.message.zh.utf8.count, error.message.en.utf8.count) <= 1024:
            return .failure(ProbeError(error.code, error.message))
        default: return .failure(.garbled)
        }
    }

    /// Codes that only the parent may set. A worker cannot report that it crashed itself.
    private static let parentsOwn: Set<ProbeError.Code> = [.crashed, .garbled, .cancelled, .noWorker]

    /// Whether the figures can all be true of a file of this size.
    private static func isPlausible(_ facts: MediaFacts, of file: MediaFile) -> Bool {
        let most = Int(clamping: file.bytes)  // each packet takes at least a byte, or an index entry
        let counts = [facts.integrity.videoPackets, facts.integrity.audioPackets].compactMap(\.self)
        let lengths = [facts.duration, facts.durationWithoutJumps, facts.declaredDuration].compactMap(\.self)
        let streams = [facts.video?.streams, facts.audio?.streams].compactMap(\.self)
        let figures = [facts.audio?.sampleRate, facts.audio?.channels].compactMap(\.self)
        return facts.bytes == file.bytes
            && ContainerFamily.known.contains(facts.container.family)
            && counts.allSatisfy { (0...most).contains($0) }
            && lengths.allSatisfy(FactBounds.lengths.contains)
            && facts.integrity.firstTimestamp.map(FactBounds.times.contains) ?? true
            && streams.allSatisfy(FactBounds.streams.contains)
            && figures.allSatisfy(AudioFacts.plausibleFigures.contains)
            && FactBounds.bitRates.contains(facts.video?.bitsPerSecond ?? 0)
            && (facts.video?.changes.count ?? 0) <= FactBounds.pictureChanges
            && (facts.video?.changes ?? []).allSatisfy { FactBounds.lengths.contains($0.at) }
            && facts.subtitles.count <= FactBounds.streams.upperBound && facts.sources.count <= 64
            && arePlausible(facts.integrity.problems)
            && isPlausible(facts.video?.signal) && isPlausible(facts.video?.coding) && isPlausible(facts.audio?.format)
            && isPlausible(facts.provenance)
            && texts(facts).allSatisfy { $0.utf8.count <= FactBounds.textBytes }
    }

    private static func isPlausible(_ signal: VideoSignal?) -> Bool {
        let color = signal?.color
        return isPlausible(signal?.bitDepth, within: VideoSignal.bitDepths)
            && areNames([
                signal?.scan?.rawValue, signal?.fieldOrder?.rawValue, signal?.chroma, color?.range?.rawValue,
                color?.primaries, color?.transfer, color?.matrix,
            ])
    }

    private static func isPlausible(_ coding: VideoCoding?) -> Bool {
        areNames([coding?.level]) && isPlausible(coding?.longestKeyframeInterval, within: FactBounds.lengths)
            && isPlausible(coding?.rateFluctuation, within: FactBounds.lengths)
    }

    private static func isPlausible(_ format: AudioFormat?) -> Bool {
        areNames([format?.layout, format?.profile]) && isPlausible(format?.bitDepth, within: AudioFormat.bitDepths)
            && isPlausible(format?.bitsPerSecond, within: FactBounds.bitRates)
            && isPlausible(format?.rateFluctuation, within: FactBounds.lengths)
    }

    /// Whether the lists are short, the texts are short and each number is masked: an unharmed worker sends no other.
    private static func isPlausible(_ provenance: Provenance?) -> Bool {
        guard let provenance else { return true }
        let labels = provenance.labels
        let problems =
            [provenance.problems.map(\.code), provenance.credentials?.problems ?? []] + labels.map(\.problems)
        let places = provenance.searched + labels.map(\.place) + provenance.problems.map(\.place)
        let names = labels.flatMap { [$0.label, $0.producer, $0.produceID, $0.propagator] }
        return max(labels.count, provenance.searched.count) <= Provenance.most
            && problems.allSatisfy { $0.count <= Provenance.most && $0.allSatisfy(ProvenanceProblem.known.contains) }
            && places.allSatisfy(ProvenancePlace.known.contains)
            && areNames(names + [provenance.credentials?.claimGenerator])
            && labels.compactMap(\.produceID).allSatisfy(AILabel.isMasked)
            && provenance.sourceTypes.allSatisfy { $0.utf8.count <= FactBounds.textBytes }
    }

    /// Whether a figure is absent or within its limits.
    private static func isPlausible<Figure>(_ figure: Figure?, within limits: ClosedRange<Figure>) -> Bool {
        figure.map(limits.contains) ?? true
    }

    /// Whether every name is absent or at most `FactBounds.nameCharacters` long.
    private static func areNames(_ names: [String?]) -> Bool {
        names.allSatisfy { ($0?.unicodeScalars.count ?? 0) <= FactBounds.nameCharacters }
    }

    /// Whether the stills are few and small and begin as a JPEG file does; they are shown to people.
    private static func arePlausible(_ stills: [Still]) -> Bool {
        let side = 1...FactBounds.stillSide
        return stills.count <= FactBounds.stills
            && stills.reduce(0) { $0 + $1.jpeg.count } <= FactBounds.stillBytes
            && stills.allSatisfy {
                side.contains($0.width) && side.contains($0.height) && $0.jpeg.starts(with: [0xff, 0xd8, 0xff])
                    && FactBounds.lengths.contains($0.at)
            }
    }

    private static func arePlausible(_ content: ContentFacts?) -> Bool {
        guard let content else { return true }
        return content.thresholds.isWithinRanges && content.picture.map(isPlausible) ?? true
            && content.sound.map(isPlausible) ?? true
    }

    private static func isPlausible(_ picture: PictureContent) -> Bool {
        let counts = [
            picture.framesExamined, picture.frames, picture.combedFrames, picture.combExamined, picture.scenes ?? 0,
            picture.damagedFrames, picture.missingFrames,
        ]
        let edges = [picture.first, picture.last].compactMap(\.self)
        let places = 0...FactBounds.sides.upperBound
        return [picture.black, picture.frozen].allSatisfy { arePlausible($0, most: FactBounds.ranges) }
            && [picture.damage, picture.missing].allSatisfy { arePlausible($0, most: FactBounds.damageRanges) }
            && picture.active.count <= FactBounds.activeRanges
            && picture.active.allSatisfy { active in
                isPlausible(active.when) && [active.width, active.height].allSatisfy(FactBounds.sides.contains)
                    && [active.x, active.y].allSatisfy(places.contains)
            }
            && counts.allSatisfy(FactBounds.counts.contains) && picture.framesExamined <= picture.frames
            && edges.allSatisfy { FactBounds.times.contains($0.at) && (0...1).contains($0.brightness) }
            && isPlausible(picture.shortfall)
    }

    private static func isPlausible(_ sound: SoundContent) -> Bool {
        let levels = [sound.loudness, sound.truePeak].compactMap(\.self) + sound.curve
        return arePlausible(sound.silent, most: FactBounds.ranges) && sound.curve.count <= FactBounds.curveValues
            && levels.allSatisfy(FactBounds.levels.contains)
            && sound.curveStep >= .milliseconds(1) && FactBounds.lengths.contains(sound.curveStep)
            && FactBounds.lengths.contains(sound.length) && FactBounds.counts.contains(sound.damagedPackets)
            && isPlausible(sound.shortfall)
    }

    private static func arePlausible(_ ranges: [TimeRange], most: Int) -> Bool {
        ranges.count <= most && ranges.allSatisfy(isPlausible)
    }

    private static func isPlausible(_ range: TimeRange) -> Bool {
        FactBounds.lengths.contains(range.start) && FactBounds.lengths.contains(range.end) && range.end >= range.start
    }

    private static func isPlausible(_ shortfall: ContentShortfall?) -> Bool {
        (shortfall?.rawValue.utf8.count ?? 0) <= 64
    }

    private static func arePlausible(_ problems: [IntegrityProblem]) -> Bool {
        problems.count <= IntegrityProblem.Code.known.count
            && problems.allSatisfy { IntegrityProblem.Code.known.contains($0.code) && ($0.count ?? 0) >= 0 }
    }

    /// Every text in the facts, for a check of its length.
    private static func texts(_ facts: MediaFacts) -> [String] {
        let single = [
            facts.container.demuxer, facts.container.brand, facts.container.createdAt, facts.video?.codec,
            facts.video?.profile, facts.video?.pixelFormat, facts.audio?.codec, facts.integrity.end?.rawValue,
        ]
        return single.compactMap(\.self) + facts.subtitles.flatMap { [$0.codec, $0.language ?? ""] }
            + facts.sources.flatMap { [$0.key, $0.value.rawValue] }
    }
}
