import MediaFacts
import Testing

@testable import MediaProbe

/// Packets that are sent to a decoder and pictures that it shows, at 25 pictures a second.
struct PictureAccountTests {
    private static let interval = Duration.milliseconds(40)

    private static func account(sent: [Int], shown: [Int], refused: [Int] = []) -> PictureAccount {
        var account = PictureAccount(usualInterval: interval)
        for number in sent { account.send(at: interval * number) }
        for number in refused { account.refuse(at: interval * number) }
        for number in shown { account.show(at: interval * number) }
        account.end()
        return account
    }

    @Test("`PictureAccount` has no missing picture if every packet gives one")
    func complete() {
        let account = Self.account(sent: [0, 3, 1, 2, 6, 4, 5], shown: Array(0...6))
        #expect((account.expected, account.shown, account.missing, account.leading) == (7, 7, 0, 0))
        #expect(account.missingRanges.isEmpty)
    }

    @Test(
        "`PictureAccount` counts packets without a picture as missing unless refused, and gives their time ranges",
        arguments: [
            // The decoder withholds pictures after a lost keyframe.
            (Array(0..<10), [0, 1, 2, 8, 9], [], 5, [(120, 320)]),
            // Pictures are missing in two places.
            (Array(0..<10), [0, 1, 4, 5, 6, 8, 9], [], 3, [(80, 160), (280, 320)]),
            // No picture comes at the end.
            (Array(0..<10), [0, 1, 2], [], 7, [(120, 400)]),
            // A refused packet counts as damaged and not as missing.
            (Array(0..<10), [0, 1, 2, 4, 5, 6, 7, 8, 9], [3], 0, []),
            (Array(0..<10), [0, 1, 2, 5, 6, 7, 8, 9], [3], 1, [(160, 200)]),
            (Array(0..<3), [], [], 3, [(0, 120)]),
        ] as [([Int], [Int], [Int], Int, [(Int64, Int64)])])
    func missing(sent: [Int], shown: [Int], refused: [Int], count: Int, ranges: [(Int64, Int64)]) {
        let account = Self.account(sent: sent, shown: shown, refused: refused)
        #expect(account.missing == count)
        #expect(
            account.missingRanges == ranges.map { TimeRange(fromMilliseconds: $0.0, toMilliseconds: $0.1) })
    }

    @Test(
        "`PictureAccount` does not expect pictures of the film's first second before the first one shown; later ones are missing",
        arguments: [(25, 25, 0), (26, 0, 26)])
    func leading(first: Int, leading: Int, missing: Int) {
        let account = Self.account(sent: Array(0..<50), shown: Array(first..<50))
        #expect(account.leading == leading)
        #expect(account.missing == missing)
    }

    @Test("`PictureAccount` has no missing picture if more pictures than packets come")
    func more() {
        #expect(Self.account(sent: [0], shown: [0, 1, 2]).missing == 0)
    }

    @Test("`PictureAccount` counts missing pictures without timestamps")
    func untimed() {
        var account = PictureAccount(usualInterval: Self.interval)
        for _ in 0..<5 { account.send(at: nil) }
        for _ in 0..<3 { account.show(at: nil) }
        account.end()
        #expect(account.missing == 2)
    }

    @Test("`PictureAccount` counts a hundred thousand missing pictures and keeps a bounded number of times")
    func bounded() {
        let account = Self.account(sent: Array(0..<100_000), shown: [])
        #expect(account.missing == 100_000)
        #expect(account.missingRanges.count == 1)
    }
}
