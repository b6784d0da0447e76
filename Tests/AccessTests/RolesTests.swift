import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Journal
import Testing

@Suite("Roles are given and ended")
struct RolesTests {
    private func give(
        _ desk: Desk,
        _ person: String,
        _ role: Role,
        _ place: Place,
        from: String? = nil,
        until: String? = nil
    )
        -> GiveRole
    {
        GiveRole(
            to: person,
            role: role,
            in: place,
            from: from,
            until: until,
            grounds: "Elected",
            places: desk.places,
            letters: desk.letters
        )
    }

    @Test("a role holds for its period, and is told to its holder and the journal", arguments: TestEngine.all)
    func period(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@busan.test")
            _ = try await desk.run(give(desk, ana, .editor, .member("m2"), from: "2026-10-01", until: "2026-10-31"))
            let days = ["2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"]
            let held = try await desk.database.read { transaction in
                try days.map { try Grant.inForce(transaction, person: ana, day: $0).map(\.role) }
            }
            #expect(held == [[], [.editor], [.editor], []])
            let mail = try await desk.mails()
            #expect(mail.map(\.to) == ["ana@busan.test"])
            #expect(mail.first?.text.contains("1 Oct 2026 to 31 Oct 2026") == true)
            let journal = try await desk.journal(about: ana)
            #expect(journal == ["role.given"])
            let entry = try await desk.database.read { try Journal.entries($0, of: .init("person", ana)).first?.entry }
            #expect(entry?.after?.contains("Elected") == false, "grounds can name people, so they stand beside the log")
        }
    }

    @Test(
        "an officer gives no role in the secretariat, a representative only in their own member",
        arguments: TestEngine.all
    )
    func whoMayGive(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@busan.test")
            let officer = try await desk.actor(desk.add("Oh", "oh@wego.test", (.officer, .association)))
            let speaker = try await desk.actor(desk.add("Rui", "rui@seoul.test", (.representative, .member("m1"))))
            let editor = try await desk.actor(desk.add("Eva", "eva@seoul.test", (.editor, .member("m1"))))
            let tries: [(Actor, Role, Place, AccessRefusal?)] = [
                (officer, .finance, .association, .notAllowed(.giveSecretariatRole)),
                (officer, .auditor, .association, .notAllowed(.giveSecretariatRole)),
                (officer, .committee, .body("executive-committee"), nil),
                (speaker, .editor, .member("m2"), .notAllowed(.giveMemberRole)),
                (speaker, .delegate, .member("m2"), .notAllowed(.giveVote)),
                (speaker, .officer, .association, .notAllowed(.giveSecretariatRole)),
                (speaker, .juror, .body("executive-committee"), .notAllowed(.giveBodyRole)),
                (speaker, .delegate, .member("m1"), nil),
                (editor, .editor, .member("m1"), .notAllowed(.giveMemberRole)),
            ]
            for (actor, role, place, expected) in tries {
                let error = try await refusal { _ = try await desk.run(give(desk, ana, role, place), as: actor) }
                #expect(error as? AccessRefusal == expected, "\(actor.person.name) gives \(role) in \(place)")
            }
        }
    }

    @Test("nobody gives a role to themselves, not even an administrator", arguments: TestEngine.all)
    func ownRole(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let me = desk.administrator.person.id
            let error = try await refusal { _ = try await desk.run(give(desk, me, .auditor, .association)) }
            #expect(error as? RoleRefusal == .ownRole)
            let invited = try await refusal {
                _ = try await desk.run(
                    InvitePerson(
                        name: "Me",
                        email: "JIWON@wego.test",
                        language: "en",
                        role: .auditor,
                        in: .association,
                        places: desk.places,
                        letters: desk.letters
                    )
                )
            }
            #expect(invited as? RoleRefusal == .ownRole)
        }
    }

    @Test("the same role in the same place is refused when the periods touch", arguments: TestEngine.all)
    func overlap(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@busan.test")
            _ = try await desk.run(
                give(desk, ana, .juror, .body("executive-committee"), from: "2027-01-01", until: "2027-06-30")
            )
            let cases: [(String, String?, Bool)] = [
                ("2026-01-01", "2026-12-31", true), ("2026-01-01", "2027-01-01", false), ("2027-06-30", nil, false),
                ("2027-07-01", nil, true), ("2025-01-01", nil, false),
            ]
            for (from, until, isTaken) in cases {
                let error = try await refusal {
                    _ = try await desk.run(
                        give(desk, ana, .juror, .body("executive-committee"), from: from, until: until)
                    )
                }
                #expect((error == nil) == isTaken, "\(from) to \(until ?? "open")")
                if !isTaken { #expect(error as? RoleRefusal == .heldAlready(.juror, "Executive Committee")) }
            }
            _ = try await desk.run(give(desk, ana, .juror, .body("secretariat"), from: "2027-01-01"))
            _ = try await desk.run(give(desk, ana, .committee, .body("executive-committee"), from: "2027-01-01"))
        }
    }

    @Test("a place must exist and fit the role", arguments: TestEngine.all)
    func places(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@busan.test")
            let wrong: [(Role, Place)] = [
                (.editor, .member("m3")), (.juror, .body("senate")), (.editor, .association), (.officer, .member("m1")),
                (.committee, .member("m1")), (.delegate, .person(ana)), (.delegate, .body("secretariat")),
            ]
            for (role, place) in wrong {
                let error = try await refusal {
                    _ = try await desk.run(give(desk, ana, role, place), as: Actor.operatorNamed("cli"))
                }
                #expect((error as? InvalidInput)?.fields.map(\.name) == ["place"], "\(role) in \(place)")
            }
            _ = try await desk.run(give(desk, ana, .regionalOffice, .body("regional-office")))
        }
    }

    @Test(
        "days that are none, that are reversed, and reasons that are too long are told together",
        arguments: TestEngine.all
    )
    func form(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@busan.test")
            let command = GiveRole(
                to: ana,
                role: .editor,
                in: .member("m9"),
                from: "2026-02-30",
                until: "1999-01-01",
                grounds: String(repeating: "x", count: 501),
                places: desk.places,
                letters: desk.letters
            )
            let error = try await refusal { _ = try await desk.run(command) }
            #expect((error as? InvalidInput)?.fields.map(\.name) == ["from", "until", "grounds", "place"])
        }
    }

    @Test("ending takes effect at once, or after its last day", arguments: TestEngine.all)
    func ending(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@busan.test")
            let grant = try await desk.run(give(desk, ana, .editor, .member("m2")))
            let today = Grant.day(desk.now)
            try await desk.run(EndRole(grant, lastDay: "2026-12-31"))
            var held = try await desk.actor(ana).grants.map(\.endsOn)
            #expect(held == ["2026-12-31"])
            try await desk.run(EndRole(grant, grounds: "Left the city"))
            held = try await desk.actor(ana).grants.map(\.endsOn)
            #expect(held == [])
            let record = try await desk.ask(PersonRecord(ana))
            #expect(record.roles.map(\.endsOn) == [today])
            #expect(record.roles.map(\.endedBy) == [desk.administrator.person.id])
            #expect(record.names[desk.administrator.person.id] == "Jiwon Park")
            let again = try await refusal { try await desk.run(EndRole(grant)) }
            #expect(again as? RoleRefusal == .endedAlready)
            let nothing = try await refusal { try await desk.run(EndRole("none")) }
            #expect(nothing as? RoleRefusal == .noSuchRole)
            _ = try await desk.run(give(desk, ana, .editor, .member("m2")))
        }
    }

    @Test("a role ends in the middle of what its holder does", arguments: TestEngine.all)
    func revokedWhileWorking(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@busan.test")
            let officer = try await desk.add("Oh", "oh@wego.test", (.officer, .association))
            let working = try await desk.actor(officer)
            let grant = try #require(working.grants.first)
            try await desk.run(EndRole(grant.id))
            let error = try await refusal {
                _ = try await desk.run(give(desk, ana, .editor, .member("m1")), as: working)
            }
            #expect(error as? AccessRefusal == .notAllowed(.giveMemberRole))
        }
    }

    @Test("the last administrator stays", arguments: TestEngine.all)
    func lastAdministrator(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let program = Actor.operatorNamed("cli")
            let me = desk.administrator.person.id
            let grant = try #require(desk.administrator.grants.first?.id)
            let tries: [() async throws -> Void] = [
                { try await desk.run(EndRole(grant)) },
                { try await desk.run(EndRole(grant, lastDay: "2027-01-01")) },
                { try await desk.run(ClosePerson(me), as: program) },
                { try await desk.run(ErasePerson(me, sources: [], letters: desk.letters), as: program) },
                { try await desk.run(AskErasure(me)) },
            ]
            for attempt in tries {
                let error = try await refusal(attempt)
                #expect(error as? RoleRefusal == .lastAdministrator)
            }
            // Another whose account is closed, or whose role ends before, is no other.
            let second = try await desk.add("Lee", "lee@wego.test", (.administrator, .association))
            try await desk.run(ClosePerson(second))
            let closed = try await refusal { try await desk.run(EndRole(grant)) }
            #expect(closed as? RoleRefusal == .lastAdministrator)
            try await desk.run(ReopenPerson(second))
            let theirs = try #require(try await desk.actor(second).grants.first?.id)
            try await desk.run(EndRole(theirs, lastDay: "2026-12-31"))
            let later = try await refusal { try await desk.run(EndRole(grant, lastDay: "2027-06-30")) }
            #expect(later as? RoleRefusal == .lastAdministrator)
            try await desk.run(EndRole(grant, lastDay: "2026-11-30"))
        }
    }

    @Test("two administrators cannot end each other at the same moment", arguments: TestEngine.all)
    func race(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let second = try await desk.actor(desk.add("Lee", "lee@wego.test", (.administrator, .association)))
            let pairs = [(desk.administrator, second), (second, desk.administrator)]
            let ended = await withTaskGroup(of: Bool.self) { group in
                for (actor, other) in pairs {
                    let grant = other.grants[0].id
                    group.addTask { (try? await desk.run(EndRole(grant), as: actor)) != nil }
                }
                var ended = 0
                for await isEnded in group where isEnded { ended += 1 }
                return ended
            }
            #expect(ended == 1)
        }
    }
}
