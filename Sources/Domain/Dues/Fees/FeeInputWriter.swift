import Charter
import Database
import Foundation
import Journal

/// Writes checked inputs, each with its entry of the journal.
struct FeeInputWriter {
    enum Deed {
        case entered(id: String)
        /// The input that said something else of the same time stays, marked.
        case corrected(id: String)
        /// The very same is on record.
        case known
    }

    let transaction: Transaction
    let actor: String
    let now: Date

    func write(_ input: CheckedFeeInput) throws -> Deed {
        let before = try inForce(input)
        if let before, before.says(input) { return .known }
        let id = Identifier.make(at: now)
        try transaction.execute(Self.insertion, values(id, input))
        if before != nil { try mark(input, replacedBy: id) }
        try tell(id, before)
        return before == nil ? .entered(id: id) : .corrected(id: id)
    }

    /// Writes inputs of members about which nothing is on record, in a few round trips.
    func writeNew(_ inputs: [CheckedFeeInput]) throws {
        let new = inputs.map { (id: Identifier.make(at: now), input: $0) }
        try transaction.execute(Self.insertion, each: new.map { values($0.id, $0.input) })
        try Journal.append(transaction, new.map { entry(FeeInput($0.id, $0.input, at: now), nil) })
    }

    private static let insertion = """
        INSERT INTO fee_input (id, member_id, country, measure, value, kind_key, as_of, known_to, source, locator,
            note, invented, entered_by, entered_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    private func values(_ id: String, _ input: CheckedFeeInput) -> [Value] {
        var (member, country) = (Value.null, Value.null)
        switch input.subject {
        case .member(let id): member = .text(id)
        case .country(let code): country = .text(code)
        }
        var (value, kind) = (Value.null, Value.null)
        switch input.content {
        case .figure(let figure): value = .real(figure)
        case .kind(let key): kind = .text(key)
        }
        return [
            .text(id), member, country, .text(input.measure), value, kind, .text(input.asOf.day.description),
            .text(input.asOf.precision.rawValue), .text(input.source), .optional(input.locator),
            .optional(input.note), .flag(input.isInvented), .text(actor), .text(InstantText.text(now)),
        ]
    }

    private static let same = "i.measure = ? AND i.as_of = ? AND i.known_to = ? AND \(FeeInput.inForce)"

    private func place(of input: CheckedFeeInput) -> (column: String, values: [Value]) {
        let (column, key) =
            switch input.subject {
            case .member(let id): ("member_id", id)
            case .country(let code): ("country", code)
            }
        let asOf = input.asOf
        return (column, [key, input.measure, asOf.day.description, asOf.precision.rawValue].map(Value.text))
    }

    /// What is said so far of the same measure and time.
    private func inForce(_ input: CheckedFeeInput) throws -> FeeInput? {
        let (column, values) = place(of: input)
        return try transaction.first(
            """
            SELECT \(FeeInput.columns) \(FeeInput.from) WHERE i.\(column) = ? AND \(Self.same) ORDER BY i.id DESC
            """,
            values
        ) { try FeeInput(row: $0) }
    }

    // More than one where two records were merged that both had it.
    private func mark(_ input: CheckedFeeInput, replacedBy id: String) throws {
        let (column, values) = place(of: input)
        try transaction.execute(
            """
            UPDATE fee_input SET replaced_by = ? WHERE id IN
                (SELECT i.id FROM fee_input i WHERE i.\(column) = ? AND \(Self.same) AND i.id <> ?)
            """,
            [.text(id)] + values + [.text(id)]
        )
    }

    private func tell(_ id: String, _ before: FeeInput?) throws {
        guard let after = try FeeInput.find(transaction, id: id) else { return }
        try Journal.append(transaction, entry(after, before))
    }

    private func entry(_ after: FeeInput, _ before: FeeInput?) -> JournalEntry {
        JournalEntry(
            at: now,
            actor: actor,
            action: before == nil ? "fee-input.entered" : "fee-input.corrected",
            subject: after.journalSubject,
            reason: [after.source, after.locator].compactMap(\.self).joined(separator: ", "),
            before: before?.journal,
            after: after.journal
        )
    }
}

extension FeeInput {
    /// As it is once it is written; the journal needs no more of the member than its id.
    fileprivate init(_ id: String, _ input: CheckedFeeInput, at now: Date) {
        let subject: Subject =
            switch input.subject {
            case .member(let member): .member(id: member, key: "", name: "")
            case .country(let code): .country(code)
            }
        self.init(
            id: id,
            subject: subject,
            measure: input.measure,
            content: input.content,
            asOf: input.asOf.day,
            precision: input.asOf.precision,
            source: input.source,
            locator: input.locator,
            note: input.note,
            isInvented: input.isInvented,
            enteredAt: InstantText.text(now),
            state: .inForce
        )
    }

    fileprivate func says(_ input: CheckedFeeInput) -> Bool {
        content == input.content && source == input.source && locator == input.locator && note == input.note
            && isInvented == input.isInvented
    }
}
