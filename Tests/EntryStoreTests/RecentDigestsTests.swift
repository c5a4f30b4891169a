import EntryIntake
import Testing

@testable import EntryStore

@Suite("RecentDigests")
struct RecentDigestsTests {
    private func digests(_ count: Int) -> RecentDigests {
        var digests = RecentDigests()
        for number in 0..<count { digests.insert((Int64(number), MediaDigest()), forKey: "\(number)") }
        return digests
    }

    @Test(
        "`RecentDigests` keeps 1000 digests and forgets the oldest ones only", arguments: [999, 1000, 1001, 1500, 5000])
    func most(count: Int) {
        var digests = digests(count)
        #expect(digests.count == min(count, 1000))
        let oldest = max(0, count - 1000)
        if oldest > 0 { #expect(digests.removeValue(forKey: "\(oldest - 1)") == nil) }
        for number in oldest..<count { #expect(digests.removeValue(forKey: "\(number)")?.bytes == Int64(number)) }
        #expect(digests.count == 0)
    }

    @Test("A digest that is inserted again replaces the value of its key, and the count stays the same")
    func again() {
        var digests = digests(1000)
        digests.insert((77, MediaDigest()), forKey: "1")
        #expect(digests.count == 1000)
        #expect(digests.removeValue(forKey: "1")?.bytes == 77)
    }

    @Test("A digest that was removed and inserted again counts as the newest")
    func takenAndBack() {
        var digests = digests(1000)
        #expect(digests.removeValue(forKey: "0")?.bytes == 0)
        digests.insert((5, MediaDigest()), forKey: "0")
        digests.insert((6, MediaDigest()), forKey: "new")
        #expect(digests.removeValue(forKey: "1") == nil, "`RecentDigests` dropped its oldest digest")
        #expect(digests.removeValue(forKey: "0")?.bytes == 5)
    }

    @Test("`removeValue(forKey:)` gives a digest once and nil afterwards")
    func once() {
        var digests = digests(2)
        #expect(digests.removeValue(forKey: "1")?.bytes == 1)
        #expect(digests.removeValue(forKey: "1") == nil)
        #expect(digests.removeValue(forKey: "other") == nil)
        #expect(digests.count == 1)
    }
}
