import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Testing

@testable import Membership
@testable import Standing

/// One way to call a service.
private struct Sample: Sendable {
    let service: String
    let action: Action
    /// Whether the right must be held in Visby, not in the association.
    var isOfVisby = false
    let call: @Sendable (StandingFixture, Actor) async throws -> Void
}

private func command<C: Command>(_ command: C) -> Sample {
    Sample(service: "\(C.self)", action: C.action) { fixture, actor in
        _ = try await fixture.database.run(command, as: actor, now: fixture.now)
    }
}

private func question<Q: Question>(_ question: Q, ofVisby isOfVisby: Bool = false) -> Sample {
    Sample(service: "\(Q.self)", action: Q.action, isOfVisby: isOfVisby) { fixture, actor in
        _ = try await fixture.database.ask(question, as: actor, now: fixture.now)
    }
}

/// Every command and question of this capability, walked with every role.
@Suite struct StandingRightsTests {
    @Test func `the catalogue and the walk list every command and question`() throws {
        let root = URL(filePath: Records.root).appending(path: "Sources/Domain/Standing")
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var declared: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/struct (\w+): (?:Command|Question)\b/#) { declared.insert(String(match.1)) }
        }
        #expect(Set(StandingCatalogue.all.map(\.name)) == declared)
        #expect(Set(try samples().map(\.service)) == declared)
    }

    @Test(arguments: TestEngine.all)
    func `every service does for every role what the table of rights says`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            let member = try await fixture.database.read { transaction in
                try transaction.first("SELECT id FROM member WHERE key = 'visby'") { try $0.text(0) }
            }
            for role in Role.allCases {
                let seat: Place =
                    switch role.seat {
                    case .association: .association
                    case .body: .body("executive-committee")
                    case .member: .member(member ?? "")
                    }
                let actor = try await somebody(fixture, role, seat)
                for sample in try samples() {
                    let place: Place = sample.isOfVisby ? .member(member ?? "") : .association
                    let isAllowed = Rights.allow(role, at: seat, sample.action, at: place)
                    let wasRefused = try await refused(sample, fixture, actor)
                    #expect(wasRefused == !isAllowed, "\(sample.service) as \(role.rawValue)")
                }
            }
        }
    }

    /// Whether the right was missing; any other refusal came after the check.
    private func refused(_ sample: Sample, _ fixture: StandingFixture, _ actor: Actor) async throws -> Bool {
        do {
            try await sample.call(fixture, actor)
            return false
        } catch is AccessRefusal { return true } catch is any Refusal { return false } catch is InvalidInput {
            return false
        }
    }

    private func somebody(_ fixture: StandingFixture, _ role: Role, _ place: Place) async throws -> Actor {
        let now = fixture.now
        return try await fixture.database.write { transaction in
            let address = try #require(EmailAddress("\(role.rawValue)@example.org"))
            let person = try Person.create(transaction, name: "Somebody", email: address, language: "en", now: now)
            try transaction.execute(
                """
                INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
                VALUES (?, ?, ?, ?, ?, '2026-01-01', ?)
                """,
                [
                    .text(Identifier.make()), .text(person.id), .text(role.rawValue), .text(place.kind),
                    .text(place.id), .text(InstantText.text(now)),
                ]
            )
            return try #require(try Actor.load(transaction, person: person.id, secondFactor: true, now: now))
        }
    }

    private func samples() throws -> [Sample] {
        let charter = try Records.charter()
        let rules = UploadRules(charter: charter, countries: CountryWords.none)
        let draft = ParticipationDraft(capacity: "delegate", mode: "online")
        let day = StandingFixture.today
        return [
            command(AddEvent(EventDraft(), grounds: "Why", charter: charter)),
            command(CorrectEvent("none", seen: EventDraft(), EventDraft(), grounds: "Why", charter: charter)),
            command(MarkListWhole("none", isWhole: true, grounds: "Why")),
            command(AddParticipation(event: "none", member: "none", draft, grounds: "Why")),
            command(
                CorrectParticipation(
                    event: "none",
                    member: "none",
                    capacity: "voter",
                    seenStep: "",
                    draft,
                    grounds: "Why"
                )
            ),
            command(
                RemoveParticipation(event: "none", member: "none", capacity: "voter", seenStep: "", grounds: "Why")
            ),
            command(
                try ReadParticipants(
                    event: "none",
                    file: "list.csv",
                    bytes: Array("City\nRiga\n".utf8),
                    capacity: "delegate",
                    mode: "online",
                    isWhole: false
                )
            ),
            command(SettleRows(list: "none", [:], rules: rules)),
            command(BringInParticipants(list: "none", seen: nil, grounds: "Why", rules: rules)),
            command(DropParticipants(list: "none")), command(PutForward(["none"])),
            command(
                StateCircumstance(
                    member: "none",
                    ground: "defunct",
                    asOf: "2026-01-01",
                    holds: true,
                    grounds: "Letter",
                    charter: charter
                )
            ),
            command(DropProposal("none", reason: "Not so")), question(EventList()), question(OneEvent("none")),
            question(ParticipationOfMember(member: "none")), question(ParticipantsPlan(list: "none", rules: rules)),
            question(StandingOnDay(day, charter: charter, payments: NoPaymentsOnRecord())),
            question(StandingProposals([.open], charter: charter)),
            question(OneStandingProposal("none", charter: charter)),
        ] + newer(charter, day)
    }

    /// Standing on any day, points and entitlements: of one member for whoever may enter its room.
    private func newer(_ charter: Charter, _ day: Day) -> [Sample] {
        let dues = NoDuesOnRecord()
        return [
            command(AddActivity(member: "none", ActivityDraft(), grounds: "Why", charter: charter)),
            command(WithdrawActivity("none", grounds: "Why")),
            question(StandingOfAll(on: day, charter: charter, dues: dues)),
            question(Ranking(from: day, to: day, charter: charter, dues: dues)),
            question(OfficesInDoubt(on: day, charter: charter, dues: dues)),
            question(MemberStandingOnDay("visby", on: day, charter: charter, dues: dues), ofVisby: true),
            question(StandingHistory("visby", to: day, charter: charter, dues: dues), ofVisby: true),
            question(PointsOf("visby", from: day, to: day, charter: charter, dues: dues), ofVisby: true),
            question(EntitlementsOf("visby", on: day, charter: charter, dues: dues), ofVisby: true),
        ]
    }

    @Test func `a member's people read of their own member alone`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            let visby = try await fixture.database.read { try NamedMember.find($0, "visby").id }
            let actor = try await somebody(fixture, .representative, .member(visby))
            let (day, charter) = (StandingFixture.today, fixture.charter)
            func ask(_ member: String) async throws {
                let question = MemberStandingOnDay(member, on: day, charter: charter, dues: NoDuesOnRecord())
                _ = try await fixture.database.ask(question, as: actor, now: fixture.now)
            }
            try await ask("visby")
            try await ask(visby)
            await #expect(throws: AccessRefusal.self) { try await ask("riga") }
        }
    }
}
