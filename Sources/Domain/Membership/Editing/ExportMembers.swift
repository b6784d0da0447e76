public import Access
public import Database
public import Foundation
import Journal
import Languages

/// How members are written to a file.
public enum ExportFormat: String, Sendable, CaseIterable { case csv, xlsx, json }

/// Takes all members that a filter lists out of the program, as the rows of a file. The journal keeps who took what.
///
/// Throws `MemberRefusal` for more than a file holds.
public struct ExportMembers: Command {
    public static let action = Action.exportMembers
    /// How many rows one file holds.
    public static let most = 200_000

    let filter: RollFilter
    let columns: [MemberColumn]
    let format: ExportFormat

    public init(_ filter: RollFilter, columns: [MemberColumn], as format: ExportFormat) {
        self.filter = filter
        self.columns = columns
        self.format = format
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> [MemberTable.Row] {
        let roll = try RollListing.everything(filter, transaction, most: Self.most)
        let rows = try MemberExtras.rows(roll, Set(columns), transaction, day: Grant.day(now))
        var listed = filter
        listed.search = nil
        let note = ExportNote(
            format: format,
            selection: listed.words.english,
            search: filter.search,
            columns: Self.headings(columns),
            rows: rows.count
        )
        try note.append(transaction, by: actor, now: now)
        return rows
    }

    /// The headings of the file: key and name always, then the chosen columns.
    public static func headings(_ columns: [MemberColumn]) -> [String] {
        ["key", "name", "other_names"] + columns.filter { $0 != .key }.flatMap(\.fileHeadings)
    }
}

/// What the journal keeps of members that left as a file: which and how many, and none of their values.
struct ExportNote {
    let format: ExportFormat
    /// Which members were taken, in words.
    let selection: String
    /// What somebody typed may be a living person's name, and the log is for ever: it stands beside it.
    var search: String?
    let columns: [String]
    let rows: Int

    func append(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var after: [String: JournalValue] = [
            "format": .text(format.rawValue), "selection": .text(selection),
            "columns": .text(columns.joined(separator: " ")), "rows": .integer(rows),
        ]
        if let search { after["search"] = .personal("search", search) }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "members.exported",
                subject: .init("export", Identifier.make(at: now)),
                after: .object(after)
            )
        )
    }
}

extension MemberColumn {
    fileprivate var fileHeadings: [String] {
        switch self {
        case .since: ["since_earliest", "since"]
        case .population: ["population", "population_year"]
        case .changed: ["last_change"]
        default: [rawValue]
        }
    }
}
