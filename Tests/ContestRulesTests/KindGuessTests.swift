import MediaFacts
import Testing

@testable import ContestRules

@Suite("Unknown kinds and keys")
struct KindGuessTests {
    @Test(
        "A word of people suggests the kinds that it can mean",
        arguments: [
            ("时长", ["duration"]), ("分辨率", ["resolution"]), ("清晰度", ["resolution"]), ("画面比例", ["aspect-ratio"]),
            ("宽高比", ["aspect-ratio"]), ("格式", ["container"]), ("码率", ["bit-rate"]), ("帧率", ["frame-rate"]),
            ("黑边", ["active-picture"]), ("横屏", ["orientation"]), ("逐行扫描", ["scan"]), ("关键帧", ["keyframes"]),
            ("大小", ["resolution", "file-size"]), ("size", ["resolution", "file-size"]), ("报名表", ["form"]),
            ("文件名", ["file-name"]), ("重复", ["unique-media"]), ("time", ["duration", "window"]),
            ("length", ["duration"]),
            ("FPS", ["frame-rate"]), ("bitrate", ["bit-rate"]), ("Aspect Ratio", ["aspect-ratio"]),
            ("aspect_ratio", ["aspect-ratio"]),
            ("letterbox", ["active-picture"]), ("人工", ["person"]), ("声道", ["audio-format"]),
            ("画面 比例", ["aspect-ratio"]),
        ])
    func words(name: String, kinds: [String]) {
        #expect(KindGuess(name) == .kinds(kinds))
    }

    @Test(
        "A word for something that no kind measures suggests a person",
        arguments: ["水印", "字幕", "普通话", "原创", "片头", "Logo", "watermark", "Lip Sync", "音画同步"])
    func person(name: String) {
        #expect(KindGuess(name) == .person)
        let message = KindGuess(name).message(name, in: .second)
        #expect(
            message.en == "unknown kind \"\(name)\": no kind measures it; write person, so that a person judges it")
        #expect(message.zh == "未知的规则类型“\(name)”：没有类型能测量它，请写 person，由人判断")
    }

    @Test(
        "A misspelt kind suggests the nearest one, at most two edits and half of a word away",
        arguments: [
            ("duraton", "duration"), ("Duration", "duration"), ("resolutoin", "resolution"), ("frezee", "freeze"),
            ("blak", "black"), ("sacn", "scan"), ("codc", "codec"),
        ])
    func spelling(name: String, kind: String) {
        #expect(KindGuess(name) == .kinds([kind]))
    }

    @Test(
        "A word that is near to nothing suggests nothing",
        arguments: ["smell", "气味", "x", "", "durationofthewholefilm", "drtn"])
    func unknown(name: String) {
        #expect(KindGuess(name) == .unknown)
        #expect(KindGuess(name).message(name, in: .second).en.contains("known kinds: readable, has-video"))
    }

    @Test("The message in a file names kinds, and the schema that has them")
    func messages() {
        Mistake(
            "size", SecondSchema.text("大小"),
            (34, "rules[6].kind", "unknown kind \"大小\"; did you mean \"resolution\" or \"file-size\"?")
        ).check()
        Mistake(
            "landscape", line: 11, "    kind: 横屏", "rules[1].kind",
            "did you mean \"orientation\" (with schema: clipcheck.contest/2)?"
        ).check()
        Mistake("length", line: 11, "    kind: 时长", "rules[1].kind", "did you mean \"duration\"?").check()
    }

    @Test("Every word is under a kind that exists, and under no word for people")
    func table() {
        for kind in RuleFile.kinds {
            #expect(KindGuess(kind.title.zh) != .person && KindGuess(kind.title.en) != .person, "\(kind.kind)")
            guard case .kinds(let kinds) = KindGuess(kind.title.zh) else {
                Issue.record("\(kind.kind) is not found by its Chinese name")
                continue
            }
            #expect(kinds.contains(kind.kind))
        }
    }

    @Test(
        "`Spelling` suggests a word at most two edits and at most half of the shorter word away",
        arguments: [
            ("tolerence", "tolerance"), ("alowed", "allowed"), ("mni", nil), ("mx", "max"), ("mix", "max"),
            ("minimum", nil), ("o", nil),
            ("claus", "clause"), ("", nil), ("levle", "level"), ("kin", "kind"),
        ] as [(String, String?)])
    func nearest(name: String, word: String?) {
        let words = ["tolerance", "allowed", "max", "clause", "level", "kind", "of"]
        #expect(Spelling.nearest(to: name, among: words) == word)
    }
}
