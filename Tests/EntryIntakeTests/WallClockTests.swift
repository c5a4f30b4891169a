import Foundation
import TestSupport
import Testing

@testable import EntryIntake

@Suite("A moment")
struct WallClockTests {
    @Test(
        "`Moment.text` is RFC 3339 with the offset of the time zone",
        arguments: [
            ("UTC", "2026-11-21T01:00:00+00:00"), ("Asia/Shanghai", "2026-11-21T09:00:00+08:00"),
            ("Asia/Kathmandu", "2026-11-21T06:45:00+05:45"), ("Asia/Kolkata", "2026-11-21T06:30:00+05:30"),
            ("America/St_Johns", "2026-11-20T21:30:00-03:30"), ("America/New_York", "2026-11-20T20:00:00-05:00"),
            ("Pacific/Marquesas", "2026-11-20T15:30:00-09:30"), ("Pacific/Kiritimati", "2026-11-21T15:00:00+14:00"),
            ("Pacific/Pago_Pago", "2026-11-20T14:00:00-11:00"), ("Australia/Lord_Howe", "2026-11-21T12:00:00+11:00"),
        ])
    func zones(name: String, text: String) throws {
        let moment = Moment(Date(timeIntervalSince1970: 1_795_222_800), try #require(TimeZone(identifier: name)))
        #expect(moment.text == text)
        #expect(moment.milliseconds == 1_795_222_800_000)
    }

    @Test(
        "`Moment.text` keeps the sign of an offset of less than an hour",
        arguments: [(-1800, "-00:30"), (1800, "+00:30"), (0, "+00:00")])
    func shortOffsets(seconds: Int, offset: String) throws {
        let zone = try #require(TimeZone(secondsFromGMT: seconds))
        #expect(Moment(Date(timeIntervalSince1970: 0), zone).text.hasSuffix(offset))
    }

    @Test(
        "`Moment.text` has the offset that is valid at that moment, not today's",
        arguments: [
            (1_774_745_999, "2026-03-29T01:59:59+01:00"), (1_774_746_000, "2026-03-29T03:00:00+02:00"),
            (1_792_889_999, "2026-10-25T02:59:59+02:00"), (1_792_890_000, "2026-10-25T02:00:00+01:00"),
        ])
    func summerTime(seconds: Int, text: String) throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        #expect(Moment(Date(timeIntervalSince1970: TimeInterval(seconds)), zone).text == text)
    }

    @Test(
        "`Moment` cuts off fractions and never rounds up to the next second",
        arguments: [
            (0.0, 0, "1970-01-01T00:00:00"), (0.9994, 999, "1970-01-01T00:00:00"), (0.9999, 999, "1970-01-01T00:00:00"),
            (59.999_999, 59_999, "1970-01-01T00:00:59"), (-0.5, -500, "1969-12-31T23:59:59"),
            (951_782_399.999, 951_782_399_999, "2000-02-28T23:59:59"),
            (951_782_400, 951_782_400_000, "2000-02-29T00:00:00"),
            (4_102_444_800, 4_102_444_800_000, "2100-01-01T00:00:00"),
        ])
    func fractions(seconds: Double, milliseconds: Int64, text: String) throws {
        let moment = Moment(Date(timeIntervalSince1970: seconds), try #require(TimeZone(secondsFromGMT: 0)))
        #expect(moment.text == text + "+00:00")
        #expect(moment.milliseconds == milliseconds)
    }

    @Test(
        "`Moment.text` and `Moment.milliseconds` name the same second",
        arguments: ["Asia/Kathmandu", "America/St_Johns", "UTC"])
    func agreement(name: String) throws {
        let zone = try #require(TimeZone(identifier: name))
        var random = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let seconds = Double(Int64.random(in: 500_000_000...4_000_000_000, using: &random)) + 0.25
            let moment = Moment(Date(timeIntervalSince1970: seconds), zone)
            let read = try Date(moment.text, strategy: .iso8601)
            #expect(Int64(read.timeIntervalSince1970) == moment.milliseconds / 1000, "\(moment.text)")
        }
    }

    @Test("`WallClock.system` gives the present moment in the machine's time zone")
    func system() throws {
        let before = Int64(Date().timeIntervalSince1970 * 1000) - 1
        let moment = WallClock.system.now()
        #expect((before...before + 60_000).contains(moment.milliseconds))
        let offset = TimeZone.current.secondsFromGMT()
        let read = try Date(moment.text, strategy: .iso8601)
        #expect(Int64(read.timeIntervalSince1970) == moment.milliseconds / 1000)
        #expect(moment.text.contains(offset < 0 ? /-\d\d:\d\d$/ : /\+\d\d:\d\d$/))
    }
}
