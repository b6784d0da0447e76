public import Access
public import Database
public import Foundation

/// What a person decided about single rows of a dry run: which are accepted, and which member each means.
///
/// Throws `UploadRefusal.noSuchRow` and, for a member that the row cannot mean, `.noSuchCandidate`.
public struct DecideRows: Command {
    public static let action = Action.importMembers
    let id: String
    let taken: [Int: Bool]
    let choices: [Int: UploadChoice]
    let rules: UploadRules

    /// - Parameters:
    ///   - taken: by line, whether the row is accepted.
    ///   - choices: by line.
    public init(import id: String, taken: [Int: Bool] = [:], choices: [Int: UploadChoice] = [:], rules: UploadRules) {
        self.id = id
        self.taken = taken
        self.choices = choices
        self.rules = rules
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> UploadSummary {
        let upload = try Upload.lock(transaction, id)
        try upload.requireOpen(now: now)
        for (line, isTaken) in taken {
            let found = try transaction.execute(
                "UPDATE upload_row SET is_taken = ? WHERE upload_id = ? AND line = ?",
                [.flag(isTaken), .text(id), .int(line)]
            )
            if found == 0 { throw UploadRefusal.noSuchRow(line) }
        }
        for (line, choice) in choices { try choose(line, choice, transaction) }
        // A decision on one row may put another in order: of two for one member, one was left out.
        try DryRun.run(upload, rules, now, transaction)
        return try UploadSummary.load(transaction, id)
    }

    private func choose(_ line: Int, _ choice: UploadChoice, _ transaction: Transaction) throws {
        let stored = try transaction.first(
            "SELECT plan FROM upload_row WHERE upload_id = ? AND line = ?",
            [.text(id), .int(line)]
        ) { $0.optionalText(0) }
        guard let stored else { throw UploadRefusal.noSuchRow(line) }
        if case .member(let member) = choice {
            let plan = try stored.map { try StoredJSON.value(RowPlan.self, $0) }
            guard plan?.candidates.contains(where: { $0.id == member }) == true else {
                throw UploadRefusal.noSuchCandidate
            }
        }
        try transaction.execute(
            "UPDATE upload_row SET chosen = ? WHERE upload_id = ? AND line = ?",
            [.optional(choice.stored), .text(id), .int(line)]
        )
    }
}

/// What a person decided about all rows of one outcome.
public struct DecideOutcome: Command {
    public enum Decision: Sendable, Equatable {
        case take, leaveOut
        /// Those that can mean several members are all new ones.
        case takeAsNew
    }

    public static let action = Action.importMembers
    let id: String
    let outcome: RowPlan.Outcome
    let decision: Decision
    let rules: UploadRules

    public init(import id: String, outcome: RowPlan.Outcome, _ decision: Decision, rules: UploadRules) {
        self.id = id
        self.outcome = outcome
        self.decision = decision
        self.rules = rules
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> UploadSummary {
        let upload = try Upload.lock(transaction, id)
        try upload.requireOpen(now: now)
        let (column, value): (String, Value) =
            switch decision {
            case .take: ("is_taken", .flag(true))
            case .leaveOut: ("is_taken", .flag(false))
            case .takeAsNew: ("chosen", .text(UploadChoice.new))
            }
        if decision == .takeAsNew, outcome != .ambiguous { throw UploadRefusal.noSuchCandidate }
        try transaction.execute(
            "UPDATE upload_row SET \(column) = ? WHERE upload_id = ? AND outcome = ?",
            [value, .text(id), .text(outcome.rawValue)]
        )
        try DryRun.run(upload, rules, now, transaction)
        return try UploadSummary.load(transaction, id)
    }
}
