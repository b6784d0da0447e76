import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Dues

/// Six invented towns that were asked for USD 1,000 each on 1 February 2024: 2024-0001 is Gdynia's, 2024-0002 Narva's,
/// 2024-0003 Riga's, 2024-0004 Stade's, 2024-0005 Turku's and 2024-0006 Visby's.
enum PaymentHouse {
    static let keys = ["gdynia", "narva", "riga", "stade", "turku", "visby"]
    /// When the invoices are written, and when payments are dealt with.
    static let issued = InstantText.date("2024-02-01T09:00:00.000000Z") ?? .distantPast
    static let now = InstantText.date("2024-03-08T09:00:00.000000Z") ?? .distantPast

    /// - Parameter change: text of the association's charter and what it is changed to.
    static func with(
        _ engine: Database.Engine,
        charter change: [String: String] = [:],
        _ body: (DuesHouse) async throws -> Void
    ) async throws {
        try await DuesHouse.with(engine, keys.map { DuesHouse.Town(key: $0) }, charter: change) { house in
            try await house.issue(at: issued)
            try await body(house)
        }
    }

    static func bytes(_ fixture: String) throws -> [UInt8] {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures").appending(path: fixture)
        return [UInt8](try Data(contentsOf: url))
    }

    static func text(_ fixture: String) throws -> String { String(decoding: try bytes(fixture), as: UTF8.self) }

    /// A fixture as a bank's file, with some of its text changed.
    static func statement(_ fixture: String, _ changes: [(String, String)] = []) throws -> StatementFile {
        var text = try text(fixture)
        for (from, to) in changes {
            #expect(text.contains(from), "the fixture has no \(from)")
            text = text.replacing(from, with: to)
        }
        return try StatementFile(name: fixture, bytes: Array(text.utf8))
    }

    /// A table of one booking: day, payer, text, amount.
    static func table(
        _ lines: [String],
        currency: String = "USD",
        account: String = "ACCOUNT-1"
    ) throws -> StatementFile {
        let mapping = StatementMapping(
            columns: [
                .booked: [.init("Day")], .name: [.init("Payer")], .text: [.init("Text")], .amount: [.init("Amount")],
            ],
            account: account,
            currency: currency
        )
        let text = (["Day,Payer,Text,Amount"] + lines).joined(separator: "\n") + "\n"
        return try StatementFile(name: "table.csv", bytes: Array(text.utf8), mapping: mapping)
    }
}

extension DuesHouse {
    /// Carries out a command in March 2024.
    @discardableResult
    func does<C: Command>(_ command: C, as actor: Actor? = nil) async throws -> C.Outcome {
        try await run(command, as: actor, at: PaymentHouse.now)
    }

    func asks<Q: Question>(_ question: Q) async throws -> Q.Answer { try await ask(question, at: PaymentHouse.now) }

    /// Brings in a bank's file.
    @discardableResult
    func imports(
        _ file: StatementFile,
        isInvented: Bool = false,
        booksMatches: Bool = true
    ) async throws -> ImportBankStatement.Outcome {
        try await does(
            ImportBankStatement(file, isInvented: isInvented, booksMatches: booksMatches, charter: charter)
        )
    }

    func previews(_ file: StatementFile) async throws -> [PreviewStatement.Part] {
        try await asks(PreviewStatement(file, charter: charter))
    }

    @discardableResult
    func matchAnew() async throws -> MatchOutcome { try await does(MatchOpenLines(charter: charter)) }

    /// Says what a line is; returns the payment's id.
    @discardableResult
    func match(_ line: String, as target: MatchTarget) async throws -> String {
        try await does(MatchLine(line, as: target, charter: charter))
    }

    /// What a member's invoice still asks for, in minor units.
    func owed(_ member: String) async throws -> Int {
        let invoice = try await invoice(of: member)
        return try await database.read { try invoice.owed($0).minor }
    }

    /// What a member has to its credit, in minor units.
    func credit(_ member: String, _ currency: String = "USD") async throws -> Int {
        let id = try await id(member)
        return try await database.read { try MemberCredit.left($0, member: id, in: Currency(currency)).minor }
    }

    /// A member's account as `kind amount`, in the order in which it was written, without the invoices.
    func entries(_ member: String) async throws -> [String] {
        let id = try await id(member)
        return try await database.read { transaction in
            try transaction.query(
                """
                SELECT kind, amount_minor, currency FROM account_entry WHERE member_id = ? AND kind <> 'invoice'
                ORDER BY recorded_at, id
                """,
                [.text(id)]
            ) { "\(try $0.text(0)) \(try $0.integer(1)) \(try $0.text(2))" }
        }
    }

    func queue(_ states: [BankLine.State] = [.open]) async throws -> [MatchQueue.Line] {
        try await asks(MatchQueue(states)).lines
    }

    /// Enters a payment of 5 March 2024 in US dollars.
    @discardableResult
    func pay(
        _ member: String,
        _ amount: String,
        currency: String = "USD",
        on day: String = "2024-03-05",
        share: ShareDraft? = nil
    ) async throws -> String {
        let share = share ?? ShareDraft(member: member)
        return try await does(
            EnterPayment(
                PaymentDraft(receivedOn: day, currency: currency, amount: amount, shares: [share]),
                charter: charter
            )
        )
    }
}
