import Foundation
import Testing

@testable import MediaFacts

@Suite("Thresholds of content on the wire")
struct ContentThresholdTests {
    @Test("`ContentThresholds` are written with their units and read back unchanged")
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

    @Test("A document without thresholds has the usual ones")
    func older() throws {
        let facts = try decoded(ContentFacts.self, #"{"depth":"full"}"#)
        #expect(facts == ContentFacts(depth: .full))
        #expect(facts.thresholds == .usual)
    }

    @Test(
        "`isWithinRanges` is false for a threshold just outside its range", arguments: ContentThresholds.Name.allCases)
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
