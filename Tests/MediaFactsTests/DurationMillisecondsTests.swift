import Testing

@testable import MediaFacts

@Suite("Whole milliseconds of a duration")
struct DurationMillisecondsTests {
    @Test(
        "`Duration.wholeMilliseconds` rounds half away from zero",
        arguments: [
            (Duration.zero, 0), (.milliseconds(1), 1), (.milliseconds(-1), -1), (.microseconds(499), 0),
            (.microseconds(500), 1), (.microseconds(1499), 1), (.microseconds(1500), 2), (.microseconds(-499), 0),
            (.microseconds(-500), -1), (.microseconds(-1500), -2), (.nanoseconds(119_499_499_999), 119_499),
            (.nanoseconds(119_499_500_000), 119_500), (.seconds(300) + .microseconds(999_500), 301_000),
            (.seconds(-300) - .microseconds(999_500), -301_000),
        ] as [(Duration, Int64)])
    func rounding(length: Duration, milliseconds: Int64) {
        #expect(length.wholeMilliseconds == milliseconds)
        #expect(length.roundedToMilliseconds == .milliseconds(milliseconds))
    }

    @Test(
        "`Duration.wholeMilliseconds` saturates at the ends of 64 bits",
        arguments: [
            (Duration.seconds(Int64.max), Int64.max), (.seconds(Int64.min), .min), (.milliseconds(Int64.max), .max),
            (.milliseconds(Int64.min), .min), (.milliseconds(Int64.max) + .milliseconds(1), .max),
            (.milliseconds(Int64.min) - .milliseconds(1), .min),
            (.milliseconds(Int64.max) - .milliseconds(1), .max - 1),
        ])
    func saturation(length: Duration, milliseconds: Int64) {
        #expect(length.wholeMilliseconds == milliseconds)
    }

    @Test("`Duration.wholeMilliseconds` does not trap for more seconds than 64 bits can count")
    func beyond() async {
        await #expect(processExitsWith: .success) {
            let beyond = Duration.seconds(Int64.max) + .seconds(Int64.max)
            #expect(beyond.wholeMilliseconds == .max)
        }
    }

    @Test(
        "`Duration.seconds` gives a duration as a floating-point number",
        arguments: [(Duration.milliseconds(119_499), 119.499), (.milliseconds(-1500), -1.5)])
    func seconds(length: Duration, seconds: Double) {
        #expect(abs(length.seconds - seconds) < 1e-9)
    }
}
