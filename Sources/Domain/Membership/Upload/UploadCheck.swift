import Charter
import Database
import Foundation
import Languages

/// Compares the rows of an import with the records: what each would do, and the steps that it takes. Writes nothing.
struct UploadCheck: Sendable {
    /// A row as it is staged, with what a person decided about it.
    struct StagedRow: Sendable {
        let line: Int
        let cells: [String]
        let isTaken: Bool
        let chosen: String?
    }

    struct CheckedRow: Sendable {
        let line: Int
        let isTaken: Bool
        let plan: RowPlan
        let steps: [RecordStep]
        /// The member that the steps are about; of a new one the id that it gets.
        let memberID: String?
    }

    let upload: Upload
    let words: UploadVocabulary
    let today: String
    /// The code of the source that new rows cite.
    let source: String
    private let index: NameIndex
    private var firstLines: [String: Int] = [:]
    private var newKeys: Set<String> = []

    init(_ upload: Upload, _ rules: UploadRules, source: String, now: Date, _ transaction: Transaction) throws {
        self.upload = upload
        self.source = source
        words = UploadVocabulary(rules, printed: try CountryWords.printed(transaction))
        today = String(InstantText.text(now).prefix(10))
        index = try NameIndex(transaction)
    }

    static func rows(_ transaction: Transaction, of id: String) throws -> [StagedRow] {
        try transaction.query(
            "SELECT line, cells, is_taken, chosen FROM upload_row WHERE upload_id = ? ORDER BY line",
            [.text(id)]
        ) {
            StagedRow(
                line: try $0.integer(0),
                cells: try StoredJSON.value([String].self, $0.text(1)),
                isTaken: try $0.flag(2),
                chosen: $0.optionalText(3)
            )
        }
    }

    /// The next rows, in the order of the file: which rows mean one member is told from those before.
    mutating func check(_ rows: some Collection<StagedRow>, _ transaction: Transaction) throws -> [CheckedRow] {
        let facts = rows.map { RowFacts($0.cells, header: upload.header, mapping: upload.mapping, words) }
        let matches = zip(rows, facts).map { RowMatch.find($1, chosen: $0.chosen, index) }
        let ids = matches.compactMap { match -> String? in
            if case .member(let id, _, _, _) = match { id } else { nil }
        }
        let known = try KnownMember.load(transaction, ids: ids)
        var checked: [CheckedRow] = []
        for ((row, facts), match) in zip(zip(rows, facts), matches) {
            checked.append(check(row, facts, match, known))
        }
        return checked
    }

    private mutating func check(
        _ row: StagedRow,
        _ facts: RowFacts,
        _ match: RowMatch,
        _ known: [String: KnownMember]
    ) -> CheckedRow {
        var plan = RowPlan(outcome: .refused)
        plan.problems = facts.problems
        // So that a person can choose another one.
        if row.chosen != nil, case .several(let candidates, _) = RowMatch.find(facts, chosen: nil, index) {
            plan.candidates = candidates
        }
        switch match {
        case .unnamed:
            if plan.problems.isEmpty {
                let message =
                    facts.key.map { say("no member has the key \"\($0)\", and the name is missing") }
                    ?? say("the name is missing")
                plan.problems.append(.init(column: facts.places[.name], message: message))
            }
            return CheckedRow(line: row.line, isTaken: row.isTaken, plan: plan, steps: [], memberID: nil)
        case .several(let candidates, let note):
            plan.outcome = plan.problems.isEmpty ? .ambiguous : .refused
            plan.candidates = candidates
            plan.notes = [note]
            return CheckedRow(line: row.line, isTaken: row.isTaken, plan: plan, steps: [], memberID: nil)
        case .member(let id, let because, let sureness, let notes):
            guard let member = known[id] else { break }
            plan.member = member.candidate(because)
            plan.sureness = sureness
            plan.notes = notes
            plan.revision = member.revision
            return change(row, facts, member, plan)
        case .nobody: break
        }
        return create(row, facts, plan)
    }

    private mutating func change(
        _ row: StagedRow,
        _ facts: RowFacts,
        _ member: KnownMember,
        _ plan: RowPlan
    ) -> CheckedRow {
        var plan = plan
        if let step = member.step(on: today), let status = step.text("status"), !words.isOnRoll(status, on: today) {
            plan.notes.append(say("A former member: \(words.statusName(status)) since \(step.bounds.text)."))
        }
        if row.isTaken, let first = firstLines.updateValue(row.line, forKey: member.id) {
            firstLines[member.id] = first
            plan.problems.append(Self.isThereAlready(first))
        }
        var draft = draft(row, facts, member, id: member.id)
        draft.compare(with: member, wasChosen: row.chosen != nil)
        plan.changes = draft.changes
        plan.notes += draft.notes
        plan.problems += draft.problems
        plan.outcome = !plan.problems.isEmpty ? .refused : plan.changes.isEmpty ? .same : .change
        let steps = plan.outcome == .change ? draft.steps : []
        return CheckedRow(line: row.line, isTaken: row.isTaken, plan: plan, steps: steps, memberID: member.id)
    }

    private mutating func create(_ row: StagedRow, _ facts: RowFacts, _ plan: RowPlan) -> CheckedRow {
        var plan = plan
        let name = facts.name ?? ""
        let same = "\(NameIndex.fold(name))\u{1f}\(facts.country ?? "")"
        if row.isTaken, !name.isEmpty, let first = firstLines.updateValue(row.line, forKey: same) {
            firstLines[same] = first
            plan.problems.append(Self.isThereAlready(first))
        }
        let (index, newKeys) = (index, newKeys)
        func isTaken(_ key: String) -> Bool {
            key == MemberKey.reserved || index.idsByKey[key] != nil || index.merged[key] != nil || newKeys.contains(key)
        }
        if let key = facts.key, isTaken(key) {
            plan.problems.append(
                .init(column: facts.places[.key], message: say("the key \"\(key)\" is another member's"))
            )
        }
        let key = facts.key ?? MemberKey.make(name: name, country: facts.country, isTaken: isTaken)
        let id = Identifier.make()
        var draft = draft(row, facts, nil, id: id)
        draft.create(key: key)
        plan.changes = draft.changes
        plan.notes += draft.notes
        // Of a cell that was refused already it is not said that it is missing.
        let told = Set(plan.problems.compactMap(\.column))
        plan.problems += draft.problems.filter { problem in !(problem.column.map(told.contains) ?? false) }
        plan.outcome = plan.problems.isEmpty ? .create : .refused
        if plan.outcome == .create, row.isTaken { self.newKeys.insert(key) }
        let steps = plan.outcome == .create ? draft.steps : []
        return CheckedRow(line: row.line, isTaken: row.isTaken, plan: plan, steps: steps, memberID: id)
    }

    private static func isThereAlready(_ line: Int) -> RowPlan.Problem {
        .init(
            column: nil,
            message: say("this member is in the file already, on line \(plain: line); leave one of the two out")
        )
    }

    private func draft(_ row: StagedRow, _ facts: RowFacts, _ known: KnownMember?, id: String) -> RowDraft {
        RowDraft(
            facts,
            of: known,
            memberID: id,
            citing: .init(source: source, line: row.line, file: upload.file),
            today: today,
            words
        )
    }
}
