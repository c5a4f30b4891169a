import Testing

@testable import MediaProbe

@Suite("JSONValue")
struct ProvenanceJSONTests {
    private func object(_ members: (String, JSONValue)...) -> JSONValue {
        .object(members.map { JSONValue.Member(key: $0.0, value: $0.1) })
    }

    @Test("`JSONValue` reads objects, arrays, texts, numbers and words")
    func values() {
        #expect(JSONValue("{}".utf8) == .object([]))
        #expect(JSONValue(" [ ] ".utf8) == .array([]))
        #expect(
            JSONValue(#"{"a" : [1, -0.5e+3, true, null], "b":{"c":"d"}}"#.utf8)
                == object(
                    ("a", .array([.number("1"), .number("-0.5e+3"), .word, .word])), ("b", object(("c", .text("d"))))))
    }

    @Test("`JSONValue` keeps both members of one name, in their order")
    func doubled() {
        #expect(JSONValue(#"{"a":"1","a":"2"}"#.utf8) == object(("a", .text("1")), ("a", .text("2"))))
    }

    @Test(
        "`JSONValue` replaces escapes, pairs of surrogates included",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041\u4e2d""#, "A中"), (#""\ud83d\uDE00!""#, "😀!"),
            (#""中\u0041文""#, "中A文"), (#""""#, ""),
        ])
    func escapes(text: String, value: String) {
        #expect(JSONValue(text.utf8) == .text(value))
    }

    @Test(
        "`JSONValue` refuses text that RFC 8259 does not allow",
        arguments: [
            "", " ", "{", "[", "\"", "{]", "[1,]", "[,1]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", "{'a':1}",
            "01",
            "+1", "1.", ".5", "1e", "-", "nul", "truee", "1 2", #""\x""#, #""\u12""#, #""\u+123""#, #""\ud83d""#,
            #""\ud83dA""#, #""\udc00""#, #""\ud83d\u0041""#, "\"a\nb\"", #"{"a":1}x"#,
        ])
    func malformed(text: String) { #expect(JSONValue(text.utf8) == nil) }

    @Test("`JSONValue` refuses a text with bytes that are no UTF-8")
    func notUTF8() { #expect(JSONValue([0x22, 0xff, 0x22]) == nil) }

    @Test(
        "`JSONValue` reads eight levels below the first, and refuses deeper ones", arguments: [(8, true), (9, false)])
    func depth(levels: Int, isRead: Bool) {
        let text = String(repeating: "[", count: levels) + "1" + String(repeating: "]", count: levels)
        #expect((JSONValue(text.utf8) != nil) == isRead)
        #expect(JSONValue(String(repeating: "[", count: 100_000).utf8) == nil)
    }
}
