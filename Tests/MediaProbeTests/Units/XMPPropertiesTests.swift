import MediaFacts
import Testing

@testable import MediaProbe

@Suite("XMPProperties")
struct XMPPropertiesTests {
    private static let head =
        #"<?xpacket begin="" id="W5M0"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r"><rdf:Description "#
    private static let tail = "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>   "

    private func read(_ text: String) -> XMPProperties { XMPProperties(Array(text.utf8)) }

    private func resource(_ attributes: String, _ elements: String = "") -> XMPProperties {
        read(Self.head + attributes + ">" + elements + Self.tail)
    }

    private func labels(_ properties: XMPProperties) -> [String] {
        properties.labels.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("A property is read as an attribute, as an element, in a list and in character data")
    func forms() {
        let json = #"{"Label":"1"}"#
        for (attributes, elements) in [
            ("TC260:AIGC='\(json)'", ""), ("TC260:AIGC=\"{&quot;Label&quot;:&#34;1&#x22;}\"", ""),
            ("", "<TC260:AIGC>\(json)</TC260:AIGC>"), ("", "<TC260:AIGC><![CDATA[\(json)]]></TC260:AIGC>"),
            ("", "<TC260:AIGC><rdf:Alt><rdf:li xml:lang=\"x-default\">\(json)</rdf:li></rdf:Alt></TC260:AIGC>"),
            ("xmlns:t='http://www.tc260.org.cn/ns/AIGC/1.0/'", "<t:AIGC>\(json)</t:AIGC>"),
            ("", "<!-- <a> --><TC260:AIGC >\(json)</TC260:AIGC\n>"),
        ] {
            let properties = resource(attributes, elements)
            #expect(labels(properties) == [json], "\(attributes) \(elements)")
            #expect(properties.problem == nil)
        }
    }

    @Test("The source type is read as text, as a reference and as an attribute")
    func sourceTypes() {
        #expect(resource("Iptc4xmpExt:DigitalSourceType='a'").sourceTypes == ["a"])
        let elements =
            "<Iptc4xmpExt:DigitalSourceType>b</Iptc4xmpExt:DigitalSourceType>"
            + "<Iptc4xmpExt:DigitalSourceType rdf:resource='c'/>"
        #expect(resource("", elements).sourceTypes == ["b", "c"])
    }

    @Test("Properties of other names, other namespaces and ingredients are not read")
    func others() {
        let nested =
            "<xmpMM:Ingredients><rdf:Bag><rdf:li><rdf:Description><TC260:AIGC>1</TC260:AIGC></rdf:Description></rdf:li>"
            + "</rdf:Bag></xmpMM:Ingredients>"
        let properties = resource("o:AIGC='1' AIGC='2' xmlns:p='q' p:DigitalSourceType='3'", nested)
        #expect(properties.labels.isEmpty)
        #expect(properties.sourceTypes.isEmpty)
        #expect(properties.problem == nil)
    }

    @Test(
        "Text that is no well-formed XML is a problem",
        arguments: [
            "<", "<a", "<a>", "<a></b>", "</a>", "<a b></a>", "<a b=c></a>", "<a b='1></a>", "<a>&nbsp;</a>",
            "<a>&amp</a>",
            "<a>&#xd800;</a>", "<a>&#;</a>", "<a><!-- </a>", "<a><![CDATA[</a>", "<?xpacket", "< a></a>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a b='<'></a>",
            String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65),
        ])
    func malformed(text: String) { #expect(read(text).problem == .notXML) }

    @Test("An empty packet and 64 elements inside each other are well-formed")
    func wellFormed() {
        #expect(read("").problem == nil)
        #expect(read(String(repeating: "<a>", count: 64) + String(repeating: "</a>", count: 64)).problem == nil)
    }

    @Test("A packet that is no UTF-8 is a problem")
    func notUTF8() { #expect(XMPProperties([0x3c, 0x61, 0x2f, 0xff, 0x3e]).problem == .notUTF8) }

    @Test("At most 16 values of a property are kept")
    func many() {
        let elements = String(repeating: "<TC260:AIGC>1</TC260:AIGC>", count: 40)
        #expect(resource("", elements).labels.count == 16)
    }
}
