import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Dues

@Suite("Proofs that are asked for over the network")
struct AskProofTests {
    @Test("after too many wrong codes from one network nothing is looked up for an hour", arguments: TestEngine.all)
    func limit(_ engine: Database.Engine) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.issue()
            let code = try await house.ask(InvoiceByID("2024-0001", charter: house.charter)).proof.code
            func ask(_ code: String, from address: String, after seconds: Double = 0) async -> DuesRefusal? {
                let now = DuesHouse.now.addingTimeInterval(seconds)
                let problem = await house.problem {
                    _ = try await house.database.proof(ProofByCode(code), from: address, now: now)
                }
                return problem as? DuesRefusal
            }
            // One customer has a whole network of IPv6.
            for number in 0..<Database.hourlyWrongCodes {
                #expect(await ask(code, from: "2001:db8::1") == nil, "what is right is not counted")
                #expect(await ask("wrong", from: "2001:db8::\(number)") == .noSuchProof)
            }
            #expect(await ask(code, from: "2001:db8::ffff") == .tooManyTries(seconds: 3600))
            #expect(await ask(code, from: "198.51.100.7") == nil)
            #expect(await ask(code, from: "2001:db8::1", after: 3599) == .tooManyTries(seconds: 1))
            #expect(await ask(code, from: "2001:db8::1", after: 3600) == nil)
            #expect(try await house.count("attempt") == 1)
        }
    }
}
