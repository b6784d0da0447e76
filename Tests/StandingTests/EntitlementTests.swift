import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Languages
import Testing

@testable import Membership
@testable import Standing

/// What GA5 (Executive Committee Meeting 2021, Agenda 3) prints: who has a good record of payment may use everything;
/// who has none has limited access to five things and none to two offices.
@Suite("What members may use by their standing")
struct EntitlementTests {
    private static let day = Records.day("2024-06-01")
    /// Visby has paid, Lübeck is late, Riga has nothing on record.
    private static let bills: [MadeUpDues.Bill] = [
        .init("visby", 2024, paid: "2024-02-10"), .init("lubeck", 2024), .init("acme", 2024, paid: "2024-02-11"),
    ]
    private static let printed = [
        "feasibility-study", "training", "networking", "speaking", "sponsorship", "regional-office", "committee",
    ]
    private static let limited = ["limited", "limited", "limited", "limited", "limited", "none", "none"]

    private func access(_ fixture: StandingFixture, _ member: String) async throws -> [String: String] {
        let dues = try await fixture.dues(Self.bills)
        let found = try await fixture.ask(
            EntitlementsOf(member, on: Self.day, charter: fixture.charter, dues: dues)
        )
        return Dictionary(
            uniqueKeysWithValues: found.entitlements.map { ($0.entitlement.key, $0.access.rawValue) }
        )
    }

    private func ask<T: Sendable>(
        _ fixture: StandingFixture,
        _ member: String,
        _ body: @escaping @Sendable (Entitlements, String, Transaction) throws -> T
    ) async throws -> T {
        let dues = try await fixture.dues(Self.bills)
        let entitlements = Entitlements(charter: fixture.charter, dues: dues)
        return try await fixture.database.read { transaction in
            try body(entitlements, try NamedMember.find(transaction, member).id, transaction)
        }
    }

    @Test(arguments: TestEngine.all)
    func `each standing opens what the published table says`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            let full = Dictionary(uniqueKeysWithValues: Self.printed.map { ($0, "full") })
            let none = Dictionary(uniqueKeysWithValues: zip(Self.printed, Self.limited))
            #expect(try await access(fixture, "visby") == full)
            #expect(try await access(fixture, "riga") == none)
            // The table does not name who owes or is suspended; the Secretariat's rule treats them like these.
            #expect(try await access(fixture, "lubeck") == none)
            try await fixture.take(
                "statuses.csv",
                StandingFixture.statuses + "visby,suspended,2024-05-01,2024-05-01,,,AB10,p. 1,\n"
            )
            #expect(try await access(fixture, "visby") == none)
        }
    }

    @Test func `a category that a thing is not for has none of it, whatever its standing`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            let acme = try await access(fixture, "acme")
            #expect(acme["training"] == "full")
            #expect(acme["committee"] == "none" && acme["regional-office"] == "none")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a refusal names the rule and says what would fulfil it`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await ask(fixture, "visby") { entitlements, id, transaction in
                try entitlements.require("feasibility-study", member: id, on: Self.day, transaction)
            }
            do {
                try await ask(fixture, "lubeck") { entitlements, id, transaction in
                    try entitlements.require("feasibility-study", member: id, on: Self.day, transaction)
                }
                Issue.record("it was let through")
            } catch let refusal as EntitlementRefusal {
                #expect(refusal.code == "not-entitled.feasibility-study")
                #expect(refusal.answer.rule == "entitlements.feasibility-study")
                let said = refusal.sentence.english
                for part in [
                    "Lübeck", "past due", "Good record of payment", "entitlements.feasibility-study", "GA5",
                ] {
                    #expect(said.contains(part), "\(part): \(said)")
                }
                #expect(refusal.answer.records.contains(.invoice(id: "lubeck-2024", number: "2024-lubeck")))
            }
            // Limited access is enough for what asks for no more.
            try await ask(fixture, "lubeck") { entitlements, id, transaction in
                try entitlements.require("training", atLeast: .limited, member: id, on: Self.day, transaction)
            }
        }
    }

    @Test func `what the charter says nothing of holds nobody back`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            let unknown = try await ask(fixture, "riga") { entitlements, id, transaction in
                try entitlements.require("ice-rink", member: id, on: Self.day, transaction)
                return try entitlements.access("ice-rink", member: id, on: Self.day, transaction)
            }
            #expect(unknown == nil)
            let found = try await fixture.ask(
                EntitlementsOf("riga", on: Self.day, charter: SilentCharter.charter, dues: NoDuesOnRecord())
            )
            #expect(!found.isStated && found.standing == .notStated)
        }
    }

    @Test func `who is not on the roll may use nothing`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            try await fixture.take(
                "statuses.csv",
                StandingFixture.statuses + "visby,withdrawn,2024-05-01,2024-05-01,,,AB10,p. 1,\n"
            )
            #expect(Set(try await access(fixture, "visby").values) == ["none"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `an office-holder whose standing does not open the office is named with the reason`(
        _ engine: Database.Engine
    ) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await fixture.take(
                "offices.csv",
                """
                member,office,detail,from,to,decision,source,locator,note
                visby,executive-committee,2023-2026,2023-09-26,2026-12-31,,AB10,p. 1,
                lubeck,executive-committee,2023-2026,2023-09-26,2026-12-31,,AB10,p. 1,
                riga,regional-office,Baltic,2023-09-26,2024-05-31,,AB10,p. 1,
                lubeck,host-city,Forum,2023-09-26,2026-12-31,,AB10,p. 1,

                """
            )
            let dues = try await fixture.dues(Self.bills)
            func doubts(_ day: String) async throws -> [String] {
                try await fixture.ask(OfficesInDoubt(on: Records.day(day), charter: fixture.charter, dues: dues))
                    .map { "\($0.office) \($0.detail) \($0.memberKey) \($0.answer.access.rawValue)" }
            }
            #expect(try await doubts("2024-06-01") == ["executive-committee 2023-2026 lubeck none"])
            #expect(
                try await doubts("2024-05-31") == [
                    "executive-committee 2023-2026 lubeck none", "regional-office Baltic riga none",
                ]
            )
            let asked = try await ask(fixture, "lubeck") { entitlements, id, transaction in
                try entitlements.office("executive-committee", member: id, on: Self.day, transaction)
            }
            #expect(asked.map(\.rule) == ["entitlements.committee"])
            #expect(asked.first?.remedy?.english.contains("Good record of payment") == true)
        }
    }
}
