import Access
import Database
import DatabaseTesting
import Foundation
import Journal
import Testing

@testable import Dues

@Suite("What waits of dues, and what was done about them, is told to who may read it")
struct DuesTodayTests {
    @Test(arguments: TestEngine.all)
    func `each role of the console is told of what it may read, and of nothing else`(
        _ engine: Database.Engine
    ) async throws {
        try await PaymentHouse.with(engine) { house in
            let clerk = try await house.somebody("Some clerk", .finance, .association)
            let file = try PaymentHouse.table(["2024-03-05,A stranger,Flowers,12.00"])
            try await house.does(ImportBankStatement(file, charter: house.charter), as: clerk)
            try await house.does(DisputeInvoice("2024-0001", words: "We have left"), as: clerk)
            let flood = ReliefDraft(.remission, fromYear: "2024", words: "A flood")
            try await house.ask(flood, of: "visby", at: PaymentHouse.now)
            let expected: [(role: Role, waiting: Set<String>, done: Set<String>)] = [
                (.communication, [], []),
                (.officer, ["invoice-dispute", "relief-request"], ["invoice"]),
                (.finance, ["bank-line", "invoice-dispute", "relief-request"], ["bank-statement", "invoice"]),
                (.auditor, ["bank-line", "invoice-dispute", "relief-request"], ["bank-statement", "invoice"]),
            ]
            let question = Today(
                .everyone,
                sources: DuesParts.waiting,
                subjects: DuesParts.subject,
                reads: DuesParts.subjectReads
            )
            for (role, waiting, done) in expected {
                let actor = try await house.somebody("Some \(role.rawValue)", role, .association)
                let told = try await house.ask(question, as: actor, at: PaymentHouse.now)
                #expect(Set(told.waiting.map(\.kind)) == waiting, "\(role.rawValue)")
                #expect(told.everyoneCount == waiting.count, "\(role.rawValue)")
                #expect(Set(told.week.latest.map(\.entry.subject.kind)) == done, "\(role.rawValue)")
                #expect(told.week.count == told.week.latest.count, "\(role.rawValue)")
            }
        }
    }

    @Test func `every kind of subject that the capability has words for has a right`() {
        let waiting = Set(DuesParts.waiting.map(\.kind)).subtracting(["invoice-dispute"])
        #expect(waiting.isSubset(of: DuesParts.subjectReads.keys))
        #expect(DuesParts.waiting.map(\.reads) == [.readDues, .readPayments, .readDues, .readDues])
    }
}
