import Charter
import Languages
import Membership

/// One dated thing that happened to a member, as a sentence with its source.
struct HistoryEntry: Equatable {
    let range: DayRange
    let sentence: Phrase
    /// What the records say about the fact beside it.
    let note: String?
    let source: FactSource
    /// The name of its place on the page, for whoever leads there.
    var anchor: String?

    /// The name of the place where a member's taking part in an event stands.
    static func eventAnchor(_ key: String) -> String { "event-\(key)" }

    /// Everything dated about a member, the oldest first.
    static func all(_ profile: MemberProfile, _ words: Words) -> [HistoryEntry] {
        let entries = statuses(profile, words) + names(profile) + offices(profile, words) + participations(profile)
        return entries.enumerated().sorted {
            ($0.element.range.latest, $0.offset) < ($1.element.range.latest, $1.offset)
        }.map(\.element)
    }

    private static func statuses(_ profile: MemberProfile, _ words: Words) -> [HistoryEntry] {
        var previous: String?
        return profile.statuses.map { event in
            defer { previous = event.status }
            return HistoryEntry(
                range: DayRange(event.earliest, event.latest),
                sentence: sentence(event, after: previous, category: profile.category, words),
                note: event.note,
                source: FactSource(event.source)
            )
        }
    }

    private static func sentence(
        _ event: MemberProfile.StatusEvent,
        after previous: String?,
        category: String,
        _ words: Words
    ) -> Phrase {
        let name = words.status(event.status)
        if event.status == words.standard {
            let kind = words.category(category, of: 1)
            guard let previous else {
                // One sentence in every other language.
                return takesAn(kind) ? say("Joined as an \(kind).") : say("Joined as a \(kind).")
            }
            return words.isOnRoll(previous) ? say("In good standing again.") : say("Joined again.")
        }
        // "Withdrawn: withdrawal" would say the same twice. Grounds are in the language of the records.
        let recorded = words.inEnglish.status(event.status)
        guard let grounds = event.grounds.map({ Phrase.record($0) }), !sharesStem(grounds.english, recorded) else {
            return say("\(name).")
        }
        return say("\(name): \(grounds).")
    }

    private static func sharesStem(_ grounds: String, _ name: String) -> Bool {
        grounds.lowercased().hasPrefix(name.lowercased().prefix(6))
    }

    private static func names(_ profile: MemberProfile) -> [HistoryEntry] {
        let dated = profile.names.filter { $0.kind == "name" && $0.from != nil }
        return dated.compactMap { name in
            guard let from = name.from else { return nil }
            return HistoryEntry(
                range: DayRange(from, from),
                sentence: name.to.map { say("The name is \(name.name) until \(DayRange($0, $0).label).") }
                    ?? say("The name is \(name.name)."),
                note: name.note,
                source: FactSource(name.source)
            )
        }
    }

    private static func offices(_ profile: MemberProfile, _ words: Words) -> [HistoryEntry] {
        let events = Dictionary(profile.participations.map { ($0.event, $0.eventName) }) { first, _ in first }
        return profile.offices.map { office in
            let words = words.on(Day(office.from) ?? .first)
            let range = OfficeTerm(from: office.from, to: office.to)
            let detail = events[office.detail] ?? (isKey(office.detail) ? nil : office.detail)
            return HistoryEntry(
                range: range.start,
                sentence: sentence(words.office(office.office), detail, end: range.end),
                note: office.note,
                source: FactSource(office.source)
            )
        }
    }

    private static func sentence(_ office: String, _ detail: String?, end: Phrase?) -> Phrase {
        switch (detail.map({ Phrase.record($0) }), end) {
        case (nil, nil): say("\(office).")
        case (let detail?, nil): say("\(office) (\(detail)).")
        case (nil, let end?): say("\(office), to \(end).")
        case (let detail?, let end?): say("\(office) (\(detail)), to \(end).")
        }
    }

    private static func participations(_ profile: MemberProfile) -> [HistoryEntry] {
        var placed: Set<String> = []
        return profile.participations.map { taken in
            let (role, way) = (capacity(taken.capacity), mode(taken.mode))
            let (event, position) = (Phrase.record(taken.eventName), taken.position ?? "")
            return HistoryEntry(
                range: OfficeTerm(from: taken.day, to: nil).start,
                sentence: position.isEmpty
                    ? say("\(event): \(role), \(way).")
                    : say("\(event): \(role), \(way), by its \(Phrase.record(position))."),
                note: nil,
                source: FactSource(taken.source),
                // One place for an event, in however many capacities the member was there.
                anchor: placed.insert(taken.event).inserted ? eventAnchor(taken.event) : nil
            )
        }
    }

    private static func capacity(_ key: String) -> Phrase {
        switch key {
        case "delegate": say("delegate", context: "took part as")
        case "voter": say("voter", context: "took part as")
        case "observer": say("observer", context: "took part as")
        case "participant": say("participant", context: "took part as")
        case "speaker": say("speaker", context: "took part as")
        default: .verbatim(key)
        }
    }

    private static func mode(_ key: String) -> Phrase {
        switch key {
        case "on-site": say("on site", context: "took part")
        case "online": say("online", context: "took part")
        case "ballot": say("ballot", context: "took part")
        default: .verbatim(key.replacing("-", with: " "))
        }
    }

    /// A key of the records is not a word for readers.
    private static func isKey(_ text: String) -> Bool {
        text.isEmpty
            || text.utf8.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
                && text.utf8.allSatisfy {
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-")
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                }
    }
}

/// From when to when something was held. Bounds that stand at the edge of a year are known to the year only.
struct OfficeTerm: Equatable {
    let start: DayRange
    /// Nil where it goes on or no source gives its end.
    let end: Phrase?

    init(from: String, to: String?) {
        start = from.hasSuffix("-01-01") ? DayRange(from, from.prefix(4) + "-12-31") : DayRange(from, from)
        guard let to, to != from, !(to.hasSuffix("-12-31") && to.prefix(4) == from.prefix(4)) else {
            end = nil
            return
        }
        end = to.hasSuffix("-12-31") ? .verbatim(String(to.prefix(4))) : DayRange(to, to).label
    }
}

/// "a local government", "an institution": the article of English.
private func takesAn(_ noun: String) -> Bool {
    noun.lowercased().first.map { "aeiou".contains($0) } == true
}
