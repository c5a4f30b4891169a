internal import MediaFacts

extension Notation<Duration> {
    /// A length, such as `2m30s` or `2分30秒`.
    static var duration: Notation {
        Notation(
            shape: Units.durationShape, strict: Units.duration, usual: WrittenDuration.parse,
            doubt: UsualUnits.durationDoubt)
    }
}

extension Notation<Double> {
    /// A percentage below 100 %, as a fraction of one.
    static var fraction: Notation {
        Notation(
            shape: Units.percentShape, strict: Units.fraction, usual: { _ in nil }, doubt: UsualUnits.percentageDoubt)
    }

    /// A percentage up to 100 %, in percent.
    static var percent: Notation {
        Notation(
            shape: Units.percentShape, strict: Units.percent, usual: { _ in nil }, doubt: UsualUnits.percentageDoubt)
    }

    /// An integrated loudness in LUFS, which ITU-R BS.1770 calls LKFS.
    static var loudness: Notation { programmeLevel(Units.loudnessShape, "LUFS", "LKFS") }

    /// A true peak in dBTP.
    static var truePeak: Notation { programmeLevel(Units.peakShape, "dBTP") }

    /// A level from −70 to 20 in `unit`, which some texts call `otherUnit`.
    private static func programmeLevel(_ shape: LocalizedText, _ unit: String, _ otherUnit: String? = nil) -> Notation {
        let plausible = { (level: Double?) in level.flatMap { (-70...20).contains($0) ? $0 : nil } }
        return Notation(
            shape: shape, strict: { plausible(Units.decibels($0, unit)) },
            usual: { text in
                [unit, otherUnit].compactMap(\.self).lazy.compactMap { plausible(UsualUnits.decibels(text, $0)) }.first
            },
            doubt: { UsualUnits.decibelDoubt($0, unit) })
    }

    /// A level of samples in dBFS.
    static var level: Notation {
        Notation(
            shape: Units.levelShape, strict: { Units.decibels($0, "dBFS") },
            usual: { UsualUnits.decibels($0, "dBFS") })
    }
}

extension Notation<Int64> {
    /// A size of a file in bytes, such as `200MB` or `1.5 GB`.
    static var bytes: Notation {
        Notation(
            shape: Units.bytesShape, strict: Units.bytes, usual: UsualUnits.bytes, doubt: UsualUnits.bytesDoubt)
    }

    /// A bit rate in bits a second, such as `8Mbit/s` or `1024kbps`.
    static var bitRate: Notation {
        Notation(
            shape: Units.bitRateShape, strict: Units.bitRate, usual: UsualUnits.bitRate, doubt: UsualUnits.bitRateDoubt)
    }
}

extension Notation<Ratio> {
    /// A frame rate in frames a second, such as `25fps` or `29.97`.
    static var frameRate: Notation {
        Notation(
            shape: Units.rateShape, strict: Units.rate, usual: UsualUnits.frameRate, doubt: UsualUnits.frameRateDoubt)
    }
}

extension Notation<PictureShape> {
    /// The shape of a picture, such as `16:9` or `1.85:1`.
    static var pictureShape: Notation {
        Notation(
            shape: Units.ratioShape, strict: { text in Units.ratio(text).map { PictureShape($0) } },
            usual: UsualUnits.pictureShape)
    }
}

extension Notation<PictureSize> {
    /// The size of a picture, such as `1920x1080`.
    static var pictureSize: Notation {
        Notation(
            shape: Units.sizeShape, strict: Units.size, usual: UsualUnits.pictureSize,
            doubt: UsualUnits.pictureSizeDoubt
        )
    }
}

extension Notation<Int> {
    /// The shorter side of a picture in pixels, such as `1080`, `720P` or `4K`.
    static var shortSide: Notation {
        Notation(
            shape: LocalizedText(
                zh: "短边的像素数或名称，如 1080、720P、4K", en: "a short side in pixels or by name, like 1080, 720P or 4K"),
            strict: ShortSideName.pixels, usual: ShortSideName.pixels, doubt: ShortSideName.doubt)
    }
}
