import Database

/// Finds the members that may bear a name, or nearly, by the words of all names, whose index is at hand.
///
/// Whoever does is among those found; others are too, such as one that has the words in another order, or in two of its
/// names. `NameIndex` tells them apart.
enum NameWords {
    /// What a member's names must have: a word as it is, or one that begins or ends so.
    private enum Piece {
        case whole(String)
        case beginning(String)
        case ending(String)

        func condition(_ table: String) -> String {
            switch self {
            case .whole: "\(table).word = ?"
            case .beginning: "\(table).word >= ? AND \(table).word < ?"
            case .ending: "\(table).reversed >= ? AND \(table).reversed < ?"
            }
        }

        var values: [Value] {
            switch self {
            case .whole(let word): [.text(word)]
            case .beginning(let start): [.text(start), .text(NameSearch.end(ofPrefix: start))]
            case .ending(let end): Piece.beginning(String(end.reversed())).values
            }
        }
    }

    /// More words than this make nothing rarer.
    private static let most = 8
    /// Words with more names than this are all called frequent.
    private static let counted = 1000

    /// The ids of the members that have every word of a name.
    static func bearers(of name: String, _ transaction: Transaction) throws -> [String] {
        try members(Folding.words(name).map(Piece.whole), transaction)
    }

    /// The ids of the members with a name that differs by one slip: it begins or ends as this one does, for half of it.
    static func nearly(_ name: String, _ transaction: Transaction) throws -> [String] {
        guard let (head, tail) = NameIndex.halves(Array(NameIndex.fold(name))) else { return [] }
        let starts = try members(beginning(with: head), transaction)
        let ends = try members(ending(with: tail), transaction)
        return Array(Set(starts + ends))
    }

    /// The last word of a beginning may go on.
    private static func beginning(with head: String) -> [Piece] {
        let words = head.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let open = words.suffix(1).filter { !$0.isEmpty }
        return words.dropLast().map(Piece.whole) + open.map(Piece.beginning)
    }

    /// The first word of an end may have begun earlier.
    private static func ending(with tail: String) -> [Piece] {
        let words = tail.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let open = words.prefix(1).filter { !$0.isEmpty }
        return words.dropFirst().map(Piece.whole) + open.map(Piece.ending)
    }

    private static func members(_ given: [Piece], _ transaction: Transaction) throws -> [String] {
        let pieces = Array(given.prefix(most))
        // The rarest drives the look-up; the others are only checked for what it finds.
        let sizes = try pieces.map { try size($0, transaction) }
        guard let rarest = sizes.min().flatMap({ sizes.firstIndex(of: $0) }) else { return [] }
        let conditions = pieces.enumerated().map { place, piece in
            place == rarest
                ? piece.condition("n")
                : "EXISTS (SELECT 1 FROM name_word o WHERE o.member_id = n.member_id AND \(piece.condition("o")))"
        }
        return try transaction.query(
            "SELECT DISTINCT n.member_id FROM name_word n WHERE \(conditions.joined(separator: " AND "))",
            pieces.flatMap(\.values)
        ) { try $0.text(0) }
    }

    private static func size(_ piece: Piece, _ transaction: Transaction) throws -> Int {
        try transaction.first(
            "SELECT COUNT(*) FROM (SELECT 1 FROM name_word n WHERE \(piece.condition("n")) LIMIT ?) AS found",
            piece.values + [.int(counted + 1)]
        ) { try $0.integer(0) } ?? 0
    }
}
