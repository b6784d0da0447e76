public import Access
public import Database
public import Foundation
import Identity
public import Languages

/// One page of the imports, the latest first.
public struct UploadList: Question {
    public static let action = Action.importMembers
    let page: Int
    let size: Int

    /// - Parameter page: from 1.
    public init(page: Int = 1, size: Int = 50) {
        self.page = max(1, page)
        self.size = min(max(1, size), 200)
    }

    public struct Line: Sendable, Equatable {
        public let upload: Upload
        /// Who staged it, by name.
        public let by: Phrase
        public let summary: UploadSummary
    }

    public struct Page: Sendable, Equatable {
        public let lines: [Line]
        public let total: Int
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Page {
        let uploads = try transaction.query(
            "SELECT \(Upload.columns) FROM upload ORDER BY staged_at DESC, id DESC LIMIT ? OFFSET ?",
            [.int(size), .int((page - 1) * size)]
        ) { try Upload(row: $0) }
        let total = try transaction.first("SELECT COUNT(*) FROM upload") { try $0.integer(0) } ?? 0
        let lines = try uploads.map { upload in
            Line(
                upload: upload,
                by: try ActorName.find(transaction, upload.stagedBy),
                summary: try UploadSummary.load(transaction, upload.id)
            )
        }
        return Page(lines: lines, total: total)
    }
}

/// One import with what is known about it.
public struct UploadDetail: Question {
    public static let action = Action.importMembers
    let id: String

    public init(import id: String) { self.id = id }

    public struct Answer: Sendable, Equatable {
        public let upload: Upload
        public let summary: UploadSummary
        public let stagedBy: Phrase
        public let appliedBy: Phrase?
        public let undoneBy: Phrase?
        /// The first rows, for telling which column is what.
        public let preview: [[String]]
        /// When the same file was applied before and not undone since.
        public let appliedBeforeAt: String?
        /// Rows that undoing left as they were, because they changed since.
        public let leftLines: [Int]
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let upload = try Upload.find(transaction, id)
        let before = try transaction.first(
            "SELECT MAX(applied_at) FROM upload WHERE sha256 = ? AND state = 'applied' AND id <> ?",
            [.text(upload.sha256), .text(id)]
        ) { $0.optionalText(0) }
        let left =
            upload.state != .undone
            ? []
            : try transaction.query(
                """
                SELECT line FROM upload_row
                WHERE upload_id = ? AND applied_revision IS NOT NULL AND undone_at IS NULL ORDER BY line
                """,
                [.text(id)]
            ) { try $0.integer(0) }
        return Answer(
            upload: upload,
            summary: try UploadSummary.load(transaction, id),
            stagedBy: try ActorName.find(transaction, upload.stagedBy),
            appliedBy: try upload.appliedBy.map { try ActorName.find(transaction, $0) },
            undoneBy: try upload.undoneBy.map { try ActorName.find(transaction, $0) },
            preview: try transaction.query(
                "SELECT cells FROM upload_row WHERE upload_id = ? ORDER BY line LIMIT 5",
                [.text(id)]
            ) { try StoredJSON.value([String].self, $0.text(0)) },
            appliedBeforeAt: before ?? nil,
            leftLines: left
        )
    }
}

/// One page of an import's rows with what the dry run found.
public struct UploadRows: Question {
    public static let action = Action.importMembers

    /// Which rows are listed.
    public enum Filter: Sendable, Equatable {
        case all
        case outcome(RowPlan.Outcome)
        case leftOut
        /// What was written, once applied.
        case applied
    }

    let id: String
    let filter: Filter
    let page: Int
    let size: Int

    /// - Parameter page: from 1.
    public init(import id: String, filter: Filter = .all, page: Int = 1, size: Int = 50) {
        self.id = id
        self.filter = filter
        self.page = max(1, page)
        self.size = min(max(1, size), 500)
    }

    public struct Line: Sendable, Equatable {
        /// The line in the file, from 1.
        public let number: Int
        public let cells: [String]
        /// Whether it is accepted; what it would do is written only then.
        public let isTaken: Bool
        /// What a person said about which member is meant.
        public let choice: UploadChoice
        /// `nil` before the dry run.
        public let plan: RowPlan?
    }

    public struct Page: Sendable, Equatable {
        public let lines: [Line]
        public let total: Int
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Page {
        _ = try Upload.find(transaction, id)
        var condition = "upload_id = ?"
        var values: [Value] = [.text(id)]
        switch filter {
        case .all: break
        case .leftOut: condition += " AND is_taken = 0"
        case .applied: condition += " AND applied_revision IS NOT NULL"
        case .outcome(let outcome):
            condition += " AND outcome = ?"
            values.append(.text(outcome.rawValue))
        }
        let total = try transaction.first("SELECT COUNT(*) FROM upload_row WHERE \(condition)", values) {
            try $0.integer(0)
        }
        let lines = try transaction.query(
            """
            SELECT line, cells, is_taken, chosen, plan FROM upload_row WHERE \(condition) ORDER BY line LIMIT ? OFFSET ?
            """,
            values + [.int(size), .int((page - 1) * size)]
        ) {
            Line(
                number: try $0.integer(0),
                cells: try StoredJSON.value([String].self, $0.text(1)),
                isTaken: try $0.flag(2),
                choice: UploadChoice(stored: $0.optionalText(3)),
                plan: try $0.optionalText(4).map { try StoredJSON.value(RowPlan.self, $0) }
            )
        }
        return Page(lines: lines, total: total ?? 0)
    }
}

/// Who acted, by name.
enum ActorName {
    static func find(_ transaction: Transaction, _ key: String) throws -> Phrase {
        guard key.hasPrefix("person:") else { return .verbatim(key) }
        let person = try Person.find(transaction, id: String(key.dropFirst(7)))
        return person.map { .verbatim($0.name) } ?? say("a former colleague")
    }
}

/// Files that were staged and never applied are forgotten, with all that stands in them.
public enum StaleImports {
    /// Removes those staged before `instant` and returns how many there were.
    @discardableResult
    public static func forget(_ transaction: Transaction, stagedBefore instant: String) throws -> Int {
        // One whose applying broke off, and that nobody took up again, wrote nothing either.
        let condition = """
            staged_at < ? AND (state IN ('staged', 'checked') OR (state = 'applying' AND claimed_at < ?))
            """
        try transaction.execute(
            "DELETE FROM upload_row WHERE upload_id IN (SELECT id FROM upload WHERE \(condition))",
            [.text(instant), .text(instant)]
        )
        return try transaction.execute("DELETE FROM upload WHERE \(condition)", [.text(instant), .text(instant)])
    }
}
