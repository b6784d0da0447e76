import Charter
public import Languages

extension Finding {
    /// How a figure was derived, or why it cannot be.
    public struct Account: Sendable, Equatable, Codable {
        /// As the rest of a sentence.
        public let words: Phrase
        /// By itself.
        public let sentence: Phrase

        public init(words: Phrase, sentence: Phrase) {
            self.words = words
            self.sentence = sentence
        }

        /// Programs read the English words.
        public init(from decoder: any Decoder) throws {
            words = .verbatim(try decoder.singleValueContainer().decode(String.self))
            sentence = words
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(words.english)
        }
    }
}

extension Finding.Account {
    static func onRoll(of day: String) -> Self {
        .init(words: say("members on the roll of \(day)"), sentence: say("Members on the roll of \(day)."))
    }

    static let founders = Self(
        words: say("members whose membership began in the year of founding"),
        sentence: say("Members whose membership began in the year of founding.")
    )
    static let joins = Self(
        words: say("memberships that began in the period"),
        sentence: say("Memberships that began in the period.")
    )
    static let withdrawals = Self(
        words: say("withdrawals in the period"),
        sentence: say("Withdrawals in the period.")
    )
    static let suspensions = Self(
        words: say("suspensions in the period"),
        sentence: say("Suspensions in the period.")
    )
    static let terminations = Self(
        words: say("terminations in the period"),
        sentence: say("Terminations in the period.")
    )

    static func growth(joined: Int, before: Int) -> Self {
        .init(
            words: say("\(joined) new beside \(before) others, rounded"),
            sentence: say("\(joined) new beside \(before) others, rounded.")
        )
    }

    static func quorum(_ decision: Decision<Int>, _ quorum: Charter.Quorum, of members: Int, on day: Day) -> Self {
        let (share, article) = (quorum.share.words, quorum.citation.words)
        let (value, whole, date) = (decision.value, Phrase.name(quorum.of), day.description)
        return .init(
            words: say("quorum \(value) = \(share) of \(members) \(whole) on \(date), \(article)"),
            sentence: say("Quorum \(value) = \(share) of \(members) \(whole) on \(date), \(article).")
        )
    }

    static func present(at event: String, voting: Bool) -> Self {
        voting
            ? .init(
                words: say("members recorded as voters of \(event)"),
                sentence: say("Members recorded as voters of \(event).")
            )
            : .init(words: say("members recorded at \(event)"), sentence: say("Members recorded at \(event)."))
    }

    static func populations(of members: Int) -> Self {
        .init(
            words: say(
                members,
                one: "sum of the populations printed for \(members) member",
                other: "sum of the populations printed for \(members) members"
            ),
            sentence: say(
                members,
                one: "Sum of the populations printed for \(members) member.",
                other: "Sum of the populations printed for \(members) members."
            )
        )
    }
}

// Why the records cannot give a figure.
extension Finding.Account {
    static let daysUnknown = Self(
        words: say("no report gives the days on which most members of before 2020 joined"),
        sentence: say("No report gives the days on which most members of before 2020 joined.")
    )
    static let votesUnknown = Self(
        words: say("the report names who voted, not for whom"),
        sentence: say("The report names who voted, not for whom.")
    )
    static let outsiders = Self(
        words: say("people and cities outside the membership are not in the records"),
        sentence: say("People and cities outside the membership are not in the records.")
    )
    static let budgetsUnknown = Self(
        words: say("no budget is in the records"),
        sentence: say("No budget is in the records.")
    )
    static let nobodyBefore = Self(
        words: say("the records name no member of before the period"),
        sentence: say("The records name no member of before the period.")
    )
    static let noQuorum = Self(
        words: say("the charter has no quorum on that day"),
        sentence: say("The charter has no quorum on that day.")
    )
    static let noEvent = Self(
        words: say("the records have nobody at an event of that day"),
        sentence: say("The records have nobody at an event of that day.")
    )
}
