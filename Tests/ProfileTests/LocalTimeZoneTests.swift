internal import ImportKit
internal import Inventory
internal import Testing

/// Expected instants are computed by hand from the rules: the United Kingdom is at UTC+1 from the
/// last Sunday of March to the last of October, 01:00 UTC; the United States Pacific zone is at
/// UTC-7 from the second Sunday of March to the first of November, 02:00 local time, else UTC-8.
@Suite("A local time zone")
struct LocalTimeZoneTests {
    private static func resolve(_ zone: String, _ day: String, _ time: Int) throws
        -> LocalTimeZone.Resolution
    {
        let zone = try #require(LocalTimeZone(identifier: zone))
        let seconds = time / 100 * 3_600 + time % 100 * 60
        return zone.resolve(try #require(CivilDate(day)), secondOfDay: seconds)
    }

    private static func instant(_ text: String) -> Instant {
        guard let instant = Instant(text) else { preconditionFailure("'\(text)' is an instant.") }
        return instant
    }

    @Test(
        "resolves a time that occurs once",
        arguments: [
            ("Europe/London", "2024-01-15", 1200, "2024-01-15T12:00:00Z"),
            ("Europe/London", "2024-07-15", 1200, "2024-07-15T11:00:00Z"),
            ("Europe/London", "2024-03-31", 0059, "2024-03-31T00:59:00Z"),
            ("Europe/London", "2024-03-31", 0200, "2024-03-31T01:00:00Z"),
            ("Europe/London", "2024-10-27", 0059, "2024-10-26T23:59:00Z"),
            ("Europe/London", "2024-10-27", 0200, "2024-10-27T02:00:00Z"),
            ("America/Los_Angeles", "2024-03-10", 0159, "2024-03-10T09:59:00Z"),
            ("America/Los_Angeles", "2024-03-10", 0300, "2024-03-10T10:00:00Z"),
            ("America/Los_Angeles", "2024-11-03", 0200, "2024-11-03T10:00:00Z"),
            ("America/Los_Angeles", "2024-12-31", 2400, "2025-01-01T08:00:00Z"),
            ("Etc/GMT-10", "2024-07-01", 0000, "2024-06-30T14:00:00Z"),
            ("UTC", "2024-03-31", 0130, "2024-03-31T01:30:00Z"),
        ])
    func unique(zone: String, day: String, time: Int, expected: String) throws {
        #expect(try Self.resolve(zone, day, time) == .unique(Self.instant(expected)))
    }

    @Test(
        "gives both meanings of a repeated hour, the earlier first",
        arguments: [
            ("Europe/London", "2024-10-27", 0100, "2024-10-27T00:00:00Z", "2024-10-27T01:00:00Z"),
            ("Europe/London", "2024-10-27", 0159, "2024-10-27T00:59:00Z", "2024-10-27T01:59:00Z"),
            (
                "America/Los_Angeles", "2024-11-03", 0130, "2024-11-03T08:30:00Z",
                "2024-11-03T09:30:00Z"
            ),
        ])
    func fold(zone: String, day: String, time: Int, first: String, second: String) throws {
        let expected = LocalTimeZone.Resolution.fold(
            first: Self.instant(first), second: Self.instant(second))
        #expect(try Self.resolve(zone, day, time) == expected)
    }

    @Test(
        "names the jump where a time does not exist",
        arguments: [
            ("Europe/London", "2024-03-31", 0100, "2024-03-31T01:00:00Z"),
            ("Europe/London", "2024-03-31", 0159, "2024-03-31T01:00:00Z"),
            ("America/Los_Angeles", "2024-03-10", 0230, "2024-03-10T10:00:00Z"),
            // Samoa left out the whole of 30 December 2011.
            ("Pacific/Apia", "2011-12-30", 1200, "2011-12-30T10:00:00Z"),
        ])
    func gap(zone: String, day: String, time: Int, jump: String) throws {
        #expect(try Self.resolve(zone, day, time) == .gap(transition: Self.instant(jump)))
    }

    @Test(
        "has days of 23, 24 and 25 hours",
        arguments: [
            ("2024-03-31", 23), ("2024-04-01", 24), ("2024-10-27", 25), ("2024-10-28", 24),
        ])
    func days(day: String, hours: Int64) throws {
        let zone = try #require(LocalTimeZone(identifier: "Europe/London"))
        let date = try #require(CivilDate(day))
        let start = zone.startOfDay(date)
        let end = zone.startOfDay(date.adding(days: 1))
        #expect(end.secondsSinceEpoch - start.secondsSinceEpoch == hours * 3_600)
        #expect(zone.date(of: start) == date)
        #expect(zone.date(of: end.adding(seconds: -1)) == date)
    }

    @Test("begins a day whose midnight is skipped at the jump")
    func skippedMidnight() throws {
        // Brazil set the clock forward at 00:00 on 4 November 2018: the day began at 01:00, UTC-2.
        let zone = try #require(LocalTimeZone(identifier: "America/Sao_Paulo"))
        let date = try #require(CivilDate("2018-11-04"))
        #expect(zone.startOfDay(date) == Self.instant("2018-11-04T03:00:00Z"))
    }

    @Test(
        "refuses names that do not say which rules hold",
        arguments: ["CET", "EST", "GMT+2", "+01:00", "facility", "", "Europe/Atlantis"])
    func refuses(name: String) {
        #expect(LocalTimeZone(identifier: name) == nil)
    }

    @Test(
        "finds every local time again",
        arguments: [
            "Europe/London", "America/Los_Angeles", "Australia/Lord_Howe", "Africa/Casablanca",
            "Pacific/Apia", "Asia/Kathmandu",
        ])
    func roundTrip(name: String) throws {
        let zone = try #require(LocalTimeZone(identifier: name))
        // Every 25 minutes from 2010 to 2025 in steps of 41 hours and 25 minutes.
        for seconds in stride(from: Int64(1_262_304_000), to: 1_735_689_600, by: 149_100) {
            let instant = Instant(secondsSinceEpoch: seconds)
            let local = instant.adding(seconds: Int64(zone.offset(at: instant)))
            let date = local.utcDate
            let second = Int(local.secondsSinceEpoch) - date.daysSinceEpoch * 86_400
            switch zone.resolve(date, secondOfDay: second) {
            case .unique(let found): #expect(found == instant)
            case .fold(let first, let last): #expect(first == instant || last == instant)
            case .gap: Issue.record("\(instant) has a local time")
            }
        }
    }
}
