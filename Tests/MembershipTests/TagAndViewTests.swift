import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Journal
import Mail
import Testing

@testable import Membership

@Suite struct TagMembersTests {
    @Test(arguments: TestEngine.all) func aTagIsAddedWhereItIsMissingAndUndoneWhereItStillIs(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            let all = MemberSelection.matching(RollFilter(day: Records.day("2026-11-21")))
            let run = { (command: TagMembers) in
                try await fixture.database.run(command, as: fixture.clerk, now: fixture.now)
            }
            let first = try await run(TagMembers(all, .add, tag: "harbour"))
            #expect(first.changed == 2 && first.unchanged == 1)
            let tagged = try await fixture.roll("2026-11-21", tag: "harbour")
            #expect(tagged == ["Lübeck", "Riga", "Visby"])
            let riga = try await fixture.member("riga").id
            _ = try await run(TagMembers(.members([riga]), .remove, tag: "harbour"))
            let action = try #require(first.actionID)
            let undone = try await fixture.database.run(
                UndoTagging(actionID: action),
                as: fixture.clerk,
                now: fixture.now
            )
            #expect(undone == UndoTagging.Outcome(undone: 1, changedSince: 1, names: ["Riga"]))
            // Lübeck had the tag before the action, so it keeps it.
            let left = try await fixture.roll("2026-11-21", tag: "harbour")
            #expect(left == ["Lübeck"])
            await #expect(throws: MemberRefusal.undoneAlready) {
                _ = try await fixture.database.run(UndoTagging(actionID: action), as: fixture.clerk, now: fixture.now)
            }
            let told = try await fixture.story("riga").history.prefix(2).map(\.action)
            #expect(told == ["member.untagged", "member.tagged"])
            let actions = try await fixture.database.ask(BulkActions(), as: fixture.clerk, now: fixture.now)
            #expect(actions.map(\.kind) == ["untag", "tag"] && actions.map(\.members) == [1, 2])
        }
    }

    @Test(arguments: TestEngine.all) func aTagOutlivesAReimport(_ engine: Database.Engine) async throws {
        try await EditingFixture.with(engine) { fixture in
            let id = try await fixture.member("visby").id
            _ = try await fixture.database.run(
                TagMembers(.members([id]), .add, tag: "walls"),
                as: fixture.clerk,
                now: fixture.now
            )
            let again = try await fixture.take("members.csv", EditingFixture.members)
            #expect(again.kept == 1 && again.changed == 0)
            let tagged = try await fixture.roll("2026-11-21", tag: "walls")
            #expect(tagged == ["Visby"])
        }
    }

    @Test func whatIsNoTagNoMemberOrNobodyIsRefused() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            let id = try await fixture.member("visby").id
            let run = { (selection: MemberSelection, tag: String) in
                _ = try await fixture.database.run(
                    TagMembers(selection, .add, tag: tag),
                    as: fixture.clerk,
                    now: fixture.now
                )
            }
            for tag in ["", "two words", "<b>", "a%", String(repeating: "a", count: 41)] {
                await #expect(throws: InvalidInput.self) { try await run(.members([id]), tag) }
            }
            await #expect(throws: MemberRefusal.noSuchMember) { try await run(.members([id, "forged"]), "walls") }
            await #expect(throws: MemberRefusal.noneChosen) { try await run(.members([]), "walls") }
            await #expect(throws: MemberRefusal.tooManyMembers(10_001)) {
                try await run(.members((0...10_000).map { "\($0)" }), "walls")
            }
        }
    }
}

@Suite struct SavedViewTests {
    @Test(arguments: TestEngine.all) func aViewIsOnesOwnUntilItIsShared(_ engine: Database.Engine) async throws {
        try await EditingFixture.with(engine) { fixture in
            let ada = try await fixture.somebody("Ada", .officer)
            let berit = try await fixture.somebody("Berit", .officer)
            let save = { (actor: Actor, name: String, query: String, isShared: Bool) in
                try await fixture.database.run(
                    SaveView(name: name, query: query, columns: ["tags"], isShared: isShared),
                    as: actor,
                    now: fixture.now
                )
            }
            let names = { (actor: Actor) in
                try await fixture.database.ask(Views(), as: actor, now: fixture.now).map {
                    "\($0.name) \($0.query) \($0.isOwn)"
                }
            }
            let mine = try await save(ada, "Late", "status=suspended", false)
            _ = try await save(ada, "Africa", "region=africa", true)
            let seenByAda = try await names(ada)
            #expect(seenByAda == ["Africa region=africa true", "Late status=suspended true"])
            let seenByBerit = try await names(berit)
            #expect(seenByBerit == ["Africa region=africa false"])
            let again = try await save(ada, "Late", "status=left", false)
            #expect(again == mine)
            await #expect(throws: MemberRefusal.noSuchView) {
                try await fixture.database.run(DeleteView(id: mine), as: berit, now: fixture.now)
            }
            try await fixture.database.run(DeleteView(id: mine), as: ada, now: fixture.now)
            let left = try await names(ada)
            #expect(left == ["Africa region=africa true"])
            await #expect(throws: InvalidInput.self) { _ = try await save(ada, "  ", "", false) }
        }
    }
}

@Suite struct MemberTableTests {
    @Test(arguments: TestEngine.all) func rowsBringWhatTheChosenColumnsShow(_ engine: Database.Engine) async throws {
        try await EditingFixture.with(engine) { fixture in
            let id = try await fixture.member("lubeck").id
            _ = try await fixture.somebody("Jan", .representative, at: .member(id))
            let listing = try await fixture.directory.listing(
                RollFilter(day: Records.day("2026-11-21")),
                page: 1,
                size: 2
            )
            let table = MemberTable(listing, columns: [.tags, .people, .website, .area, .changed])
            let answer = try await fixture.database.ask(table, as: fixture.clerk, now: fixture.now)
            #expect(answer.total == 3 && answer.rows.map(\.roll.name) == ["Lübeck", "Riga"])
            let extras = try #require(answer.rows.first?.extras)
            #expect(extras.tags == "harbour" && extras.people == 1 && extras.changed == InstantText.text(Records.noon))
            #expect(extras.website == nil && extras.area == nil && extras.head == nil && extras.offices == nil)
            let jan = try await fixture.somebody("Piet", .representative, at: .member(id))
            await #expect(throws: AccessRefusal.notAllowed(.readMembers)) {
                _ = try await fixture.database.ask(table, as: jan, now: fixture.now)
            }
        }
    }
}

@Suite struct MailMembersTests {
    @Test(arguments: TestEngine.all) func eachRepresentativeGetsOneMailAndWhatWaitsCanBeStopped(
        _ engine: Database.Engine
    ) async throws {
        try await EditingFixture.with(engine) { fixture in
            let lubeck = try await fixture.member("lubeck").id
            let jan = try await fixture.somebody("Jan", .representative, at: .member(lubeck))
            _ = try await fixture.somebody("Erik", .editor, at: .member(lubeck))
            let command = MailMembers(
                .matching(RollFilter(day: Records.day("2026-11-21"))),
                subject: "The assembly {of} 2026",
                text: "Dear <members>,\r\n\r\nplease come."
            )
            let outcome = try await fixture.database.run(command, as: fixture.clerk, now: fixture.now)
            #expect(outcome.mails == 1 && outcome.without == 2 && outcome.withoutNames == ["Riga", "Visby"])
            let action = try #require(outcome.actionID)
            let queued = try await fixture.database.read { try Outbox.list($0).mails }
            #expect(queued.map(\.subject) == ["The assembly {of} 2026"] && queued.map(\.person) == [jan.person.id])
            let html = try await fixture.database.read { try Outbox.find($0, id: queued.first?.id ?? "")?.html }
            #expect(html?.contains("Dear &lt;members&gt;,") == true)
            let stopped = try await fixture.database.run(
                StopMailing(actionID: action),
                as: fixture.clerk,
                now: fixture.now
            )
            #expect(stopped == StopMailing.Outcome(stopped: 1, gone: 0))
            let after = try await fixture.database.read { try Outbox.list($0).mails.map(\.state) }
            #expect(after == [.stopped])
            await #expect(throws: MemberRefusal.undoneAlready) {
                _ = try await fixture.database.run(StopMailing(actionID: action), as: fixture.clerk, now: fixture.now)
            }
        }
    }

    @Test func aLineBreakInTheSubjectIsRefused() async throws {
        try await EditingFixture.with(.sqlite) { fixture in
            let id = try await fixture.member("lubeck").id
            for subject in ["", "Hello\nBcc: all@example.org", "Hello\r\nBcc: x"] {
                await #expect(throws: InvalidInput.self) {
                    let command = MailMembers(.members([id]), subject: subject, text: "Text")
                    _ = try await fixture.database.run(command, as: fixture.clerk, now: fixture.now)
                }
            }
        }
    }
}
