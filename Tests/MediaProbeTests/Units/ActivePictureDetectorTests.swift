import MediaFacts
import Testing

@testable import MediaProbe

/// Bars are found, and dark margins that are not bars are ignored, at intervals of both depths.
struct ActivePictureDetectorTests {
    typealias Box = ActivePictureDetector.Box

    static let whole = Box(left: 0, top: 0, right: 320, bottom: 180)
    static let letterbox = Box(left: 0, top: 22, right: 320, bottom: 158)
    static let pillarbox = Box(left: 40, top: 0, right: 280, bottom: 180)
    static let windowbox = Box(left: 48, top: 27, right: 272, bottom: 153)

    /// A film of 40 s in which each picture is a function of its time in seconds.
    struct Film: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The true segments of the film: start in seconds, and box.
        var truth: [(start: Double, box: Box)] = [(0, whole)]
        var picture: @Sendable (Double) -> LumaImage
    }

    private static func number(_ time: Double) -> Int { Int(time / 4) }

    static let barred = [
        Film(testDescription: "letterbox", truth: [(0, letterbox)]) { DrawnPicture.scene(number($0), in: letterbox) },
        Film(testDescription: "pillarbox", truth: [(0, pillarbox)]) { DrawnPicture.scene(number($0), in: pillarbox) },
        Film(testDescription: "window-box", truth: [(0, windowbox)]) { DrawnPicture.scene(number($0), in: windowbox) },
        Film(testDescription: "one scene in bars", truth: [(0, pillarbox)]) { _ in
            DrawnPicture.scene(1, in: pillarbox)
        },
        Film(testDescription: "letterbox in the second half", truth: [(0, whole), (20, letterbox)]) {
            DrawnPicture.scene(number($0), in: $0 < 20 ? whole : letterbox)
        },
        Film(testDescription: "pillarbox, nothing, letterbox", truth: [(0, pillarbox), (12, whole), (24, letterbox)]) {
            DrawnPicture.scene(number($0), in: $0 < 12 ? pillarbox : $0 < 24 ? whole : letterbox)
        },
        Film(testDescription: "bars of dark grey noise", truth: [(0, letterbox)]) {
            DrawnPicture.scene(number($0), in: letterbox) { x, y in UInt8(16 + (x * 31 + y * 17) % 9) }
        },
        Film(testDescription: "subtitles in the lower bar", truth: [(0, letterbox)]) { time in
            DrawnPicture.scene(number(time), in: letterbox) { x, y in
                number(time) % 3 > 0 && DrawnPicture.isText(x, y, rows: 163..<176, letter: 4) ? 200 : 16
            }
        },
        Film(testDescription: "a lamp in the dark inside bars", truth: [(0, letterbox)]) {
            (12..<20).contains($0) ? DrawnPicture.lamp(100) : DrawnPicture.scene(number($0), in: letterbox)
        },
    ]

    static let unbarred = [
        Film(testDescription: "no bars") { DrawnPicture.scene(number($0), in: whole) },
        Film(testDescription: "title cards only") { DrawnPicture.card(rows: 60..<120, offset: number($0) * 40) },
        Film(testDescription: "large titles only") {
            DrawnPicture.card(rows: 50..<130, offset: number($0) * 40, letter: 20)
        },
        Film(testDescription: "titles before, credits behind") {
            $0 < 8
                ? DrawnPicture.card(rows: 70..<110)
                : $0 < 24
                    ? DrawnPicture.scene(number($0), in: whole) : DrawnPicture.card(rows: 0..<180, offset: Int($0 * 25))
        },
        Film(testDescription: "a title in the middle") {
            (16..<20).contains($0) ? DrawnPicture.card(rows: 60..<120) : DrawnPicture.scene(number($0), in: whole)
        },
        Film(testDescription: "a logo plate in the middle") {
            (16..<24).contains($0)
                ? DrawnPicture.scene(1, in: windowbox) : DrawnPicture.scene(number($0), in: whole)
        },
        Film(testDescription: "a lamp that moves in the dark") { DrawnPicture.lamp(80 + Int($0 * 4)) },
        Film(testDescription: "one dark side") {
            DrawnPicture.scene(number($0), in: Box(left: 60, top: 0, right: 320, bottom: 180))
        },
        Film(testDescription: "unequal dark sides") {
            DrawnPicture.scene(number($0), in: Box(left: 60, top: 0, right: 290, bottom: 180))
        },
        Film(testDescription: "slanted dark sides") { time in
            LumaImage(width: 320, height: 180) { x, y in
                x > 20 + y / 3 && x < 300 - y / 3 ? DrawnPicture.scene(number(time), x, y) : 16
            }
        },
        Film(testDescription: "fades of the whole picture") { time in
            LumaImage(width: 320, height: 180) { x, y in
                UInt8(16 + (Double(DrawnPicture.scene(number(time), x, y)) - 16) * min(1, time / 4, (40 - time) / 4))
            }
        },
        Film(testDescription: "an edge that is darker than one part in a hundred") {
            DrawnPicture.scene(number($0), in: Box(left: 2, top: 0, right: 318, bottom: 180))
        },
    ]

    private static func ranges(_ film: Film, every step: Double) -> [(when: TimeRange, box: Box)] {
        var detector = ActivePictureDetector()
        for time in Swift.stride(from: 0, to: 40, by: step) {
            detector.append(film.picture(time), at: .milliseconds(Int64(time * 1000)), LumaRange(.limited, .usual))
        }
        return detector.ranges(until: .seconds(40), width: 320, height: 180)
    }

    @Test(
        "`ActivePictureDetector` finds bars and the times at which they begin, and takes no other dark margin for bars",
        arguments: barred + unbarred, [0.5, 2, 4])
    func found(film: Film, step: Double) {
        let ranges = Self.ranges(film, every: step)
        #expect(ranges.map(\.box) == film.truth.map(\.box))
        #expect(ranges.map(\.when.start) == film.truth.map { .milliseconds(Int64($0.start * 1000)) })
        #expect(ranges.map(\.when.end) == ranges.dropFirst().map(\.when.start) + [.seconds(40)])
    }

    @Test("`ActivePictureDetector` drops bars of 2.8 s and keeps bars of 3 s", arguments: [(2.8, 1), (3, 3)])
    func shortest(length: Double, count: Int) {
        let film = Film(testDescription: "short bars") { time in
            let box = time >= 10 && time < 10 + length - 0.01 ? Self.letterbox : Self.whole
            return DrawnPicture.scene(Int(time), in: box)
        }
        #expect(Self.ranges(film, every: 0.2).count == count)
    }

    @Test("`ActivePictureDetector` needs two scenes inside bars that do not last for the whole film")
    func scenes() {
        for (scenes, count) in [(1, 1), (2, 2)] {
            let film = Film(testDescription: "\(scenes) scenes") { time in
                time < 20
                    ? DrawnPicture.scene(Self.number(time), in: Self.whole)
                    : DrawnPicture.scene(time < 30 ? 1 : scenes, in: Self.letterbox)
            }
            #expect(Self.ranges(film, every: 2).count == count)
        }
    }

    @Test("`ActivePictureDetector` has no range without a picture, and one range for pictures in any order")
    func order() {
        var detector = ActivePictureDetector()
        #expect(detector.ranges(until: .seconds(9), width: 320, height: 180).isEmpty)
        detector.append(DrawnPicture.scene(1, in: Self.pillarbox), at: .seconds(8), LumaRange(.limited, .usual))
        detector.append(DrawnPicture.scene(2, in: Self.pillarbox), at: .seconds(2), LumaRange(.limited, .usual))
        let ranges = detector.ranges(until: .seconds(9), width: 320, height: 180)
        #expect(ranges.map(\.box) == [Self.pillarbox])
        #expect(ranges.map(\.when) == [TimeRange(start: .zero, end: .seconds(9))])
    }

    @Test("`ActivePictureDetector` finds the edges of bars in a picture of 1080 lines to one line")
    func tall() {
        var detector = ActivePictureDetector()
        for second in 0..<4 {
            let image = LumaImage(width: 64, height: 1080) { x, y in
                (140..<940).contains(y) ? DrawnPicture.scene(second, x, y) : 16
            }
            detector.append(image, at: .seconds(second), LumaRange(.limited, .usual))
        }
        let box = detector.ranges(until: .seconds(4), width: 64, height: 1080).first?.box
        #expect(box == Box(left: 0, top: 141, right: 64, bottom: 940))
    }
}
