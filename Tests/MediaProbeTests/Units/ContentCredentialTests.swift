import MediaFacts
import Testing

@testable import MediaProbe

@Suite("ContentCredentials")
struct ContentCredentialTests {
    private let make = ProvenanceBoxes()

    private func read(_ bytes: [UInt8]) -> ContentCredentials { ContentCredentials(store: .bytes(bytes)) }

    @Test("The name of the software comes from `claim_generator`, or from `claim_generator_info` as a list or a map")
    func generators() {
        let info = make.map(("name", make.text("工具")), ("version", make.text("2.1")))
        for (claim, name) in [
            (make.map(("claim_generator", make.text("tool/1 lib/2"))), "tool/1 lib/2"),
            (make.map(("claim_generator_info", info)), "工具 2.1"),
            (make.map(("claim_generator_info", [0x81] + info)), "工具 2.1"),
            (make.map(("alg", make.text("sha256"))), nil),
        ] {
            #expect(
                read(make.store(make.manifest(claim: claim)))
                    == ContentCredentials(isPresent: true, claimGenerator: name))
        }
    }

    @Test("The last manifest of a store is the active one, and a claim of version 2 is found")
    func active() {
        let first = make.manifest(claim: make.map(("claim_generator", make.text("first"))))
        let last = make.manifest(claim: make.map(("claim_generator", make.text("last"))), label: "c2pa.claim.v2")
        #expect(read(make.store(first, last)).claimGenerator == "last")
        #expect(read(make.store(first, last) + [0, 0, 0, 0]).claimGenerator == "last")
    }

    @Test("The source type of the actions is the first, and one of generative AI comes before others")
    func sourceTypes() {
        func type(_ actions: [UInt8]) -> String? {
            read(make.store(make.manifest(claim: make.map(), actions: actions))).digitalSourceType
        }
        #expect(type(make.actions(nil)) == nil)
        #expect(type(make.actions(nil, "x/digitalCapture")) == "x/digitalCapture")
        #expect(type(make.actions("x/digitalCapture", "x/trainedAlgorithmicMedia")) == "x/trainedAlgorithmicMedia")
    }

    @Test("A store that is broken, has no claim or is too large is a problem, and is present all the same")
    func problems() {
        let sound = make.store(make.manifest(claim: make.map()))
        var longer = sound
        longer[3] += 1
        var inner = sound
        inner[Int(sound.count) - 13] = 0xff  // the size of the signature's content
        for (bytes, problem) in [
            ([], .brokenBoxes), (Array(sound.dropLast()), .brokenBoxes), (longer, .brokenBoxes), (inner, .brokenBoxes),
            (make.superbox("c2pa", "other"), .brokenBoxes), (make.box("cbor", [0]), .brokenBoxes),
            (make.box("jumb", make.box("cbor", [0])), .brokenBoxes), (make.store(), .noClaim),
            (make.store(make.superbox("c2ma", "urn:uuid:1")), .noClaim),
            (make.store(make.manifest(claim: [0xff])), .brokenClaim),
            (make.store(make.manifest(claim: [0x01])), .brokenClaim),
        ] as [([UInt8], ProvenanceProblem)] {
            #expect(read(bytes) == ContentCredentials(isPresent: true, problems: [problem]))
        }
        #expect(ContentCredentials(store: .tooLarge) == ContentCredentials(isPresent: true, problems: [.tooLarge]))
    }

    @Test("A superbox may have eight levels")
    func depth() {
        func nested(_ levels: Int) -> [UInt8] {
            levels == 0 ? [] : make.superbox("c2ma", levels == 1 ? "last" : "one", nested(levels - 1))
        }
        #expect(JUMBFBox(nested(8)) != nil)
        #expect(JUMBFBox(nested(9)) == nil)
    }
}
