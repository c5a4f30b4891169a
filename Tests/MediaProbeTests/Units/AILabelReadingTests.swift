import MediaFacts
import Testing

@testable import MediaProbe

@Suite("AILabel")
struct AILabelReadingTests {
    private func label(_ text: String) -> AILabel { AILabel(.bytes(Array(text.utf8)), at: .metadata) }

    @Test("`AILabel` reads the members of annex E, with and without the object `AIGC` around them")
    func members() {
        let inner =
            #"{"Label":"1","ContentProducer":"甲公司","ProduceID":"PID-2026-ABCDEF-34","ReservedCode1":"","#
            + #""ContentPropagator":"乙平台","PropagateID":"Q","ReservedCode2":""}"#
        let wanted = AILabel(
            place: .metadata, label: "1", producer: "甲公司", produceID: "PID-****34", propagator: "乙平台")
        #expect(label(inner) == wanted)
        #expect(label(#"{"AIGC":"# + inner + "}") == wanted)
        #expect(label("\u{feff} \(inner)\n\0\0") == wanted)
    }

    @Test(
        "A value of three kinds has its meaning, and any other value is an unknown label",
        arguments: [
            ("1", .generated, []), ("2", .possible, []), ("3", .suspected, []), ("0", nil, [.unknownLabel]),
            ("", nil, [.unknownLabel]), ("value1", nil, [.unknownLabel]), ("１", nil, [.unknownLabel]),
        ] as [(String, AILabel.Meaning?, [ProvenanceProblem])])
    func meanings(value: String, meaning: AILabel.Meaning?, problems: [ProvenanceProblem]) {
        let label = label(#"{"Label":"\#(value)"}"#)
        #expect(label.meaning == meaning)
        #expect(label.problems == problems)
        #expect(label.label == (value.isEmpty ? nil : value))
    }

    @Test(
        "A malformed value becomes a problem",
        arguments: [
            ("", [.notJSON]), ("1", [.notJSON]), ("Label=1", [.notJSON]), ("[1]", [.notJSON]), ("{}", [.noLabel]),
            (#"{"AIGC":{}}"#, [.noLabel]), (#"{"AIGC":"1"}"#, [.noLabel]), (#"{"label":"1"}"#, [.noLabel]),
            (#"{"Label":1}"#, [.notText]), (#"{"Label":9}"#, [.notText, .unknownLabel]),
            (#"{"Label":null}"#, [.notText, .unknownLabel]), (#"{"Label":["1"]}"#, [.notText, .unknownLabel]),
            (#"{"Label":"1","ContentProducer":7,"ProduceID":{}}"#, [.notText]),
            (#"{"Label":"1","Label":"1"}"#, [.repeatedKey]), (#"{"AIGC":{"Label":"1"},"AIGC":{}}"#, [.repeatedKey]),
        ] as [(String, [ProvenanceProblem])])
    func malformed(text: String, problems: [ProvenanceProblem]) { #expect(label(text).problems == problems) }

    @Test("Of two labels in one object, the first counts")
    func repeated() { #expect(label(#"{"Label":"2","Label":"1"}"#).meaning == .possible) }

    @Test("Bytes that are no UTF-8, and values that were not read, are problems")
    func unreadable() {
        #expect(AILabel(.bytes([0x7b, 0xff, 0x7d]), at: .xmp) == AILabel(place: .xmp, problems: [.notUTF8]))
        #expect(AILabel(.tooLarge, at: .xmp) == AILabel(place: .xmp, problems: [.tooLarge]))
        #expect(BoundedValue([UInt8](repeating: 0, count: 4096), most: 4096) != .tooLarge)
        #expect(BoundedValue([UInt8](repeating: 0, count: 4097), most: 4096) == .tooLarge)
    }

    @Test("Texts lose control characters and are cut to 64 code points, a label to 16")
    func texts() {
        let long = String(repeating: "长", count: 500)
        let label = label(#"{"Label":"\#(long)","ContentProducer":"a\u0000\u202eb\#(long)","ContentPropagator":" "}"#)
        #expect(label.label?.count == 16)
        #expect(label.producer?.hasPrefix("ab长") == true)
        #expect(label.producer?.unicodeScalars.count == 64)
        #expect(label.propagator == nil)
    }
}
