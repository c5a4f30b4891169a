import Foundation
import Testing

@testable import MediaFacts

@Suite("Provenance")
struct ProvenanceTests {
    private func labelled(_ labels: String?..., sourceType: String? = nil, credentials: String? = nil) -> Provenance {
        Provenance(
            searched: [.metadata], labels: labels.map { AILabel(place: .metadata, label: $0) },
            digitalSourceType: sourceType,
            credentials: credentials.map { ContentCredentials(isPresent: true, digitalSourceType: $0) })
    }

    @Test("The wire form has each statement under its key, and `verified` is null")
    func golden() throws {
        #expect(
            try wireText(MediaFacts.detailed.provenance)
                == #"{"aigc":[{"label":"1","place":"metadata","problems":["doubled"],"produceId":"PID-****34","#
                + #""producer":"甲公司","propagator":"乙平台"},{"place":"xmp","problems":["not-json"]}],"#
                + #""c2pa":{"claimGenerator":"tool/1.0","digitalSourceType":"x/trainedAlgorithmicMedia","present":true,"#
                + #""problems":["broken-claim"],"verified":null},"#
                + #""digitalSourceType":"http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture","#
                + #""problems":[{"code":"contradicting","place":"xmp"}],"searched":["metadata","xmp","c2pa"]}"#)
        #expect(
            try wireText(Provenance(searched: [.c2pa], credentials: ContentCredentials()))
                == #"{"aigc":[],"c2pa":{"present":false,"verified":null},"searched":["c2pa"]}"#)
        #expect(try wireText(Provenance(searched: [])) == #"{"aigc":[],"searched":[]}"#)
    }

    @Test("The wire form is decoded to the same value, with places and problems that this version does not know")
    func decoding() throws {
        var provenance = try #require(MediaFacts.detailed.provenance)
        provenance.searched.append(ProvenancePlace(rawValue: "frame"))
        provenance.labels[0].problems.append(ProvenanceProblem(rawValue: "odd"))
        #expect(try decoded(Provenance.self, try wireText(provenance)) == provenance)
        let verified = #"{"aigc":[],"c2pa":{"present":true,"verified":true},"searched":[]}"#
        #expect(try decoded(Provenance.self, verified).credentials == ContentCredentials(isPresent: true))
    }

    @Test(
        "Malformed statements are refused",
        arguments: [
            "{}", #"{"aigc":[]}"#, #"{"searched":[]}"#, #"{"aigc":[{}],"searched":[]}"#, #"{"aigc":{},"searched":[]}"#,
            #"{"aigc":[],"searched":[1]}"#, #"{"aigc":[],"searched":[],"c2pa":{}}"#,
            #"{"aigc":[{"place":"xmp","label":1,"problems":[]}],"searched":[]}"#,
        ])
    func malformed(text: String) {
        #expect(throws: DecodingError.self) { try decoded(Provenance.self, text) }
    }

    @Test("A file declares AI by a label of a standard value, or by a source type of generative AI")
    func declaresAI() {
        #expect(!labelled().declaresAI)
        #expect(!labelled(nil, "0", "value1").declaresAI)
        for label in ["1", "2", "3"] { #expect(labelled(label).declaresAI) }
        for type in ["trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"] {
            #expect(labelled(sourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/\(type)").declaresAI)
            #expect(labelled(credentials: "digitalsourcetype:\(type)").declaresAI)
        }
        for type in ["digitalCapture", "algorithmicMedia", "", "trainedAlgorithmicMedia2"] {
            #expect(!labelled(sourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/\(type)").declaresAI)
        }
    }

    @Test("Labels of different values contradict each other")
    func contradiction() {
        #expect(!labelled("1", "1", nil, "x").contradictsItself)
        #expect(labelled("1", "2").contradictsItself)
    }

    @Test(
        "A number is masked but for its ends, or whole where it is short",
        arguments: [
            ("PID-2026-ABCDEF-34", "PID-****34"), ("123456789012", "1234****12"), ("12345678901", "****"),
            ("1", "****"),
            ("编号二〇二六甲乙丙丁戊己", "编号二〇****戊己"),
        ])
    func masking(number: String, masked: String) {
        #expect(AILabel.masked(number) == masked)
        #expect(AILabel.isMasked(masked))
        #expect(!AILabel.isMasked(number))
    }
}
