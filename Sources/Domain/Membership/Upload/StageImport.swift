public import Access
public import Database
import Dispatch
public import Foundation
import Journal
import Languages

/// Reads a spreadsheet and keeps its cells apart, to be mapped and compared. Nothing touches the records.
public struct StageImport: Command {
    public static let action = Action.importMembers
    let file: UploadFile

    /// The largest file that is read.
    public static let largestBytes = UploadFile.largestBytes

    /// Reads the bytes: CSV in UTF-8, UTF-16 or Windows-1252 parted by commas, semicolons or tabs; or an .xlsx
    /// workbook.
    ///
    /// - Parameter sheet: the workbook's sheet to read; the first that has cells when `nil` or empty.
    /// - Throws: `UploadRefusal.unreadable` or `.tooLarge`.
    public init(file name: String, bytes: [UInt8], sheet: String? = nil) throws(UploadRefusal) {
        file = try UploadFile(name: name, bytes: bytes, sheet: sheet)
    }

    /// The same on a thread of its own, one file at a time: unpacking and reading ten megabytes would hold up others.
    public static func reading(
        file name: String,
        bytes: [UInt8],
        sheet: String? = nil
    ) async throws(UploadRefusal) -> StageImport {
        let read = await withCheckedContinuation { (continuation: CheckedContinuation<Read, Never>) in
            readers.async {
                continuation.resume(
                    returning: Read { () throws(UploadRefusal) in
                        try StageImport(file: name, bytes: bytes, sheet: sheet)
                    }
                )
            }
        }
        return try read.get()
    }

    private typealias Read = Result<StageImport, UploadRefusal>
    private static let readers = DispatchQueue(label: "hansa.imports.read")

    public struct Outcome: Sendable, Equatable {
        public let id: String
        /// When the same file was applied before and not undone since.
        public let appliedBeforeAt: String?
        /// Whether the mapping is the one that was used last for these headings, rather than a suggestion.
        public let isMappingRemembered: Bool
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        let id = Identifier.make(at: now)
        let headerKey = UploadFile.headerKey(file.header)
        let remembered = try UploadMapping.remembered(
            transaction,
            headerKey: headerKey,
            columns: file.header.count
        )
        let mapping = remembered ?? UploadMapping(suggestedBy: file.header)
        let before = try transaction.first(
            "SELECT MAX(applied_at) FROM upload WHERE sha256 = ? AND state = 'applied'",
            [.text(file.sha256)]
        ) { $0.optionalText(0) }
        try transaction.execute(
            """
            INSERT INTO upload (id, file, sha256, size_bytes, reading, header, header_key, mapping, row_count, state,
                staged_by, staged_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'staged', ?, ?)
            """,
            [
                .text(id), .text(file.name), .text(file.sha256), .int(file.size), .text(file.reading.stored),
                .text(try StoredJSON.text(file.header)), .text(headerKey), .text(try StoredJSON.text(mapping)),
                .int(file.lines.count), .text(actor.key), .text(InstantText.text(now)),
            ]
        )
        try transaction.execute(
            "INSERT INTO upload_row (upload_id, line, cells) VALUES (?, ?, ?)",
            each: file.lines.map { [.text(id), .int($0.number), .text(try StoredJSON.text($0.cells))] }
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "import.staged",
                subject: .init("import", id),
                after: ["file": .text(file.name), "sha256": .text(file.sha256), "rows": .integer(file.lines.count)]
            )
        )
        return Outcome(id: id, appliedBeforeAt: before ?? nil, isMappingRemembered: remembered != nil)
    }
}

/// Tells which field each column holds, and remembers it for the next file with the same headings.
public struct MapColumns: Command {
    public static let action = Action.importMembers
    let id: String
    let mapping: UploadMapping

    public init(import id: String, mapping: UploadMapping) {
        self.id = id
        self.mapping = mapping
    }

    /// Throws `InvalidInput` for a mapping that cannot be, `UploadRefusal` when the import is past that.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let upload = try Upload.lock(transaction, id)
        try upload.requireOpen(now: now)
        try mapping.check(header: upload.header)
        let instant = InstantText.text(now)
        try transaction.execute(
            "UPDATE upload SET mapping = ?, state = 'staged', checked_at = NULL, claim = NULL, failure = NULL WHERE id = ?",
            [.text(try StoredJSON.text(mapping)), .text(id)]
        )
        try transaction.execute(
            "UPDATE upload_row SET outcome = NULL, plan = NULL, member_id = NULL WHERE upload_id = ?",
            [.text(id)]
        )
        try mapping.remember(transaction, headerKey: upload.headerKey, at: instant, by: actor.key)
    }
}

/// Forgets a file that was staged and never applied.
public struct DropImport: Command {
    public static let action = Action.importMembers
    let id: String

    public init(import id: String) { self.id = id }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let upload = try Upload.lock(transaction, id)
        try upload.requireOpen(now: now)
        try transaction.execute("DELETE FROM upload_row WHERE upload_id = ?", [.text(id)])
        try transaction.execute("DELETE FROM upload WHERE id = ?", [.text(id)])
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "import.dropped",
                subject: .init("import", id),
                before: ["file": .text(upload.file)]
            )
        )
    }
}
