import Access
import Database
import DatabaseTesting
import Foundation
import Identity
import Languages
import Testing

@testable import Membership

@Suite struct PortalHomeTests {
    @Test(arguments: TestEngine.all) func theRoomSaysWhatIsOpenDueAndComing(_ engine: Database.Engine) async throws {
        try await Room.with(engine) { room in
            try await room.database.write { transaction in
                _ = try Room.person(transaction, "Per Holm", .editor, .member(Room.visby), until: "2026-10-20")
                _ = try Room.person(transaction, "Ulf Past", .editor, .member(Room.visby), until: "2026-02-01")
                for (key, from, to) in [
                    ("past", "2026-09-20", "2026-09-20"), ("next", "2026-11-03", "2026-11-05"),
                    ("year", "2027-01-01", "2027-12-31"),
                ] {
                    try transaction.execute(
                        """
                        INSERT INTO event (key, name, kind, date_from, date_to, place, source, origin)
                        VALUES (?, ?, 'forum', ?, ?, 'Almaty', 'R', 'import')
                        """,
                        [.text(key), .text("Event \(key)"), .text(from), .text(to)]
                    )
                }
                try transaction.execute(
                    """
                    INSERT INTO member_office (member_id, office, valid_from, valid_to, source, origin)
                    VALUES (?, 'president-city', '2024-01-01', '2026-12-31', 'R', 'import'),
                        (?, 'vice-president-city', '2020-01-01', '2023-12-31', 'R', 'import')
                    """,
                    [.text(Room.visby), .text(Room.visby)]
                )
            }
            _ = try await room.propose(.area, "3140")
            let home = try await room.ask(PortalHome(member: Room.visby), as: room.delegate)
            #expect(home.member.name == "Visby")
            #expect(home.standing == .init(status: "member", earliest: "2015-03-01", latest: "2015-03-01"))
            #expect(home.offices.map(\.office) == ["president-city"])
            #expect(home.items(.coming).map(\.title.english) == ["Event next", "Event year", "Area: 3,140 km²"])
            #expect(home.items(.due).map(\.title.english) == ["Per Holm: Member's editor until 20 Oct 2026"])
            #expect(home.profile.filter(\.isDone).map(\.part) == [.tags])
            #expect(home.people.map(\.name) == ["Eva Lund", "Inga Karlsson", "Nils Berg", "Per Holm"])
            let refusal = await room.refusal {
                _ = try await room.ask(PortalHome(member: Room.visby), as: room.stranger)
            }
            #expect(refusal as? AccessRefusal == .notAllowed(.readPortal))
        }
    }

    @Test(arguments: TestEngine.all) func somebodyWithTwoMembersHasTwoRooms(_ engine: Database.Engine) async throws {
        try await Room.with(engine) { room in
            let id = room.editor.person.id
            try await room.database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                    VALUES ('g', ?, 'editor', 'member', ?, '2026-01-01', '2026-01-01')
                    """,
                    [.text(id), .text(Room.riga)]
                )
            }
            let actor = try await room.database.read {
                try #require(try Actor.load($0, person: id, secondFactor: false, now: Room.now))
            }
            let rooms = try await room.ask(MyRooms(person: id), as: actor)
            #expect(rooms.map(\.name) == ["Riga", "Visby"])
        }
    }

    @Test(arguments: TestEngine.all) func todayListsOldestFirstAndMineIsWhatIMayDo(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            _ = try await room.propose(.area, "3140")
            let mail = WaitingSource(kind: "mail", title: say("Mail"), reads: .readMail) { _ in
                [
                    WaitingItem(
                        kind: "mail",
                        id: "m",
                        title: say("A mail failed"),
                        detail: .empty,
                        needs: .sendMail,
                        since: "2026-01-01T00:00:00.000000Z"
                    )
                ]
            }
            let sources = [Proposals.source, mail]
            let officer = try await room.ask(Today(.mine, sources: sources), as: room.officer)
            #expect(officer.waiting.map(\.kind) == ["mail", "proposal"])
            let communication = try await room.ask(Today(.mine, sources: sources), as: room.communication)
            #expect(communication.waiting.map(\.kind) == ["mail"])
            #expect(communication.mineCount == 1 && communication.everyoneCount == 2)
            let all = try await room.ask(
                Today(.everyone, sources: sources, subjects: Proposals.subject),
                as: room.auditor
            )
            #expect(all.waiting.count == 2 && all.mineCount == 0)
            #expect(all.week.count == 1)
            #expect(all.week.latest.map(\.person) == ["Inga Karlsson"])
            #expect(all.week.latest.map(\.about?.english) == ["Visby: area"])
            #expect(all.week.since == "2026-09-21")
            let refusal = await room.refusal {
                _ = try await room.ask(Today(.mine, sources: []), as: room.representative)
            }
            #expect(refusal as? AccessRefusal == .notAllowed(.readToday))
        }
    }
}
