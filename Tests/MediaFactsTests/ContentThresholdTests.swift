import Foundation
import Testing

@testable import MediaFacts

@Suite("Thresholds of content on the wire")
struct ContentThresholdTests {
    @Test("`ContentThresholds` are encoded under keys that name their units, and decoded unchanged")
    func wire() throws {
        let thresholds = ContentThresholds(
            blackDarknessPercent: 12.5, blackAreaPercent: 90, freezeMovementPercent: 1, silenceDBFS: -45,
            barDarknessPercent: 6)
        let facts = ContentFacts(depth: .standard, thresholds: thresholds)
        let text = try wireText(facts)
        #expect(
            text == #"{"depth":"standard","thresholds":{"barDarknessPercent":6,"blackAreaPercent":90,"#
                + #""blackDarknessPercent":12.5,"freezeMovementPercent":1,"silenceDBFS":-45}}"#)
        #expect(try decoded(ContentFacts.self, text) == facts)
    }

    @Test("`ContentFacts` that are decoded from a document without thresholds have the default ones")
    func older() throws {
        let facts = try decoded(ContentFacts.self, #"{"depth":"full"}"#)
        #expect(facts == ContentFacts(depth: .full))
        #expect(facts.thresholds == .usual)
    }

    @Test(
        "`ContentThresholds.isWithinRanges` is true at both ends of each range, and false outside and for NaN",
        arguments: ContentThresholds.Name.allCases)
    func ranges(name: ContentThresholds.Name) {
        #expect(ContentThresholds.usual.isWithinRanges)
        let range = ContentThresholds.range(of: name)
        for (value, isWithin) in [
            (range.lowerBound, true), (range.upperBound, true), (range.lowerBound - 0.01, false),
            (range.upperBound + 0.01, false), (.nan, false), (-.infinity, false),
        ] {
            var thresholds = ContentThresholds.usual
            thresholds[name] = value
            #expect(thresholds.isWithinRanges == isWithin, "\(value)")
        }
    }
}
