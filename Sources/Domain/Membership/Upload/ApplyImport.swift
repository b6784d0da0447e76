public import Access
public import Database
public import Foundation
import Journal
import Languages

/// Takes an import in hand, so that no second process applies it at the same time.
public struct BeginImport: Command {
    public static let action = Action.importMembers
    let id: String

    public init(import id: String) { self.id = id }

    /// Returns the claim that `ApplyImport` wants. Throws `UploadRefusal`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let upload = try Upload.lock(transaction, id)
        try upload.requireOpen(now: now)
        guard upload.state != .staged else {
            throw UploadRefusal.wrongState(
                say("No dry run was made since the columns were told. Make it, then apply.")
            )
        }
        if try UploadSummary.load(transaction, id).changesNothing { throw UploadRefusal.nothingToApply }
        let claim = Identifier.make(at: now)
        try transaction.execute(
            "UPDATE upload SET state = 'applying', claim = ?, claimed_at = ?, rows_done = 0, failure = NULL WHERE id = ?",
            [.text(claim), .text(InstantText.text(now)), .text(id)]
        )
        return claim
    }
}

/// Says how far the comparing is, as a sign of life; outside the transaction that writes.
struct NoteProgress: Command {
    static let action = Action.importMembers
    let id: String
    let claim: String
    let done: Int

    func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        try transaction.execute(
            "UPDATE upload SET rows_done = ?, claimed_at = ? WHERE id = ? AND claim = ? AND state = 'applying'",
            [.int(done), .text(InstantText.text(now)), .text(id), .text(claim)]
        )
    }
}

/// Gives an import back that could not be applied, with the reason.
struct ReleaseImport: Command {
    static let action = Action.importMembers
    let id: String
    let claim: String
    let failure: Phrase

    func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        try transaction.execute(
            """
            UPDATE upload SET state = 'checked', claim = NULL, claimed_at = NULL, failure = ?
            WHERE id = ? AND claim = ? AND state = 'applying'
            """,
            [.text(failure.stored), .text(id), .text(claim)]
        )
    }
}

/// What an import did.
public struct AppliedImport: Sendable, Equatable {
    public let created: Int
    public let changed: Int
    /// The source that its rows cite.
    public let source: String
}

/// Writes every accepted row, or nothing.
public struct ApplyImport: Command {
    public static let action = Action.importMembers
    let id: String
    let claim: String
    let rules: UploadRules

    public init(import id: String, claim: String, rules: UploadRules) {
        self.id = id
        self.claim = claim
        self.rules = rules
    }

    /// Throws `UploadRefusal.recordsChanged` when the dry run does not hold any more.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> AppliedImport {
        let upload = try Upload.lock(transaction, id)
        guard upload.state == .applying, upload.claim == claim else {
            throw UploadRefusal.wrongState(
                say("Another took this import in hand meanwhile. Look at its page before going on.")
            )
        }
        let source = try UploadSource.newCode(transaction, now)
        var check = try UploadCheck(upload, rules, source: source, now: now, transaction)
        let checked = try check.check(UploadCheck.rows(transaction, of: id), transaction)
        let rows = try Self.accepted(checked, of: id, transaction)
        try UploadSource.write(source, for: upload, now, transaction)
        let steps = rows.flatMap(\.steps)
        try RecordStep.write(steps, transaction)
        try keep(steps, transaction)
        try finish(rows, transaction)
        try Journal.append(transaction, journal(rows, upload, source, actor, now))
        try blankIgnored(upload, transaction)
        try transaction.execute(
            """
            UPDATE upload SET state = 'applied', source = ?, applied_by = ?, applied_at = ?, claim = NULL,
                claimed_at = NULL, rows_done = row_count WHERE id = ?
            """,
            [.text(source), .text(actor.key), .text(InstantText.text(now)), .text(id)]
        )
        let created = rows.count { $0.plan.outcome == .create }
        return AppliedImport(created: created, changed: rows.count - created, source: source)
    }

    /// The rows that a person accepted, if each still is what the dry run said.
    static func accepted(
        _ checked: [UploadCheck.CheckedRow],
        of id: String,
        _ transaction: Transaction
    ) throws -> [UploadCheck.CheckedRow] {
        var told: [Int: RowPlan] = [:]
        try transaction.forEach(
            """
            SELECT line, plan FROM upload_row
            WHERE upload_id = ? AND is_taken = 1 AND outcome IN ('create', 'change')
            """,
            [.text(id)]
        ) { told[try $0.integer(0)] = try StoredJSON.value(RowPlan.self, $0.text(1)) }
        let rows = checked.filter { told[$0.line] != nil }
        let stale = rows.filter { row in !(told[row.line].map { row.plan.stillHolds($0) } ?? false) }
        guard stale.isEmpty else { throw UploadRefusal.recordsChanged(stale) }
        return rows
    }

    private func keep(_ steps: [RecordStep], _ transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO upload_step (upload_id, position, line, member_id, record, before, after)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            each: steps.enumerated().map { position, step in
                [
                    .text(id), .int(position), .int(step.line), .text(step.memberID), .text(step.table.rawValue),
                    .optional(try step.before?.stored()), .optional(try step.after?.stored()),
                ]
            }
        )
    }

    /// Bumps revisions, makes the roll anew, and notes the state in which each member was left.
    private func finish(_ rows: [UploadCheck.CheckedRow], _ transaction: Transaction) throws {
        let ids = rows.compactMap(\.memberID)
        try MemberRevision.bump(
            transaction,
            all: rows.filter { $0.plan.outcome == .change }.compactMap(\.memberID)
        )
        try RollProjection(charter: rules.charter).rebuild(ids, transaction)
        let revisions = try KnownMember.revisions(transaction, Set(ids))
        try transaction.execute(
            "UPDATE upload_row SET member_id = ?, applied_revision = ? WHERE upload_id = ? AND line = ?",
            each: rows.compactMap { row in
                row.memberID.map { [.text($0), .optional(revisions[$0]), .text(id), .int(row.line)] }
            }
        )
        guard rows.count > 5000 else { return }
        // Both engines choose their way by what they know of the tables' sizes.
        for table in ["member", "roll_span", "name_word"] { try transaction.script("ANALYZE \(table)") }
    }

    private func journal(
        _ rows: [UploadCheck.CheckedRow],
        _ upload: Upload,
        _ source: String,
        _ actor: Actor,
        _ now: Date
    ) -> [JournalEntry] {
        let entries = rows.map { row in
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "member.imported",
                subject: .init("member", row.memberID ?? ""),
                reason: say("\(upload.file), line \(plain: row.line)", context: "where a fact is from").recorded,
                before: row.plan.outcome == .create ? nil : row.plan.journalValue(\.old),
                after: row.plan.journalValue { $0.new }
            )
        }
        let created = rows.count { $0.plan.outcome == .create }
        let whole = JournalEntry(
            at: now,
            actor: actor.key,
            action: "import.applied",
            subject: .init("import", id),
            after: [
                "file": .text(upload.file), "sha256": .text(upload.sha256), "source": .text(source),
                "created": .integer(created), "changed": .integer(rows.count - created),
            ]
        )
        return entries + [whole]
    }

    /// Columns that were left out may hold anything, people's addresses too; nobody needs them any more.
    private func blankIgnored(_ upload: Upload, _ transaction: Transaction) throws {
        let fields = upload.mapping.fields
        guard fields.contains(.ignore) else { return }
        let rows = try UploadCheck.rows(transaction, of: id)
        try transaction.execute(
            "UPDATE upload_row SET cells = ? WHERE upload_id = ? AND line = ?",
            each: rows.map { row in
                let kept = row.cells.enumerated().map { place, cell in
                    fields.indices.contains(place) && fields[place] != .ignore ? cell : ""
                }
                return [.text(try StoredJSON.text(kept)), .text(id), .int(row.line)]
            }
        )
    }
}

extension RowPlan {
    /// Whether this, found now, is what was found before.
    fileprivate func stillHolds(_ before: RowPlan) -> Bool {
        outcome == before.outcome && member?.id == before.member?.id && revision == before.revision
            && zip(changes, before.changes).allSatisfy { $0.stillHolds($1) } && changes.count == before.changes.count
    }

    /// One side of the changes for the journal. The head of government is a living person.
    func journalValue(_ side: (Change) -> Phrase?) -> JournalValue {
        var fields: [String: JournalValue] = [:]
        for change in changes {
            let name = change.field.rawValue
            let text = side(change)?.recorded
            fields[name] = change.field == .headOfGovernment ? .personal(name, ifAny: text) : .optional(text)
        }
        return .object(fields)
    }
}

extension RowPlan.Change {
    /// By the words, because what was found by an earlier release may have been kept as plain text.
    fileprivate func stillHolds(_ before: RowPlan.Change) -> Bool {
        field == before.field && old?.english == before.old?.english && new.english == before.new.english
    }
}

extension UploadRefusal {
    fileprivate static func recordsChanged(_ rows: [UploadCheck.CheckedRow]) -> UploadRefusal {
        .recordsChanged(
            rows.prefix(listed).map { row in
                row.plan.member.map { say("line \(plain: row.line) (\($0.name))") }
                    ?? say("line \(plain: row.line)", context: "within a sentence")
            },
            count: rows.count
        )
    }
}

extension MemberRevision {
    /// Notes that these members are changed in this transaction.
    static func bump(_ transaction: Transaction, all memberIDs: [String]) throws {
        try transaction.execute(
            "UPDATE member SET revision = revision + 1 WHERE id = ?",
            each: memberIDs.map { [.text($0)] }
        )
    }
}

/// The file of an import as a source that its rows cite.
enum UploadSource {
    /// A code that no source has: `IMPORT-20261121-1`. See `EntrySource.filePrefix`.
    static func newCode(_ transaction: Transaction, _ now: Date) throws -> String {
        let day = InstantText.text(now).prefix(10).replacing("-", with: "")
        let known = Set(
            try transaction.query(
                "SELECT code FROM source WHERE code LIKE ? UNION SELECT source FROM upload WHERE source LIKE ?",
                [.text("IMPORT-\(day)-%"), .text("IMPORT-\(day)-%")]
            ) { try $0.text(0) }
        )
        var number = 1
        while known.contains("IMPORT-\(day)-\(number)") { number += 1 }
        return "IMPORT-\(day)-\(number)"
    }

    static func write(_ code: String, for upload: Upload, _ now: Date, _ transaction: Transaction) throws {
        try transaction.execute(
            "INSERT INTO source (code, title, published, licence, note, origin) VALUES (?, ?, NULL, NULL, ?, 'entry')",
            [
                .text(code),
                .text(say("Spreadsheet \(upload.file), imported \(InstantText.text(now).prefix(10))").recorded),
                .text(say("SHA-256 of the file: \(upload.sha256). The locator is its line.").recorded),
            ]
        )
    }
}
