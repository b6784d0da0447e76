public import Database

/// Which entries are looked for. Empty fields let everything through.
public struct JournalFilter: Sendable, Equatable {
    /// An action, or the part before its last dot: `member` finds `member.edited`.
    public var action: String?
    public var actor: String?
    public var subject: JournalEntry.Subject?
    /// ISO days, both included.
    public var from: String?
    public var through: String?

    public init(
        action: String? = nil,
        actor: String? = nil,
        subject: JournalEntry.Subject? = nil,
        from: String? = nil,
        through: String? = nil
    ) {
        self.action = action
        self.actor = actor
        self.subject = subject
        self.from = from
        self.through = through
    }
}

extension Journal {
    /// The newest entries that fit first, at most `limit`; `before` is the last id of the page that came before.
    public static func search(
        _ transaction: Transaction,
        _ filter: JournalFilter,
        before id: String? = nil,
        limit: Int = 50
    ) throws -> [RecordedEntry] {
        // Every id is smaller than "g", as ids are hexadecimal.
        var conditions = ["e.id < ?"]
        var values: [Value] = [.text(id ?? "g")]
        if let action = filter.action {
            // "/" follows "." in the order of bytes: all actions that begin with the word and a dot.
            conditions.append("(e.action = ? OR (e.action > ? AND e.action < ?))")
            values += [.text(action), .text(action + "."), .text(action + "/")]
        }
        if let actor = filter.actor {
            conditions.append("e.actor = ?")
            values.append(.text(actor))
        }
        if let subject = filter.subject {
            conditions.append("e.subject_kind = ? AND e.subject_id = ?")
            values += [.text(subject.kind), .text(subject.id)]
        }
        if let from = filter.from {
            conditions.append("e.recorded_at >= ?")
            values.append(.text(from))
        }
        if let through = filter.through {
            conditions.append("e.recorded_at < ?")
            values.append(.text(through + "U"))
        }
        return try transaction.query(
            "\(selection) WHERE \(conditions.joined(separator: " AND ")) ORDER BY e.id DESC LIMIT ?",
            values + [.int(limit)],
            decode
        )
    }
}
