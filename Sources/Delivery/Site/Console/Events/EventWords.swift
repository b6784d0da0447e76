import Charter
import Languages
import Standing

/// What the console calls kinds of events, capacities and ways of taking part.
enum EventWords {
    static func kind(_ key: String, _ words: Words) -> Phrase {
        switch key {
        case "conference": say("Conference", context: "kind of an event")
        case "training": say("Training", context: "kind of an event")
        case "workshop": say("Workshop", context: "kind of an event")
        case "seminar": say("Seminar", context: "kind of an event")
        case "visit": say("Visit", context: "kind of an event")
        case "award": say("Award", context: "kind of an event")
        case "other": say("Other", context: "kind of an event")
        default: .verbatim(words.body(key))
        }
    }

    /// The kinds to choose from: the charter's bodies that meet, then the others; with the one that is chosen.
    static func kinds(_ room: Room, chosen: String) -> [(value: String, text: Phrase)] {
        let words = room.site.words
        let known = EventDraft.bodies(room.site.charter, on: room.today) + EventDraft.otherKinds
        let all = chosen.isEmpty || known.contains(chosen) ? known : known + [chosen]
        return [(value: "", text: say("Choose"))] + all.map { (value: $0, text: kind($0, words)) }
    }

    static func capacity(_ key: String) -> Phrase {
        switch key {
        case "delegate": say("Delegate", context: "took part as")
        case "voter": say("Voter", context: "took part as")
        case "observer": say("Observer", context: "took part as")
        case "participant": say("Participant", context: "took part as")
        case "speaker": say("Speaker", context: "took part as")
        default: .verbatim(capitalisedFirst(key))
        }
    }

    static let capacities: [(value: String, text: Phrase)] = Participation.capacities.map {
        (value: $0, text: capacity($0))
    }

    static func mode(_ key: String) -> Phrase {
        switch key {
        case "on-site": say("On site", context: "took part")
        case "online": say("Online", context: "took part")
        case "ballot": say("By ballot", context: "took part")
        default: .verbatim(capitalisedFirst(key.replacing("-", with: " ")))
        }
    }

    static let modes: [(value: String, text: Phrase)] = Participation.modes.map { (value: $0, text: mode($0)) }

    /// "Delegate, Online, Mayor"
    static func content(_ content: ParticipationStep.Content) -> Phrase {
        let position = content.position.map { [Phrase.record($0)] } ?? []
        return .joined([capacity(content.capacity), mode(content.mode)] + position, by: ", ")
    }

    static func step(_ kind: ParticipationStep.Kind) -> Phrase {
        switch kind {
        case .added: say("Added", context: "a step of a participation")
        case .corrected: say("Corrected", context: "a step of a participation")
        case .removed: say("Removed", context: "a step of a participation")
        }
    }
}

/// The address of an event in the console, or of a page below it.
func eventAddress(_ key: String, _ below: String...) -> String {
    ([ConsolePlace.events.address, key] + below).joined(separator: "/")
}

extension Event {
    /// `26 Sept 2023`, `25 Sept 2023 to 27 Sept 2023`, `2022`.
    var dates: DayRange { DayRange(from.description, through.description) }

    /// As the sentences of the rule on standing name it.
    var onRecord: EventOnRecord {
        EventOnRecord(key: key, name: name, when: DayBetween(from, through), hasWholeList: hasWholeList)
    }
}
