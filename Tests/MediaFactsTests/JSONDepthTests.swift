import MediaFacts
import Testing

@Suite("The depth of a stranger's JSON")
struct JSONDepthTests {
    @Test(
        "`JSONDepth.isAtMost` counts nested brackets and ignores brackets inside string literals",
        arguments: [
            ("", true), ("1", true), ("[[]]", true), ("[[[]]]", false), (#"{"a": {"b": 1}}"#, true),
            (#"{"a": [{"b": 1}]}"#, false), (#"["[[[[{{{{"]"#, true), (#"["\"[[[["]"#, true), (#"["\\", [[]]]"#, false),
            ("[],[],[],[]", true), ("]]]][[[[[[[", false),
        ])
    func depth(text: String, isShallow: Bool) {
        #expect(JSONDepth.isAtMost(2, in: text.utf8) == isShallow)
    }
}
