import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Foundation
import Languages
import Mail
import Membership
import Testing

@testable import Joining

/// From the first letter to the roll, by what the committee decides.
@Suite("An applicant is admitted")
struct ApplicationAdmissionTests {
    @Test(arguments: TestEngine.all)
    func `a city applies, is asked, answers, and the committee admits it`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let (secret, id) = try await house.sent()
            try await house.run(
                AskApplicant(
                    id,
                    words: "Who signed the letter?",
                    missing: [RequestHouse.letterOfIntent],
                    services: house.services
                ),
                as: house.officer
            )
            #expect(try await house.state(id) == .asked)
            try await house.type(secret, [.headPosition: "Lord Mayor"])
            try await house.desk.answer(secret, words: "The mayor did.", now: RequestHouse.now)
            try await house.recommend(id)
            let circular = try await house.putAdmission(id, way: .circulation, at: RequestHouse.later(3))
            let item = try #require(try await house.question(circular).items.first)
            #expect(item.words.english == "Admit Tallinn, EE")
            #expect(item.rule == "membership.admission")
            #expect(item.evidence.english.contains("The secretariat recommends to admit it.\nA good city."))
            #expect(item.evidence.english.contains("Membership counts from the day of the application."))
            try await house.answerForRiga(circular, .approve, at: RequestHouse.later(4))

            let record = try await house.record(id)
            #expect(record.application.state == .admitted)
            #expect(record.circulars.map(\.reference) == ["2026-1"])
            #expect(
                record.steps.map(\.kind) == [.started, .submitted, .asked, .answered, .recommended, .put, .admitted]
            )
            let member = try await house.profile("tallinn")
            #expect(record.application.memberID == member.id)
            #expect(member.name == "Tallinn" && member.region == "europe")
            #expect(member.website == "https://www.tallinn.example")
            #expect(member.figures.map(\.value) == [461_000])
            let heads = member.people.map { [$0.name, $0.position, $0.shownOn] }
            #expect(heads == [["Mari Maasikas", "Lord Mayor", "2026-09-21"]])
            // It counts from the day of the application, and cites the decision of days later.
            #expect(try await house.steps(member.id) == ["member 2026-09-21 decision-2026-1-1"])
            #expect(
                try await house.deeds(id) == [
                    "application.started", "application.document-added", "application.submitted", "application.asked",
                    "application.answered", "application.recommended", "application.put", "application.admitted",
                ]
            )
        }
    }

    @Test(arguments: TestEngine.all)
    func `every step is a letter in the applicant's language, and the contact is invited`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (_, id, circular) = try await house.asked(way: .circulation)
            try await house.answerForRiga(circular, .approve)
            let letters = [
                ("application-link", "el enlace a su solicitud 2026-1"),
                ("application-submitted", "hemos recibido su solicitud 2026-1"),
                ("application-put", "su solicitud 2026-1 está ante «Comité Ejecutivo»"),
                ("application-admitted", "bienvenidos, la solicitud 2026-1 está aprobada"),
            ]
            for (cause, words) in letters {
                let sent = try await house.letters(cause)
                #expect(sent.count == 1 && sent[0].subject.contains(words), "\(cause): \(sent.map(\.subject))")
                #expect(sent.first?.text.contains("https://hansa.example/join/application?key=") == true, "\(cause)")
                #expect(sent.first?.html.contains("https://hansa.example/join/application?key=") == true, "\(cause)")
            }
            let admitted = try #require(try await house.letters("application-admitted").first).text
            #expect(admitted.contains("https://hansa.example/members/tallinn"))
            let member = try await house.record(id).application.memberID
            let invited = try await house.database.read { transaction in
                try transaction.query(
                    """
                    SELECT p.name, p.email, p.language, g.role FROM role_grant g JOIN person p ON p.id = g.person_id
                    WHERE g.place_kind = 'member' AND g.place_id = ?
                    """,
                    [.optional(member)]
                ) { row in try (0..<4).map { try row.text($0) } }
            }
            #expect(invited == [["Kadri Tamm", "kadri@tallinn.example", "es", "representative"]])
            #expect(try await house.count("invitation") == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a former member under another name keeps its one record`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            try await house.run(
                AddMemberName(
                    memberID: RequestHouse.gdansk,
                    name: "Danzig",
                    language: "de",
                    kind: .alias,
                    grounds: "Its history",
                    charter: house.charter
                ),
                as: house.officer
            )
            let before = try await house.count("member")
            let form = RequestHouse.form(
                "Danzig",
                country: "SE",
                contact: "Piotr Nowak",
                email: "piotr.nowak@example.org"
            )
            let secret = try await house.start(form)
            try await house.fill(secret)
            let known = try #require(try await house.desk.open(secret, now: RequestHouse.now).known.first)
            #expect(known.key == "gdansk" && known.name == "Gdańsk" && !known.isOnRoll)
            #expect(known.standing == "withdrawn" && known.since == "2025-05-01")
            #expect(await house.fields { _ = try await house.desk.submit(secret, now: RequestHouse.now) } == ["member"])

            try await house.desk.sameAs(secret, memberKey: "gdansk", now: RequestHouse.now)
            #expect(try await house.desk.submit(secret, now: RequestHouse.now) == .sent)
            let id = try await house.desk.open(secret, now: RequestHouse.now).application.id
            try await house.recommend(id)
            let circular = try await house.putAdmission(id)
            let evidence = try #require(try await house.question(circular).items.first).evidence.english
            #expect(evidence.contains("Former member: Gdańsk (Withdrawn since 1 May 2025)."))
            try await house.meet(circular, .adopted)

            #expect(try await house.count("member") == before)
            #expect(
                try await house.steps(RequestHouse.gdansk) == [
                    "member 2015-03-01", "withdrawn 2025-05-01", "member 2026-09-21 decision-2026-1-1",
                ]
            )
            #expect(try await house.record(id).application.memberID == RequestHouse.gdansk)
            // Piotr speaks for it already: he is told, and gets no second role.
            #expect(try await house.letters("standing-changed").map(\.person) == ["Piotr Nowak"])
            #expect(try await house.count("invitation") == 0)
            #expect(try await house.kinds(id).last == .admitted)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what the committee rejects is declined, and the applicant is told`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let before = try await house.count("member")
            let (secret, id, circular) = try await house.asked()
            try await house.meet(circular, .rejected)
            #expect(try await house.state(id) == .declined)
            #expect(try await house.count("member") == before)
            #expect(try await house.letters("application-declined").count == 1)
            #expect(try await house.deeds(id).last == "application.declined")
            // It can be read as long as the link lasts, without what is the secretariat's.
            let read = try await house.desk.open(secret, now: RequestHouse.now)
            #expect(read.steps.map(\.kind) == [.started, .submitted, .put, .declined])
            #expect(read.circulars == [] && read.steps.allSatisfy { $0.side == .applicant || $0.authorName.isEmpty })
        }
    }

    @Test(arguments: TestEngine.all)
    func `too few answers leave it with the body, and a question taken back gives it back`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (_, id, circular) = try await house.asked(way: .circulation)
            try await house.run(
                CloseCircular(circular, services: house.decisions),
                as: house.officer,
                at: RequestHouse.later(15)
            )
            #expect(try await house.state(id) == .put)
            #expect(try await house.kinds(id).last == .undecided)
            let again = try await house.run(
                AskAgain(about: circular, services: house.decisions),
                as: house.officer,
                at: RequestHouse.later(15)
            )
            #expect(try await house.kinds(id).last == .put)
            #expect(try await house.letters("application-put").count == 2)
            try await house.run(
                WithdrawCircular(again, reason: "A document was forged", services: house.decisions),
                as: house.officer,
                at: RequestHouse.later(16)
            )
            #expect(try await house.state(id) == .recommended)
            #expect(try await house.deeds(id).last == "application.returned")
            _ = try await house.putAdmission(id, at: RequestHouse.later(17))
            #expect(try await house.state(id) == .put)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what the applicant withdraws is over, whatever the committee says`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let before = try await house.count("member")
            let (secret, id, circular) = try await house.asked()
            try await house.desk.withdraw(secret, reason: "The council voted against it.", now: RequestHouse.now)
            #expect(try await house.letters("application-withdrawn").count == 1)
            let waiting = try await house.database.read { try WaitingApplications.list($0) }
            #expect(waiting.map(\.id) == [id], "the question waits to be taken back")
            try await house.meet(circular, .adopted)
            #expect(try await house.state(id) == .withdrawn)
            #expect(try await house.count("member") == before)
            #expect(try await house.question(circular).items.first?.problem == nil)
            #expect(try await house.kinds(id).last == .note)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a record that came meanwhile stops the admission until somebody looked`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (_, id, circular) = try await house.asked()
            try await house.database.write { transaction in
                try RequestHouse.add(transaction, "member-tallinn-1", "local-government", "Tallinn")
                try transaction.execute("UPDATE member SET country = 'EE' WHERE id = 'member-tallinn-1'")
            }
            try await Membership.Directory.refreshRoll(house.database, charter: house.charter)
            try await house.meet(circular, .adopted)
            let item = try #require(try await house.question(circular).items.first)
            #expect(item.problem?.english.contains("what may be the same member: Tallinn") == true)
            #expect(try await house.state(id) == .put)
            try await house.run(MatchApplication(id, memberKey: nil, services: house.services), as: house.officer)
            let left = try await house.run(
                CarryOutAgain(circular, item: item.id, services: house.decisions),
                as: house.officer
            )
            #expect(left == nil)
            #expect(try await house.state(id) == .admitted)
        }
    }

    @Test func `only what was recommended on goes before the body, and only before the charter's`() async throws {
        try await RequestHouse.with(.sqlite) { house in
            let (_, id) = try await house.sent()
            await #expect(throws: JoiningRefusal.inAnotherState(.submitted)) { _ = try await house.putAdmission(id) }
            await #expect(throws: JoiningRefusal.noSuchApplication) { _ = try await house.putAdmission("none") }
            try await house.recommend(id)
            let draft = CircularDraft(
                body: RequestHouse.assembly,
                way: .meeting,
                matter: AdmissionMatter.kind,
                title: "New members",
                subjects: [id]
            )
            let fields = await house.fields {
                _ = try await house.run(OpenCircular(draft, services: house.decisions), as: house.officer)
            }
            #expect(fields == ["body"])
            #expect(try await house.state(id) == .recommended)
        }
    }
}
