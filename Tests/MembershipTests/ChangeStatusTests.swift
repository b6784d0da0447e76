import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Journal
import Testing

@testable import Membership

@Suite struct ChangeStatusTests {
    private func change(
        _ fixture: EditingFixture,
        _ key: String,
        _ status: String,
        _ day: String,
        seen: Int? = nil
    ) async throws {
        let id = try await fixture.member(key).id
        let command = ChangeStatus(
            memberID: id,
            seenRevision: seen,
            status: status,
            day: day,
            grounds: "Decided by the assembly",
            charter: fixture.charter
        )
        try await fixture.database.run(command, as: fixture.clerk, now: fixture.now)
    }

    @Test(arguments: TestEngine.all) func aMemberLeavesTheRollFromTheDayOnAndCanComeBack(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            try await change(fixture, "riga", "suspended", "2020-01-01")
            try await change(fixture, "riga", "withdrawn", "2021-06-01")
            try await change(fixture, "riga", "member", "2023-01-01")
            var counted: [Bool] = []
            for day in ["2020-06-01", "2021-05-31", "2021-06-01", "2023-01-01"] {
                counted.append(try await fixture.roll(day).contains("Riga"))
            }
            #expect(counted == [true, true, false, true])
            let rule = try await fixture.story("riga").history.first?.rule
            #expect(rule == "statuses.member")
        }
    }

    @Test(arguments: [
        ("riga", "member", "2026-01-01", "status"), ("riga", "withdrawn", "2015-03-01", "day"),
        ("riga", "withdrawn", "2027-01-01", "day"), ("riga", "sunk", "2026-01-01", "status"),
    ])
    func nonsenseOrderIsRefused(_ key: String, _ status: String, _ day: String, _ box: String) async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            do {
                try await change(fixture, key, status, day)
                Issue.record("it was taken")
            } catch let refused as InvalidInput { #expect(refused.fields.map(\.name) == [box]) }
        }
    }

    @Test func whoIsNotOnTheRollCanOnlyBeAdmitted() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            try await change(fixture, "riga", "terminated", "2020-01-01")
            for status in ["withdrawn", "suspended"] {
                await #expect(throws: InvalidInput.self) { try await change(fixture, "riga", status, "2021-01-01") }
            }
            let order = StatusOrder(charter: fixture.charter, day: Records.day("2021-01-01"))
            #expect(order.possible(after: "terminated").map(\.key) == ["member"])
        }
    }

    @Test func aStatusIsNotChangedBehindAnothersBack() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            let seen = try await fixture.member("riga").revision
            try await change(fixture, "riga", "suspended", "2020-01-01", seen: seen)
            await #expect(throws: MemberRefusal.changedMeanwhile) {
                try await change(fixture, "riga", "withdrawn", "2021-01-01", seen: seen)
            }
        }
    }
}
