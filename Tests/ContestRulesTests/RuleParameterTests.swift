import Testing

@testable import ContestRules

/// The parameters of each kind of rule in a contest file.
@Suite("The parameters of a rule")
struct RuleParameterTests {
    /// A rule of `kind` on line 34 whose parameters begin on line 35.
    private static func rule(_ kind: String, _ parameters: String...) -> String {
        SampleContest.text(
            rule: (["  - {id: one-more, kind: \(kind), level: required, clause: 原文"] + parameters.map { "    \($0)" })
                .joined(separator: ",\n") + "}")
    }

    private static func mistake(
        _ kind: String, _ parameters: String, _ line: Int, _ key: String, _ fragment: String
    ) -> Mistake {
        let place = key.isEmpty ? "rules[6]" : "rules[6].\(key)"
        let text = parameters.isEmpty ? rule(kind) : rule(kind, parameters)
        return Mistake("\(kind) \(parameters)", text, (line, place, fragment))
    }

    @Test(
        "of a length, size or rate are within units and limits",
        arguments: [
            mistake("duration", "", 34, "", "min or max is missing"),
            mistake("duration", "min: 5min, max: 9m", 35, "min", "\"5min\" is not a length with unit"),
            mistake("duration", "min: 2 m, max: 9m", 35, "min", "\"2 m\""),
            mistake("duration", "min: 5, max: 9m", 35, "min", "\"5\""),
            mistake("duration", "min: ２m, max: 9m", 35, "min", "length with unit"),
            mistake("duration", "min: 2m, max: 9m, tolerance: ５00ms", 35, "tolerance", "length with unit"),
            mistake("duration", "min: 2m, max: 9m, tolerance: 1%", 35, "tolerance", "length with unit"),
            mistake("duration", "min: [2m], max: 9m", 35, "min", "single value"),
            mistake("duration", "min: 5m, max: 2m", 35, "min", "min is above max"),
            mistake("duration", "min: 300001ms, max: 5m", 35, "min", "min is above max"),
            mistake("duration", "max: 0s", 35, "max", "above zero"),
            mistake("true-length", "", 34, "tolerance", "missing"),
            mistake("true-length", "tolerance: 1", 35, "tolerance", "length with unit"),
            mistake("file-size", "", 34, "", "min or max is missing"),
            mistake("file-size", "min: 1MB, max: 200M", 35, "max", "size with unit"),
            mistake("file-size", "max: 0MB", 35, "max", "above zero"),
            mistake("file-size", "min: 200MiB, max: 200MB", 35, "min", "min is above max"),
            mistake("bit-rate", "", 34, "", "min or max is missing"),
            mistake("bit-rate", "min: 1Mbit/s, max: 8Mbps", 35, "max", "bit rate with unit"),
            mistake("bit-rate", "max: 0bit/s", 35, "max", "above zero"),
            mistake("bit-rate", "min: 9Mbit/s, max: 8Mbit/s", 35, "min", "min is above max"),
            mistake("frame-rate", "", 34, "", "min or max is missing"),
            mistake("frame-rate", "min: 25, max: 30fps", 35, "max", "frame rate"),
            mistake("frame-rate", "min: 25, max: 0", 35, "max", "frame rate"),
            mistake("frame-rate", "min: 30, max: 30000/1001", 35, "min", "min is above max"),
            mistake("frame-rate", "allowed: [25], max: 30", 35, "allowed", "not both"),
            mistake("frame-rate", "allowed: [25, 50/2]", 35, "allowed[1]", "listed twice"),
        ])
    func figures(mistake: Mistake) { mistake.check() }

    @Test(
        "of a picture, container or codec are listed once and can be met",
        arguments: [
            mistake("aspect-ratio", "allowed: [\"16:9\"]", 34, "tolerance", "missing"),
            mistake("aspect-ratio", "tolerance: 0.5%", 34, "allowed", "missing"),
            mistake("aspect-ratio", "allowed: [\"16:9\"], tolerance: 100%", 35, "tolerance", "percentage"),
            mistake("aspect-ratio", "allowed: [\"16:9\"], tolerance: 0.005", 35, "tolerance", "percentage"),
            mistake("aspect-ratio", "allowed: \"16:9\", tolerance: 1%", 35, "allowed", "list"),
            mistake("aspect-ratio", "allowed: [], tolerance: 1%", 35, "allowed", "at least one item"),
            mistake(
                "aspect-ratio", "allowed: [\"16:9\", wide], tolerance: 1%", 35, "allowed[1]",
                "\"wide\" is not a picture ratio"),
            mistake("aspect-ratio", "allowed: [\"16:9\", \"32:18\"], tolerance: 1%", 35, "allowed[1]", "listed twice"),
            mistake("resolution", "", 34, "", "sizes or min is missing"),
            mistake("resolution", "sizes: [1920x1080], min: 1280x720", 35, "min", "not both"),
            mistake("resolution", "sizes: [1920x1080, 1080p]", 35, "sizes[1]", "picture size"),
            mistake("resolution", "sizes: [1920x1080, 1920*1080]", 35, "sizes[1]", "listed twice"),
            mistake("resolution", "min: 1920x1080, turned: maybe", 35, "turned", "fail, review or pass"),
            mistake("container", "", 34, "allowed", "missing"),
            mistake("container", "allowed: [mp4, wmv]", 35, "allowed[1]", "\"wmv\" is not one of mp4, mov"),
            mistake("container", "allowed: [mp4, MP4]", 35, "allowed[1]", "\"MP4\""),
            mistake("container", "allowed: [mp4, mp4]", 35, "allowed[1]", "listed twice"),
            mistake("container", "allowed: [mp4], others: pass", 35, "others", "fail or review"),
            mistake("codec", "", 34, "", "video or audio is missing"),
            mistake("codec", "video: [H264]", 35, "video[0]", "codec name"),
            mistake("codec", "video: [h264], audio: [aac, aac]", 35, "audio[1]", "listed twice"),
            mistake("codec", "video: [h264], others: maybe", 35, "others", "fail or review"),
            mistake("person", "createdIn: 23", 35, "createdIn", "year"),
            mistake("person", "createdIn: 2023年", 35, "createdIn", "year"),
            mistake("person", "evidence: everything", 35, "evidence", "subtitle-streams"),
            mistake("person", "min: 2m", 35, "min", "unknown key"),
            mistake("readable", "tolerance: 1s", 35, "tolerance", "unknown key"),
            mistake("has-video", "min: 1", 35, "min", "unknown key"),
            mistake("has-audio", "min: 1", 35, "min", "unknown key"),
            mistake("upright", "min: 1", 35, "min", "unknown key"),
            mistake("complete-file", "min: 1", 35, "min", "unknown key"),
        ])
    func lists(mistake: Mistake) { mistake.check() }

    @Test(
        "that are misspelt are not said to be missing, too",
        arguments: [
            mistake("duration", "max: 5min", 35, "max", "length with unit"),
            mistake("file-size", "max: 200M", 35, "max", "size with unit"),
            mistake("bit-rate", "max: 8Mbps", 35, "max", "bit rate"),
            mistake("frame-rate", "max: 30fps", 35, "max", "frame rate"),
            mistake("frame-rate", "allowed: 25", 35, "allowed", "list"),
            mistake("resolution", "min: 1080p", 35, "min", "picture size"),
            mistake("resolution", "sizes: []", 35, "sizes", "at least one item"),
            mistake("codec", "video: h264", 35, "video", "list"),
        ])
    func onlyOnce(mistake: Mistake) { mistake.check() }

    @Test(
        "are accepted up to their limits",
        arguments: [
            rule("duration", "min: 5m, max: 5m"), rule("duration", "min: 0s, max: 1ms"), rule("duration", "min: 2m"),
            rule("true-length", "tolerance: 0s"), rule("file-size", "min: 200MB, max: 200MB"),
            rule("bit-rate", "max: 1bit/s"), rule("frame-rate", "min: 30000/1001, max: 30"),
            rule("frame-rate", "allowed: [25, 30000/1001]"), rule("has-video"), rule("complete-file"), rule("upright"),
            rule("aspect-ratio", "allowed: [\"16:9\"], tolerance: 0%"), rule("resolution", "min: 1x1, turned: pass"),
            rule("aspect-ratio", "allowed: [\"16:9\"], tolerance: 99.9999%"), rule("codec", "audio: [pcm_s16le]"),
            rule("resolution", "sizes: [1920x1080], turned: review"),
            rule("container", "allowed: [3gp, other], others: review"),
            rule("codec", "video: [h264], audio: [aac], others: review"),
            rule("person", "createdIn: 2023, evidence: subtitle-streams, decision: 看情况"),
        ])
    func accepted(text: String) throws {
        #expect(try ContestFile.load(text, file: "test.yaml").rules.count == 7)
    }
}
