import Database

/// Finds members by any of their names.
///
/// Words are looked up by their beginning; when that finds nothing, by one slip of the finger. A word with one slip still
/// begins or ends like the right one for half its length, so two short index scans give all candidates. This is the same
/// SQL on both engines and needs no extension of either.
enum NameSearch {
    /// More results than this are not counted: nobody reads them, and the list says so.
    static let counted = 300

    /// The first text after all that begin with `prefix`, in the order of bytes.
    static func end(ofPrefix prefix: String) -> String { prefix + "\u{10FFFF}" }

    static func find(
        _ text: String,
        _ filter: RollFilter,
        _ transaction: Transaction,
        limit: Int,
        offset: Int
    ) throws -> RollPage {
        let words = Folding.words(text)
        guard !words.isEmpty, words.count <= 12 else {
            return RollPage(rows: [], total: 0, isTotalOpen: false, correctedWords: [])
        }
        let asTyped = try page(words, corrected: [:], filter, transaction, limit: limit, offset: offset)
        guard asTyped.total == 0 else { return asTyped }
        var corrected: [String: [String]] = [:]
        for word in words where !(try isKnown(word, transaction)) {
            let meant = try candidates(for: word, transaction)
            if meant.isEmpty { return asTyped }
            corrected[word] = meant
        }
        guard !corrected.isEmpty else { return asTyped }
        return try page(words, corrected: corrected, filter, transaction, limit: limit, offset: offset)
    }

    private static func page(
        _ words: [String],
        corrected: [String: [String]],
        _ filter: RollFilter,
        _ transaction: Transaction,
        limit: Int,
        offset: Int
    ) throws -> RollPage {
        var query = RollQuery(filter)
        // The rarest word drives the look-up; the others are only checked for what it finds. Where every word is in
        // thousands of names, the roll is read in its order instead, which soon has a page full.
        let sizes = try words.map { corrected[$0] == nil ? try size(ofPrefix: $0, transaction) : 0 }
        let rarest = sizes.min().flatMap { least in least <= rare ? sizes.firstIndex(of: least) : nil }
        for (place, word) in words.enumerated() { query.addName(word, corrected[word], drives: place == rarest) }
        let total = try query.count(transaction, upTo: counted + 1)
        let isOpen = total > counted
        let folded = words.joined(separator: " ")
        let rows =
            isOpen
            ? try firstOfMany(query, filter, folded, transaction, limit: limit, offset: offset)
            : filter.order == .name && !filter.descending
                ? try query.rows(transaction, closestTo: folded, limit: limit, offset: offset)
                : try query.rows(
                    transaction,
                    order: filter.order,
                    descending: filter.descending,
                    limit: limit,
                    offset: offset
                )
        return RollPage(
            rows: rows,
            total: min(total, counted),
            isTotalOpen: isOpen,
            correctedWords: Array(Set(corrected.values.joined())).sorted()
        )
    }

    /// Of more than can be read, those whose name begins with the search, by name: they lie together on an index. Where
    /// they are few, all that were found, by name.
    private static func firstOfMany(
        _ query: RollQuery,
        _ filter: RollFilter,
        _ folded: String,
        _ transaction: Transaction,
        limit: Int,
        offset: Int
    ) throws -> [RollRow] {
        var beginning = RollQuery(filter)
        beginning.add("s.sort_name >= ? AND s.sort_name < ?", .text(folded), .text(end(ofPrefix: folded)))
        // The same choice for each page, so that pages neither overlap nor leave anybody out.
        let listed = try beginning.count(transaction, upTo: counted + 1) > counted ? beginning : query
        return try listed.rows(transaction, order: .name, descending: false, limit: limit, offset: offset)
    }

    /// Words with more names than this do not drive a look-up.
    private static let rare = 5000

    private static func size(ofPrefix word: String, _ transaction: Transaction) throws -> Int {
        try transaction.first(
            "SELECT COUNT(*) FROM (SELECT 1 FROM name_word WHERE word >= ? AND word < ? LIMIT ?) AS found",
            [.text(word), .text(end(ofPrefix: word)), .int(rare + 1)]
        ) { try $0.integer(0) } ?? 0
    }

    private static func isKnown(_ word: String, _ transaction: Transaction) throws -> Bool {
        try transaction.first(
            "SELECT 1 FROM name_word WHERE word >= ? AND word < ? LIMIT 1",
            [.text(word), .text(end(ofPrefix: word))]
        ) { try $0.integer(0) } != nil
    }

    private static func candidates(for word: String, _ transaction: Transaction) throws -> [String] {
        let typed = Array(word)
        // Shorter words are within one slip of nearly everything.
        guard typed.count >= 4 else { return [] }
        let half = (typed.count - 1) / 2
        let head = String(typed[..<half])
        let tail = String(typed[(typed.count - half)...].reversed())
        let stored = try transaction.query(
            """
            SELECT DISTINCT word FROM name_word WHERE word >= ? AND word < ?
            UNION SELECT DISTINCT word FROM name_word WHERE reversed >= ? AND reversed < ?
            """,
            [.text(head), .text(end(ofPrefix: head)), .text(tail), .text(end(ofPrefix: tail))]
        ) { try $0.text(0) }
        return Array(stored.filter { Typing.isWithinOneSlip(typed, Array($0)) }.prefix(50))
    }
}

extension RollQuery {
    fileprivate mutating func addName(_ word: String, _ corrected: [String]?, drives: Bool) {
        let names = drives ? "s.member_id IN (SELECT n.member_id" : "EXISTS (SELECT 1"
        let bond = drives ? "" : "n.member_id = s.member_id AND "
        guard let corrected else {
            add(
                "\(names) FROM name_word n WHERE \(bond)n.word >= ? AND n.word < ?)",
                .text(word),
                .text(NameSearch.end(ofPrefix: word))
            )
            return
        }
        let places = corrected.map { _ in "?" }.joined(separator: ", ")
        add("\(names) FROM name_word n WHERE \(bond)n.word IN (\(places)))")
        appendValues(corrected.map(Value.text))
    }

    fileprivate func count(_ transaction: Transaction, upTo most: Int) throws -> Int {
        try transaction.first(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM roll_span s WHERE \(conditions.joined(separator: " AND ")) LIMIT ?) AS found
            """,
            values + [.int(most)]
        ) { try $0.integer(0) } ?? 0
    }
}
