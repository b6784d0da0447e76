import Access
import Charter
import Database
import DatabaseTesting
import Files
import Foundation
import Identity
import Languages
import Testing

@testable import Membership

extension Room {
    func propose(
        _ fact: OfficialFact,
        _ value: String,
        _ detail: String = "",
        on day: String = "2026-09-01"
    ) async throws
        -> ProposeFact.Outcome
    {
        try await run(
            ProposeFact(
                member: Self.visby,
                value: FactValue(fact, typed: value, detail: detail, year: 2026),
                effectiveOn: Records.day(day),
                grounds: "Statistics office, table 3"
            ),
            as: representative
        )
    }

    func view(_ id: String) async throws -> ProposalToDecide.Answer { try await ask(ProposalToDecide(id), as: officer) }

    func decide(_ id: String, _ decision: DecideProposal.Decision, seen: PartMark? = nil) async throws {
        let mark: PartMark
        if let seen { mark = seen } else { mark = try await view(id).view.mark }
        try await run(
            DecideProposal(proposal: id, decision, seen: mark, charter: charter, letters: letters),
            as: officer
        )
    }

    func letters(to address: String) async throws -> [(subject: String, text: String)] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT subject, body_text FROM mail WHERE recipient = ? ORDER BY queued_at, id",
                [.text(address)]
            ) { (try $0.text(0), try $0.text(1)) }
        }
    }
}

@Suite struct ProposalTests {
    @Test(arguments: TestEngine.all) func anAcceptedProposalIsInTheRecordsAndInALetter(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            let made = try await room.propose(.population, "24,013", "2026")
            let waiting = try await room.database.read { try Proposals.waiting($0) }
            #expect(waiting.map(\.detail.english) == ["23,880 (2020) → 24,013 (2026)"])
            #expect(waiting.map(\.title.english) == ["Visby: population"])
            try await room.decide(made.id, .accept())
            let after = try await room.view(made.id)
            #expect(after.view.proposal.state == .accepted)
            #expect(after.view.current?.words.english == "24,013 (2026)")
            #expect(after.view.proposal.decidedBy?.name.english == "Oh Ji-woo")
            let projected = try await room.database.read { transaction in
                try transaction.first("SELECT population FROM roll_span WHERE member_id = ?", [.text(Room.visby)]) {
                    try $0.integer(0)
                }
            }
            #expect(projected == 24_013)
            let letters = try await room.letters(to: "inga.karlsson@example.org")
            #expect(letters.map(\.subject) == ["Aceptada: la población de Visby"])
            #expect(letters[0].text.contains("https://hansa.example/portal/visby/facts"))
            let actions = try await room.actions("proposal", made.id)
            #expect(actions == ["proposal.accepted", "proposal.made"])
            let memberActions = try await room.actions("member", Room.visby)
            #expect(memberActions == ["member.edited"])
        }
    }

    @Test(arguments: TestEngine.all) func anAcceptedNumberOfEmployeesIsAFigureOfItsYear(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            for (value, year) in [("0", "2025"), ("1,240", "2026"), ("1250", "2026")] {
                let made = try await room.propose(.employees, value, year)
                try await room.decide(made.id, .accept())
            }
            let figures = try await room.database.read { transaction in
                try transaction.query(
                    """
                    SELECT value, year_latest FROM member_figure WHERE member_id = ? AND kind = 'employees'
                    ORDER BY year_latest
                    """,
                    [.text(Room.visby)]
                ) { "\(Int(try $0.optionalReal(0) ?? -1)) \(try $0.integer(1))" }
            }
            #expect(figures == ["0 2025", "1250 2026"], "a second one of a year corrects the first")
            let known = try await room.ask(MemberProposals(member: Room.visby), as: room.representative)
            #expect(known.facts.first { $0.fact == .employees }?.current?.words.english == "1,250 (2026)")
            let ahead = await room.refusal {
                let made = try await room.propose(.employees, "1300", "2026")
                try await room.decide(made.id, .accept(effectiveOn: Records.day("2027-01-01")))
            }
            #expect((ahead as? InvalidInput)?.fields.map(\.name) == ["effective"])
        }
    }

    @Test(arguments: TestEngine.all) func theSecretariatCorrectsTheDayFromWhichANameHolds(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            let made = try await room.propose(.name, "Visborg", on: "2026-09-01")
            try await room.decide(made.id, .accept(effectiveOn: Records.day("2026-08-15")))
            let names = try await room.database.read { transaction in
                try transaction.query(
                    "SELECT name, valid_from FROM roll_span WHERE member_id = ? ORDER BY valid_from",
                    [.text(Room.visby)]
                ) { "\(try $0.text(0)) \(try $0.text(1))" }
            }
            #expect(names == ["Visby 2015-03-01", "Visborg 2026-08-15"])
            let proposal = try await room.view(made.id).view.proposal
            #expect(proposal.decidedEffectiveOn == "2026-08-15" && proposal.effectiveOn == "2026-09-01")
        }
    }

    @Test(arguments: TestEngine.all) func aDocumentGoesWithItsProposal(_ engine: Database.Engine) async throws {
        try await Room.with(engine) { room in
            let bytes = Array("24013 people live here.".utf8)
            let stored = try await room.files.put(bytes, as: .text, now: Room.now)
            let value = try FactValue(.population, typed: "24013", detail: "2026", year: 2026)
            let made = try await room.run(
                ProposeFact(
                    member: Room.visby,
                    value: value,
                    effectiveOn: Records.day("2026-09-01"),
                    grounds: "As attached",
                    document: .init(stored, name: "Census 2026.txt")
                ),
                as: room.representative
            )
            for actor in [room.officer, room.auditor, room.communication] {
                let document = try await room.ask(ProposalDocument(proposal: made.id), as: actor)
                #expect(document.name == "Census 2026.txt" && document.hash == stored.hash)
            }
            let own = try await room.ask(OwnProposalDocument(proposal: made.id), as: room.delegate)
            #expect(own.type == .text && own.bytes == bytes.count)
            let refusal = await room.refusal {
                _ = try await room.ask(OwnProposalDocument(proposal: made.id), as: room.stranger)
            }
            #expect(refusal as? AccessRefusal == .notAllowed(.readPortal))
        }
    }

    @Test(arguments: TestEngine.all) func decliningNeedsAReasonWhichTheMemberReads(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            let made = try await room.propose(.headOfGovernment, "Eva Lund", "Mayor")
            let wordless = await room.refusal { try await room.decide(made.id, .decline(reason: " ")) }
            #expect((wordless as? InvalidInput)?.fields.map(\.name) == ["reason"])
            try await room.decide(made.id, .decline(reason: "The election is not final."))
            let view = try await room.view(made.id).view
            #expect(view.proposal.state == .declined && view.current == nil)
            let letters = try await room.letters(to: "inga.karlsson@example.org")
            #expect(letters.count == 1)
            #expect(letters[0].text.contains("The election is not final."))
            let again = await room.refusal { try await room.decide(made.id, .accept()) }
            #expect(again as? ProposalRefusal == .decidedAlready(.declined, by: .verbatim("Oh Ji-woo")))
        }
    }

    @Test(arguments: TestEngine.all) func aNewerProposalTakesThePlaceOfTheOneThatWaits(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            let first = try await room.propose(.population, "24000", "2025")
            let other = try await room.propose(.area, "3140.5")
            let second = try await room.propose(.population, "24013", "2026")
            #expect(first.replaced == nil && other.replaced == nil && second.replaced == first.id)
            let list = try await room.ask(MemberProposals(member: Room.visby), as: room.delegate)
            #expect(list.facts.compactMap(\.waiting?.id) == [second.id, other.id])
            #expect(!list.mayPropose)
            let old = try await room.view(first.id).view.proposal
            #expect(old.state == .withdrawn && old.replacedBy == second.id)
            try await room.run(WithdrawProposal(proposal: second.id), as: room.representative)
            let twice = await room.refusal {
                try await room.run(WithdrawProposal(proposal: second.id), as: room.representative)
            }
            #expect(twice as? ProposalRefusal == .decidedAlready(.withdrawn, by: .verbatim("Inga Karlsson")))
        }
    }

    @Test(arguments: TestEngine.all) func aFactThatChangedMeanwhileIsShownAndNotOverwrittenUnseen(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            let made = try await room.propose(.population, "24013", "2026")
            let before = try await room.view(made.id).view
            #expect(!before.isStale)
            try await room.database.write { transaction in
                try transaction.execute(
                    "UPDATE member_figure SET value = 23999 WHERE member_id = ?",
                    [.text(Room.visby)]
                )
            }
            let unseen = await room.refusal { try await room.decide(made.id, .accept(), seen: before.mark) }
            #expect(unseen as? ProposalRefusal == .factChanged)
            let stale = try await room.view(made.id).view
            #expect(stale.isStale)
            #expect(
                stale.proposal.seen?.words.english == "23,880 (2020)" && stale.current?.words.english == "23,999 (2020)"
            )
            try await room.decide(made.id, .accept())
        }
    }

    @Test(arguments: TestEngine.all) func whatTheRecordsSayOrTheCalendarForbidsIsNotProposed(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            let same = await room.refusal { _ = try await room.propose(.population, "23 880", "2020") }
            #expect((same as? InvalidInput)?.fields.map(\.name) == ["value"])
            let ahead = await room.refusal { _ = try await room.propose(.name, "Visborg", on: "2027-01-01") }
            #expect((ahead as? InvalidInput)?.fields.map(\.name) == ["effective"])
        }
    }

    @Test(
        arguments: [
            (OfficialFact.population, "many", "2026", ["value"]), (.population, "-5", "2026", ["value"]),
            (.population, "0", "2026", ["value"]), (.population, "24013.5", "2026", ["value"]),
            (.population, "24013", "2027", ["detail"]), (.population, "", "", ["value", "detail"]),
            (.employees, "-1", "2026", ["value"]), (.employees, "12.5", "2026", ["value"]),
            (.employees, "12", "", ["detail"]), (.area, "1e400", "", ["value"]), (.area, "nan", "", ["value"]),
            (.name, "123", "", ["value"]),
            (.headOfGovernment, "Eva Lund", "", ["detail"]), (.name, "Vis\u{202e}by", "", ["value"]),
        ]
    ) func aValueThatIsNoneIsRefused(_ fact: OfficialFact, _ value: String, _ detail: String, _ fields: [String]) {
        let refusal = #expect(throws: InvalidInput.self) {
            try FactValue(fact, typed: value, detail: detail, year: 2026)
        }
        #expect(refusal?.fields.map(\.name) == fields)
    }

    @Test(arguments: TestEngine.all) func onlyWhoMayProposesReadsAndDecides(_ engine: Database.Engine) async throws {
        try await Room.with(engine) { room in
            let made = try await room.propose(.population, "24013", "2026")
            let value = try FactValue(.area, typed: "3", detail: "", year: 2026)
            for actor in [room.editor, room.delegate, room.stranger, room.officer, room.auditor] {
                let refusal = await room.refusal {
                    let day = Records.day("2026-01-01")
                    let command = ProposeFact(member: Room.visby, value: value, effectiveOn: day, grounds: "none")
                    _ = try await room.run(command, as: actor)
                }
                #expect(refusal as? AccessRefusal == .notAllowed(.proposeFact), "\(actor.person.name)")
            }
            let mark = try await room.view(made.id).view.mark
            for actor in [room.representative, room.communication, room.auditor] {
                let refusal = await room.refusal {
                    let command = DecideProposal(
                        proposal: made.id,
                        .accept(),
                        seen: mark,
                        charter: room.charter,
                        letters: room.letters
                    )
                    try await room.run(command, as: actor)
                }
                #expect(refusal as? AccessRefusal == .notAllowed(.decideProposal), "\(actor.person.name)")
            }
            let foreign = await room.refusal {
                try await room.run(WithdrawProposal(proposal: made.id), as: room.stranger)
            }
            #expect(foreign as? AccessRefusal == .notAllowed(.proposeFact))
            let peek = await room.refusal {
                _ = try await room.ask(MemberProposals(member: Room.visby), as: room.stranger)
            }
            #expect(peek as? AccessRefusal == .notAllowed(.readPortal))
        }
    }
}
