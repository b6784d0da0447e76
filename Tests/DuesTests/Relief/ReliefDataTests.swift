import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Foundation
import Identity
import Testing

@testable import Dues

/// What requests for relief and disputes hold on people, and how it goes.
@Suite("What a member asks of its dues, and the people behind it")
struct ReliefDataTests {
    private static let flood = ReliefDraft(.remission, fromYear: "2024", words: "A flood")

    @Test("somebody's own data names what they asked, and leaves out a letter's words", arguments: TestEngine.all)
    func personalData(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            let inga = try await house.representative(of: "town-0001", "Inga Karlsson")
            let officer = try await house.somebody("Oh Ji-woo", .officer, .association, language: "ko")
            try await house.issue()
            try await house.ask(Self.flood, as: inga)
            var letter = Self.flood
            (letter.signedBy, letter.letterDay) = ("The mayor", "2024-03-01")
            try await house.run(AskRelief("town-0002", letter, services: house.services), as: officer)
            let number = try await house.invoice(of: "town-0001").number
            try await house.run(DisputeInvoice(number, words: "We have left"), as: inga)
            #expect(try await told("relief-requests", inga, house) == ["A flood"])
            #expect(try await told("relief-requests", officer, house) == ["-"])
            #expect(try await told("invoice-disputes", inga, house) == ["We have left"])
        }
    }

    /// The words that somebody's own data has of each row, in the order of the alphabet.
    private func told(_ name: String, _ actor: Actor, _ house: DuesHouse) async throws -> [String] {
        let source = try #require(DuesPersonalData.all.first { $0.name == name })
        let value = try await house.database.read { try source.collect($0, actor.person) }
        guard case .list(let rows) = value else { return [] }
        return rows.map { row in
            guard case .object(let fields) = row, case .text(let words) = fields["words"] else { return "-" }
            return words
        }
        .sorted()
    }

    @Test("with somebody's data go their name and their words; what they asked stays", arguments: TestEngine.all)
    func erased(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            let inga = try await house.representative(of: "town-0001", "Inga Karlsson")
            let nils = try await house.representative(of: "town-0002", "Nils Berg")
            try await house.issue()
            let storm = ReliefDraft(.remission, fromYear: "2024", words: "A storm")
            let others = try await house.ask(storm, of: "town-0002", as: nils)
            let own = try await house.ask(ReliefDraft(.remission, fromYear: "2024", words: "Quicksand"), as: inga)
            let circular = try await house.put(own)
            var letter = ReliefDraft(.reduction, fromYear: "2026", percent: "10", words: "More quicksand")
            (letter.signedBy, letter.letterDay) = ("Inga Karlsson", "2024-03-01")
            let signed = try await house.run(AskRelief("town-0001", letter, services: house.services)).id
            letter.words = "A drought"
            let namesake = try await house.run(AskRelief("town-0002", letter, services: house.services)).id
            try await house.run(DisputeInvoice("2024-0001", words: "Only quicksand"), as: inga)
            try await house.run(DisputeInvoice("2024-0002", words: "We have left"), as: nils)
            #expect(try await told("relief-requests", inga, house) == ["More quicksand", "Quicksand"])
            let places = [
                "relief_request WHERE words", "invoice_dispute WHERE words", "circular_item WHERE evidence",
                "journal_personal WHERE value",
            ]
            func count(_ words: String) async throws -> [Int] {
                var counts: [Int] = []
                for place in places { counts.append(try await house.count("\(place) LIKE '%\(words)%'")) }
                return counts
            }
            #expect(try await count("uicksand") == [2, 1, 1, 3])
            try await house.database.write { transaction in
                for source in DuesPersonalData.all { try source.erase(transaction, inga.person, DuesHouse.now) }
            }
            #expect(try await count("uicksand") == [0, 0, 0, 0])
            #expect(try await count("We have left") == [0, 1, 0, 1])
            #expect(try await count("Owed of ") == [0, 0, 1, 0], "what else the body had before it")
            let (letters, theirs) = (try await house.relief(signed), try await house.relief(namesake))
            #expect(letters.byName.isEmpty && letters.letterDay == Day("2024-03-01"))
            #expect(theirs.byName == "Inga Karlsson" && theirs.words == "A drought")
            #expect(try await house.relief(others).words == "A storm")
            try await house.meet(circular, .adopted)
            #expect(try await house.relief(own).state == .adopted)
        }
    }
}
