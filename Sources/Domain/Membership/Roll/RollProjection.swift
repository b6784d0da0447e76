import Charter
import Database

/// The roll as spans of time: for each member, from which day to which it stood how, under which name.
///
/// Reading the roll of any day is then one indexed look-up in one table. Made from the records in the transaction that
/// changes them.
struct RollProjection {
    let charter: Charter

    /// Makes the spans and the search words of these members anew.
    func rebuild(_ memberIDs: [String], _ transaction: Transaction) throws {
        for start in stride(from: 0, to: memberIDs.count, by: 400) {
            try rebuildSome(Array(memberIDs[start..<min(start + 400, memberIDs.count)]), transaction)
        }
    }

    private func rebuildSome(_ ids: [String], _ transaction: Transaction) throws {
        let places = ids.map { _ in "?" }.joined(separator: ", ")
        let values = ids.map(Value.text)
        let members = try ProjectedMember.load(transaction, places: places, values: values)
        try transaction.execute("DELETE FROM roll_span WHERE member_id IN (\(places))", values)
        try transaction.execute("DELETE FROM name_word WHERE member_id IN (\(places))", values)
        try transaction.execute(
            "INSERT INTO name_word (word, reversed, member_id) VALUES (?, ?, ?)",
            each: members.flatMap { member in
                member.words.map { [.text($0), .text(String($0.reversed())), .text(member.id)] }
            }
        )
        try transaction.execute(
            """
            INSERT INTO roll_span (member_id, valid_from, valid_to, perhaps_from, doubtful_from, status, on_roll, key, name,
                sort_name, other_names, category, country, region, tags, population, population_year, since,
                since_earliest, latitude, longitude, origin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            each: members.flatMap { member in spans(of: member).map { member.values($0) } }
        )
    }

    /// Makes the tags of these members' spans anew; nothing else of them.
    static func retag(_ members: [(id: String, tags: String)], _ transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE roll_span SET tags = ? WHERE member_id = ?",
            each: members.map { [.text($0.tags), .text($0.id)] }
        )
    }

    /// The open end of a span.
    static let forever = "9999-12-31"

    func spans(of member: ProjectedMember) -> [Span] {
        let events = member.statuses.sorted { ($0.latest, $0.earliest) < ($1.latest, $1.earliest) }
        var spans: [Span] = []
        var since: ProjectedMember.StatusEvent?
        for (index, event) in events.enumerated() {
            let next = index + 1 < events.count ? events[index + 1] : nil
            let end = next?.latest ?? Self.forever
            let onRoll = isOnRoll(event.status, on: event.latest)
            since = onRoll ? (since ?? event) : nil
            guard event.latest < end else { continue }
            // Leaving without a known day: from its earliest day on, the member may have been gone.
            let leaves = next.map { !isOnRoll($0.status, on: $0.latest) } ?? false
            let doubtful = onRoll && leaves ? max(next?.earliest ?? end, event.latest) : end
            var start = event.latest
            for cut in member.nameChanges + [end] where cut > start && cut <= end {
                spans.append(
                    Span(
                        validFrom: start,
                        validTo: cut,
                        perhapsFrom: start == event.latest ? event.earliest : start,
                        doubtfulFrom: min(max(doubtful, start), cut),
                        status: event.status,
                        onRoll: onRoll,
                        name: member.name(on: start),
                        since: since
                    )
                )
                start = cut
            }
        }
        return spans
    }

    func isOnRoll(_ status: String, on day: String) -> Bool {
        guard let day = Day(day), let version = charter.version(on: day) ?? charter.versions.first else { return false }
        return version.status(status)?.isOnRoll ?? false
    }
}

/// A time in which nothing about a member's place on the roll changed. Days are ISO text; `validTo` is not part of it.
struct Span: Equatable {
    var validFrom: String
    var validTo: String
    var perhapsFrom: String
    var doubtfulFrom: String
    var status: String
    var onRoll: Bool
    var name: String
    var since: ProjectedMember.StatusEvent?
}

/// What the projection needs to know of a member.
struct ProjectedMember {
    struct StatusEvent: Equatable {
        var status: String
        var earliest: String
        var latest: String
    }
    /// A name with the first and the last day on which it was the official one, where they are known.
    struct Name {
        var name: String
        var kind: String
        var language = "en"
        var from: String?
        var to: String?
    }

    var id = ""
    var key = ""
    var category = ""
    var country: String?
    var region: String?
    var mainName = ""
    var tags = ""
    var latitude: Double?
    var longitude: Double?
    var origin = ""
    var names: [Name] = []
    var statuses: [StatusEvent] = []
    var population: (value: Int, year: Int)?

    static func load(_ transaction: Transaction, places: String, values: [Value]) throws -> [ProjectedMember] {
        var byID: [String: ProjectedMember] = [:]
        try transaction.forEach(
            """
            SELECT id, key, category, country, region, name, tags, latitude, longitude, origin FROM member
            WHERE id IN (\(places))
            """,
            values
        ) { row in
            byID[try row.text(0)] = ProjectedMember(
                id: try row.text(0),
                key: try row.text(1),
                category: try row.text(2),
                country: row.optionalText(3),
                region: row.optionalText(4),
                mainName: try row.text(5),
                tags: try row.text(6),
                latitude: try row.optionalReal(7),
                longitude: try row.optionalReal(8),
                origin: try row.text(9)
            )
        }
        try transaction.forEach(
            """
            SELECT member_id, name, kind, language, valid_from, valid_to FROM member_name WHERE member_id IN (\(places))
            ORDER BY member_id, kind DESC, name
            """,
            values
        ) { row in
            byID[try row.text(0)]?.names.append(
                Name(
                    name: try row.text(1),
                    kind: try row.text(2),
                    language: try row.text(3),
                    from: row.optionalText(4).flatMap { $0.isEmpty ? nil : $0 },
                    to: row.optionalText(5)
                )
            )
        }
        try transaction.forEach(
            "SELECT member_id, status, earliest, latest FROM member_status WHERE member_id IN (\(places))",
            values
        ) { row in
            byID[try row.text(0)]?.statuses.append(
                StatusEvent(status: try row.text(1), earliest: try row.text(2), latest: try row.text(3))
            )
        }
        // The last one counts.
        try transaction.forEach(
            """
            SELECT member_id, value, year_latest FROM member_figure
            WHERE kind = 'population' AND member_id IN (\(places))
            ORDER BY member_id, \(FactOrder.population(newestFirst: false))
            """,
            values
        ) { row in
            byID[try row.text(0)]?.population = (Int(try row.optionalReal(1) ?? 0), try row.integer(2))
        }
        return byID.values.sorted { $0.key < $1.key }
    }

    /// The names that the member bore one after the other: those in the language of its own name.
    private var official: [Name] {
        let named = names.filter { $0.kind == "name" }
        let language = named.first { $0.name == mainName }?.language ?? "en"
        return named.filter { $0.language == language }
    }

    /// The days on which another official name began.
    var nameChanges: [String] {
        let ends = official.compactMap { $0.to.flatMap(Day.init)?.adding(days: 1).description }
        return Set(official.compactMap(\.from) + ends).sorted()
    }

    /// The official name in force, or the member's own where no dated name covers the day.
    func name(on day: String) -> String {
        let dated = official.first { name in
            (name.from != nil || name.to != nil) && (name.from ?? "") <= day
                && day <= (name.to ?? RollProjection.forever)
        }
        return dated?.name ?? mainName
    }

    /// Every word that finds the member; scripts without spaces are found from any sign on.
    var words: [String] {
        var words: Set<String> = []
        for word in ([mainName] + names.map(\.name)).flatMap(Folding.words) {
            words.insert(word)
            if Folding.isUnspaced(word) {
                for length in 1..<max(word.count, 1) { words.insert(String(word.suffix(length))) }
            }
        }
        return words.sorted()
    }

    func values(_ span: Span) -> [Value] {
        let others = names.filter { $0.kind != "printed" && $0.name != span.name }.map(\.name)
        var shown: [String] = mainName == span.name ? [] : [mainName]
        for name in others where !shown.contains(name) && shown.count < 3 { shown.append(name) }
        return [
            .text(id), .text(span.validFrom), .text(span.validTo), .text(span.perhapsFrom), .text(span.doubtfulFrom),
            .text(span.status), .flag(span.onRoll), .text(key), .text(span.name), .text(Folding.fold(span.name)),
            .text(shown.joined(separator: " · ")), .text(category), .optional(country), .optional(region), .text(tags),
            .optional(population?.value), .optional(population?.year), .optional(span.since?.latest),
            .optional(span.since?.earliest), .optional(latitude), .optional(longitude), .text(origin),
        ]
    }
}
