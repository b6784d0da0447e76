import Access
import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Dues

/// One way to call a service of payments.
private struct PaymentSample: Sendable {
    let service: String
    let action: Action
    let call: @Sendable (DuesHouse, Actor) async throws -> Void

    static func command<C: Command>(_ command: C) -> PaymentSample {
        PaymentSample(service: "\(C.self)", action: C.action) { house, actor in
            _ = try await house.does(command, as: actor)
        }
    }

    static func question<Q: Question>(_ question: Q) -> PaymentSample {
        PaymentSample(service: "\(Q.self)", action: Q.action) { house, actor in
            _ = try await house.ask(question, as: actor, at: PaymentHouse.now)
        }
    }
}

@Suite("Services on payments ask for their rights")
struct PaymentRightsTests {
    @Test func `administrators and finance officers record payments, auditors read them`() {
        let record = Role.allCases.filter { Rights.reach($0, .recordPayments) != .none }
        let read = Role.allCases.filter { Rights.reach($0, .readPayments) != .none }
        #expect(record == [.administrator, .finance])
        #expect(read == [.administrator, .finance, .auditor])
    }

    @Test(arguments: TestEngine.all)
    func `every role does what the table of rights says`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            let samples = try Self.samples()
            #expect(Set(samples.map(\.service)) == Set(PaymentCatalogue.all.map(\.name)))
            let visby = try await house.id("visby")
            for role in Role.allCases {
                let seat: Place =
                    switch role.seat {
                    case .association: .association
                    case .body: .body("executive-committee")
                    case .member: .member(visby)
                    }
                let actor = try await house.somebody("Some \(role.rawValue)", role, seat)
                for sample in samples {
                    let isAllowed = Rights.allow(role, at: seat, sample.action, at: .association)
                    let problem = await house.problem { try await sample.call(house, actor) }
                    #expect((problem is AccessRefusal) == !isAllowed, "\(sample.service) as \(role.rawValue)")
                }
            }
            for table in ["payment", "bank_line", "statement_mapping", "exchange_rate"] {
                #expect(try await house.count(table) == 0, "\(table)")
            }
        }
    }

    /// Each command is refused for another reason once the right was asked for, or does nothing.
    private static func samples() throws -> [PaymentSample] {
        // All of it is left out by the import, because an amount of zero is no booking.
        let file = try PaymentHouse.table(["2024-03-05,Nobody,nothing,0.00"])
        let charter = try DuesHouse.charter()
        let mapping = StatementMapping(columns: [:], account: "", currency: "")
        let refund = RefundPayment(member: "none", currency: "USD", amount: "1", paidOn: "2024-03-05", grounds: "Why")
        return [
            .command(EnterPayment(PaymentDraft(), charter: charter)), .command(ForgetStatementMapping("none")),
            .command(IgnoreLine("none", grounds: "Why")), .command(ImportBankStatement(file, charter: charter)),
            .command(MatchLine("none", as: .suggestion(1), charter: charter)),
            .command(MatchOpenLines(charter: charter)), .command(refund),
            .command(SaveStatementMapping("none", mapping)),
            .command(SetExchangeRate(from: "", to: "", day: "", rate: "", source: "")),
            .command(SplitPayment("none", shares: [], grounds: "Why", charter: charter)),
            .command(UndoPayment("none", grounds: "Why")),
            .command(UndoStatement("none", grounds: "Why")), .command(UseCredit(invoice: "none")),
            .question(ExchangeRateList()), .question(LineByID("none")), .question(MatchQueue()),
            .question(PaymentByID("none")), .question(PaymentList()),
            .question(PreviewStatement(file, charter: charter)), .question(StatementByID("none")),
            .question(StatementList()),
            .question(StatementMappingByName("none")), .question(StatementMappings()),
        ]
    }
}
