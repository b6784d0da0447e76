public import Access
public import Database
import Dispatch
public import Foundation
import Journal
import Languages
public import Membership

/// Reads a spreadsheet of who took part in one event and keeps its rows apart. Nothing touches the records.
public struct ReadParticipants: Command {
    public static let action = Action.recordParticipation
    let event: String
    let file: UploadFile
    let rows: [ParticipantCells]
    let capacity: String
    let mode: String
    let isWhole: Bool

    public static let largestBytes = 2 << 20
    static let mostRows = 5000

    /// - Parameters:
    ///   - nameColumn: the heading of the column that names the members, where the headings do not tell.
    ///   - capacity: what a row without a capacity gets; `mode` likewise.
    ///   - isWhole: whether everybody who took part is in the list.
    /// - Throws: `ParticipationRefusal.unreadable`.
    public init(
        event: String,
        file name: String,
        bytes: [UInt8],
        sheet: String? = nil,
        nameColumn: String? = nil,
        capacity: String,
        mode: String,
        isWhole: Bool
    ) throws(ParticipationRefusal) {
        guard bytes.count <= Self.largestBytes else {
            throw .unreadable(
                say("The file has more than \(Self.largestBytes >> 20) MB. Remove what is no list, or split it.")
            )
        }
        do { file = try UploadFile(name: name, bytes: bytes, sheet: sheet) } catch {
            throw .unreadable(error.sentence)
        }
        guard file.lines.count <= Self.mostRows else {
            throw .unreadable(say("The file has \(file.lines.count) rows; \(Self.mostRows) are allowed. Split it."))
        }
        let columns = try ParticipantColumns(header: file.header, nameColumn: nameColumn)
        rows = file.lines.map(columns.cells)
        self.event = event
        self.capacity = capacity
        self.mode = mode
        self.isWhole = isWhole
    }

    /// Runs `make` on a thread of its own, one file at a time: unpacking and reading would hold up others.
    public static func reading(
        _ make: @escaping @Sendable () throws(ParticipationRefusal) -> ReadParticipants
    ) async throws(ParticipationRefusal) -> ReadParticipants {
        let read = await withCheckedContinuation { (continuation: CheckedContinuation<Read, Never>) in
            readers.async {
                continuation.resume(returning: Read { () throws(ParticipationRefusal) in try make() })
            }
        }
        return try read.get()
    }

    private typealias Read = Result<ReadParticipants, ParticipationRefusal>
    private static let readers = DispatchQueue(label: "hansa.participants.read")

    /// Returns the list's id. Throws `InvalidInput` (`capacity`, `mode`) and `ParticipationRefusal`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        _ = try Event.find(transaction, event)
        var check = FormCheck()
        if !Participation.capacities.contains(capacity) {
            check.refuse("capacity", say("Choose in which capacity it took part: one of the list."))
        }
        if !Participation.modes.contains(mode) {
            check.refuse("mode", say("Choose how it took part: one of the list."))
        }
        try check.finish()
        let id = Identifier.make(at: now)
        try transaction.execute(
            """
            INSERT INTO participant_list (id, event, file, sha256, reading, columns, capacity, mode, is_whole, rows,
                state, read_by, read_at, row_count)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'read', ?, ?, ?)
            """,
            [
                .text(id), .text(event), .text(file.name), .text(file.sha256), .text(file.reading.stored),
                .text(try StoredJSON.text(file.header)), .text(capacity), .text(mode), .flag(isWhole),
                .text(try StoredJSON.text(rows)), .text(actor.key), .text(InstantText.text(now)), .int(rows.count),
            ]
        )
        return id
    }
}

/// Says which members rows mean that can mean several, and which rows are left out.
public struct SettleRows: Command {
    public static let action = Action.recordParticipation

    public enum Choice: Sendable, Equatable {
        /// A member's id.
        case member(String)
        case leaveOut
        /// Back to what the program finds by itself.
        case none
    }

    let list: String
    let choices: [Int: Choice]
    let leavesUnknownOut: Bool
    let rules: UploadRules

    /// - Parameter leavesUnknownOut: leaves every row out that names nobody who is known.
    public init(list: String, _ choices: [Int: Choice], leavesUnknownOut: Bool = false, rules: UploadRules) {
        self.list = list
        self.choices = choices
        self.leavesUnknownOut = leavesUnknownOut
        self.rules = rules
    }

    /// Throws `ParticipationRefusal`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let found = try ParticipantList.locked(transaction, list)
        var choices = found.choices
        for (line, choice) in self.choices {
            choices[String(line)] =
                switch choice {
                case .member(let id): id
                case .leaveOut: ParticipantList.leave
                case .none: nil
                }
        }
        if leavesUnknownOut {
            for row in try found.plan(transaction, rules) where row.outcome == .unknown {
                choices[String(row.line)] = ParticipantList.leave
            }
        }
        try transaction.execute(
            "UPDATE participant_list SET choices = ? WHERE id = ?",
            [.text(try StoredJSON.text(choices)), .text(list)]
        )
    }
}

/// Writes every row of a list, or nothing.
public struct BringInParticipants: Command {
    public static let action = Action.recordParticipation
    let list: String
    let seen: String?
    let grounds: String
    let rules: UploadRules

    /// - Parameters:
    ///   - seen: the mark of the plan that was looked at; `nil` to bring it in as it is now.
    ///   - grounds: where the list is from.
    public init(list: String, seen: String?, grounds: String, rules: UploadRules) {
        self.list = list
        self.seen = seen
        self.grounds = UploadFile.trimmed(grounds)
        self.rules = rules
    }

    public struct Outcome: Sendable, Equatable {
        public let added: Int
        public let corrected: Int
    }

    /// Throws `InvalidInput` (`grounds`) and `ParticipationRefusal`; then nothing was written.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        let found = try ParticipantList.locked(transaction, list)
        var check = FormCheck()
        check.grounds(grounds)
        try check.finish()
        let rows = try found.plan(transaction, rules)
        if let seen, seen != ParticipantList.mark(rows) { throw ParticipationRefusal.changedMeanwhile }
        let inTheWay = rows.count { $0.outcome.isInTheWay }
        guard inTheWay == 0 else { throw ParticipationRefusal.rowsToSettle(inTheWay) }
        let changing = rows.filter { $0.outcome == .add || $0.outcome == .correct }
        let event = try Event.find(transaction, found.brief.event)
        guard !changing.isEmpty || found.brief.isWhole && !event.hasWholeList else {
            throw ParticipationRefusal.nothingDiffers
        }
        for row in changing { try write(row, found, transaction, actor, now) }
        if found.brief.isWhole {
            try MarkListWhole.write(transaction, event.key, isWhole: true, grounds: grounds, by: actor, now: now)
        }
        let outcome = Outcome(
            added: changing.count { $0.outcome == .add },
            corrected: changing.count { $0.outcome == .correct }
        )
        try transaction.execute(
            """
            UPDATE participant_list SET state = 'applied', rows = '[]', choices = '{}', applied_by = ?, applied_at = ?,
                written = ? WHERE id = ?
            """,
            [.text(actor.key), .text(InstantText.text(now)), .int(changing.count), .text(list)]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "event.list_brought_in",
                subject: .init("event", event.key),
                reason: grounds,
                after: [
                    "file": .text(found.brief.file), "added": .integer(outcome.added),
                    "corrected": .integer(outcome.corrected),
                ]
            )
        )
        return outcome
    }

    private func write(
        _ row: ParticipantRow,
        _ found: ParticipantList,
        _ transaction: Transaction,
        _ actor: Actor,
        _ now: Date
    ) throws {
        guard let member = row.member, let after = row.after else { return }
        let place = "\(found.brief.file), line \(row.line)"
        let writer = ParticipationWriter(
            transaction: transaction,
            actor: actor.key,
            now: now,
            grounds: say("\(grounds) (\(found.brief.file), line \(plain: row.line))").recorded
        )
        if row.before == nil {
            _ = try writer.add(found.brief.event, member.id, after, printed: row.told, locator: place)
        } else {
            try writer.correct(
                Participation.find(
                    transaction,
                    event: found.brief.event,
                    member: member.id,
                    capacity: after.capacity
                ),
                after
            )
        }
    }
}

/// Forgets a list that was read and not brought in.
public struct DropParticipants: Command {
    public static let action = Action.recordParticipation
    let list: String

    public init(list: String) { self.list = list }

    /// Throws `ParticipationRefusal`.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        _ = try ParticipantList.locked(transaction, list)
        try transaction.execute("DELETE FROM participant_list WHERE id = ?", [.text(list)])
    }
}

extension ParticipantList {
    /// The list, which nobody else changes until the transaction ends. Throws when it was applied.
    static func locked(_ transaction: Transaction, _ id: String) throws -> ParticipantList {
        try transaction.execute("UPDATE participant_list SET file = file WHERE id = ?", [.text(id)])
        let found = try find(transaction, id)
        guard !found.brief.isApplied else { throw ParticipationRefusal.appliedAlready }
        return found
    }

    /// Removes lists that were read before an instant and never brought in; returns how many.
    public static func forget(_ transaction: Transaction, readBefore instant: String) throws -> Int {
        try transaction.execute("DELETE FROM participant_list WHERE state = 'read' AND read_at < ?", [.text(instant)])
    }
}

/// What bringing a list in would do, row by row.
public struct ParticipantsPlan: Question {
    public static let action = Action.recordParticipation
    let list: String
    let rules: UploadRules

    public init(list: String, rules: UploadRules) {
        self.list = list
        self.rules = rules
    }

    public struct Answer: Sendable {
        public let list: ParticipantList.Brief
        public let event: Event
        /// Empty once the list was applied.
        public let rows: [ParticipantRow]
        /// Of the plan as it is now.
        public let mark: String

        public func count(_ outcome: ParticipantRow.Outcome) -> Int { rows.count { $0.outcome == outcome } }
        public var isInTheWay: Bool { rows.contains { $0.outcome.isInTheWay } }
        public var changesNothing: Bool {
            count(.add) == 0 && count(.correct) == 0 && (!list.isWhole || event.hasWholeList)
        }
    }

    /// Throws `ParticipationRefusal.noSuchList`.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let found = try ParticipantList.find(transaction, list)
        let rows = try found.plan(transaction, rules)
        return Answer(
            list: found.brief,
            event: try Event.find(transaction, found.brief.event),
            rows: rows,
            mark: ParticipantList.mark(rows)
        )
    }
}
