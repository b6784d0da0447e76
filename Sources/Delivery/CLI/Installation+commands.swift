import Access
import Database
import Foundation
import Languages

extension Actor {
    /// Whoever works at this machine's command line.
    static let atTerminal = operatorNamed("operator")
}

extension Installation {
    func run<C: Command>(_ command: C) async throws -> C.Outcome {
        try await Self.spoken { try await database.run(command, as: .atTerminal, now: Date()) }
    }

    func ask<Q: Question>(_ question: Q) async throws -> Q.Answer {
        try await Self.spoken { try await database.ask(question, as: .atTerminal, now: Date()) }
    }

    /// Has a rule's no end the command with the rule's own words.
    static func spoken<T>(_ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch let refusal as any Refusal {
            throw CommandFailure(refusal.sentence.english)
        } catch let input as InvalidInput {
            let problems = input.fields.map { "  \($0.name): \($0.message.english)" }
            throw CommandFailure("Nothing was changed:\n" + problems.joined(separator: "\n"))
        }
    }
}
