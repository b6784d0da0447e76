import Database
public import Foundation
public import Languages

/// An import of a spreadsheet, from the file to its undoing.
public struct Upload: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// The file is read; its columns may still be told.
        case staged
        /// The dry run was made; rows are accepted, left out, chosen.
        case checked
        /// It is being written, or a process ended while it was; nothing of it is in the records yet.
        case applying
        case applied
        case undone
    }

    public let id: String
    /// The file's name, as it was sent.
    public let file: String
    /// Of the file's bytes, as 64 hexadecimal digits.
    public let sha256: String
    public let sizeBytes: Int
    /// How the file was read: "CSV, UTF-8, parted by semicolons".
    public let reading: Phrase
    public let header: [String]
    public let mapping: UploadMapping
    public let rowCount: Int
    public let state: State
    /// As the journal names them.
    public let stagedBy: String
    public let stagedAt: String
    public let checkedAt: String?
    /// Who has it in hand while it is applied; with the time of the last sign of life.
    let claim: String?
    public let claimedAt: String?
    /// How many rows are compared with the records, while it is applied.
    public let rowsDone: Int
    /// Why the last attempt to apply it wrote nothing.
    public let failure: Phrase?
    /// The code of the source that its rows cite, once applied.
    public let source: String?
    public let appliedBy: String?
    public let appliedAt: String?
    public let undoneBy: String?
    public let undoneAt: String?
    /// When its cells, and what undoing needs, were removed by the charter's rule on retention.
    public let emptiedAt: String?
    let headerKey: String

    static let columns = """
        id, file, sha256, size_bytes, reading, header, header_key, mapping, row_count, state, staged_by, staged_at,
        checked_at, claim, claimed_at, rows_done, failure, source, applied_by, applied_at, undone_by, undone_at,
        emptied_at
        """

    init(row: Row) throws {
        guard let state = State(rawValue: try row.text(9)) else {
            throw DatabaseError.decoding(column: 9, expected: "the state of an import")
        }
        self.state = state
        id = try row.text(0)
        file = try row.text(1)
        sha256 = try row.text(2)
        sizeBytes = try row.integer(3)
        reading = Phrase(stored: try row.text(4))
        header = try StoredJSON.value([String].self, row.text(5))
        headerKey = try row.text(6)
        mapping = try StoredJSON.value(UploadMapping.self, row.text(7))
        rowCount = try row.integer(8)
        stagedBy = try row.text(10)
        stagedAt = try row.text(11)
        checkedAt = row.optionalText(12)
        claim = row.optionalText(13)
        claimedAt = row.optionalText(14)
        rowsDone = try row.integer(15)
        failure = row.optionalText(16).map { Phrase(stored: $0) }
        source = row.optionalText(17)
        appliedBy = row.optionalText(18)
        appliedAt = row.optionalText(19)
        undoneBy = row.optionalText(20)
        undoneAt = row.optionalText(21)
        emptiedAt = row.optionalText(22)
    }

    /// Throws `UploadRefusal.noSuchImport`.
    static func find(_ transaction: Transaction, _ id: String) throws -> Upload {
        let found = try transaction.first("SELECT \(columns) FROM upload WHERE id = ?", [.text(id)]) {
            try Upload(row: $0)
        }
        guard let found else { throw UploadRefusal.noSuchImport }
        return found
    }

    /// The same, locked until the transaction ends, so that two who act on one import come one after the other.
    static func lock(_ transaction: Transaction, _ id: String) throws -> Upload {
        try transaction.execute("UPDATE upload SET id = id WHERE id = ?", [.text(id)])
        return try find(transaction, id)
    }

    /// How long a process that applies may give no sign of life before another may take over.
    static let claimSeconds: TimeInterval = 120

    /// Whether a process has it in hand at this moment.
    public func isUnderWay(now: Date) -> Bool {
        guard state == .applying, let claimedAt else { return false }
        return claimedAt > InstantText.text(now.addingTimeInterval(-Self.claimSeconds))
    }

    /// Throws unless its columns and rows may still be changed.
    func requireOpen(now: Date) throws(UploadRefusal) {
        switch state {
        case .staged, .checked: return
        case .applying where isUnderWay(now: now): throw .underWay
        case .applying: return
        case .applied:
            throw .wrongState(
                say("This import was applied already. Undo it, or stage the file again to import it anew.")
            )
        case .undone:
            throw .wrongState(say("This import was undone. Stage the file again to import it anew."))
        }
    }
}
