internal import MediaFacts

/// The profiles of codecs, as FFmpeg names them.
enum CodecProfile {
    /// Names of the profiles by codec, of FFmpeg 5.1 and of later versions up to 8. Source: `AVCodecDescriptor.profiles`. A
    /// test of `MediaProbe` compares them with the linked library.
    static let known: [String: [String]] = [
        "mpeg2video": ["4:2:2", "High", "Spatially Scalable", "SNR Scalable", "Main", "Simple"],
        "mjpeg": ["Baseline", "Sequential", "Progressive", "Lossless", "JPEG LS"],
        "mpeg4": [
            "Simple Profile", "Simple Scalable Profile", "Core Profile", "Main Profile", "N-bit Profile",
            "Scalable Texture Profile", "Simple Face Animation Profile", "Basic Animated Texture Profile",
            "Hybrid Profile", "Advanced Real Time Simple Profile", "Code Scalable Profile", "Advanced Coding Profile",
            "Advanced Core Profile", "Advanced Scalable Texture Profile", "Simple Studio Profile",
            "Advanced Simple Profile",
        ],
        "h264": [
            "Baseline", "Constrained Baseline", "Main", "Extended", "High", "High 10", "High 10 Intra", "High 4:2:2",
            "High 4:2:2 Intra", "High 4:4:4 Predictive", "High 4:4:4 Intra", "CAVLC 4:4:4", "Multiview High",
            "Stereo High", "High 4:4:4",
        ],
        "vc1": ["Simple", "Main", "Complex", "Advanced"],
        "wmv3": ["Simple", "Main", "Complex", "Advanced"],
        "jpeg2000": [
            "JPEG 2000 codestream restriction 0", "JPEG 2000 codestream restriction 1",
            "JPEG 2000 no codestream restrictions", "JPEG 2000 digital cinema 2K", "JPEG 2000 digital cinema 4K",
        ],
        "dnxhd": ["DNXHD", "DNXHR LB", "DNXHR SQ", "DNXHR HQ", "DNXHR HQX", "DNXHR 444"],
        "prores": ["Proxy", "LT", "Standard", "HQ", "4444", "XQ"],
        "vp9": ["Profile 0", "Profile 1", "Profile 2", "Profile 3"],
        "hevc": ["Main", "Main 10", "Main Still Picture", "Rext", "Multiview Main", "Scc"],
        "vvc": ["Main 10", "Main 10 4:4:4"],
        "av1": ["Main", "High", "Professional"],
        "aac": ["LC", "HE-AAC", "HE-AACv2", "LD", "ELD", "Main", "SSR", "LTP", "xHE-AAC"],
        "dts": [
            "DTS", "DTS-ES", "DTS 96/24", "DTS-HD HRA", "DTS-HD MA", "DTS Express", "DTS-HD MA + DTS:X",
            "DTS-HD MA + DTS:X IMAX",
        ],
        "aac_latm": ["LC", "HE-AAC", "HE-AACv2", "LD", "ELD", "Main", "SSR", "LTP"],
    ]

    /// Names of the profiles of `codecs`, each once.
    static func names(of codecs: some Sequence<String>) -> [String] {
        codecs.flatMap { known[$0] ?? [] }.reduce(into: []) { found, name in
            if !found.contains(name) { found.append(name) }
        }
    }
}

extension Notation<String> {
    /// The name of a profile that one of `codecs` has; without codecs, which is a mistake of its own, any profile.
    static func profile(of codecs: [String]) -> Notation {
        let names =
            codecs.isEmpty
            ? CodecProfile.names(of: CodecProfile.known.keys.sorted()) : CodecProfile.names(of: codecs)
        let list = Wording.list(names)
        let shape =
            names.isEmpty
            ? LocalizedText(zh: "编码档次：所列编码没有档次", en: "a profile: the listed codecs have none")
            : LocalizedText(
                zh: "所列编码的档次之一：\(list.zh)", en: "one of the profiles of the listed codecs: \(list.en)")
        return Notation(
            shape: shape, strict: { names.contains($0) ? $0 : nil }, usual: { _ in nil },
            doubt: { text in
                let near =
                    names.first { $0.lowercased() == text.lowercased() } ?? Spelling.nearest(to: text, among: names)
                return near.map { name in
                    LocalizedText(
                        zh: "不是所列编码的档次，是否想写“\(name)”？",
                        en: "is no profile of the listed codecs; did you mean \"\(name)\"?")
                }
            })
    }
}
