public import Charter
public import Languages
import Membership

/// What the rule found, in sentences: of evidence, of reasons and of what is missing.
public struct StandingWords: Sendable {
    /// The events by key, so that a sentence can name them.
    let events: [String: String]
    let charter: Charter

    public init(charter: Charter, events: [String: String]) {
        self.charter = charter
        self.events = events
    }

    public init(charter: Charter, events: [EventOnRecord]) {
        self.init(
            charter: charter,
            events: Dictionary(events.map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })
        )
    }

    /// The ground as the charter's version of a day has it.
    public func ground(_ key: String, on day: Day) -> Charter.Ground? {
        let version = charter.version(on: day)
        if let ground = version?.membership.grounds.first(where: { $0.key == key }) { return ground }
        return charter.versions.reversed().flatMap(\.membership.grounds).first { $0.key == key }
    }

    /// The id of the charter's rule of a ground.
    public static func rule(_ ground: String) -> String { "membership.grounds.\(ground)" }

    public func sentence(_ outcome: StandingOutcome) -> Phrase {
        switch outcome {
        case .proposed(let evidence): sentence(evidence)
        case .notMet(let why): sentence(why)
        case .cannotTell(let missing): sentence(missing)
        }
    }

    /// "No participation and no payment is on record since 12 May 2020: 3 years and 137 days."
    public func sentence(_ evidence: StandingEvidence) -> Phrase {
        switch evidence.basis {
        case .records:
            guard let since = evidence.inactiveSince, let lapse = evidence.lapse else {
                return say("The records show it.")
            }
            guard let last = evidence.lastParticipation else {
                return say(
                    "It neither took part nor paid since \(since), as long as the records reach: \(lapse.words)."
                )
            }
            return say(
                "It neither took part nor paid since \(since): \(lapse.words). "
                    + "It last took part in “\(event(last.event))”."
            )
        case .statement(let stated): return statement(stated)
        }
    }

    /// What a source states, as a sentence.
    public func statement(_ stated: StatedCircumstance) -> Phrase {
        let source = MemberProfile.Source(code: stated.source, locator: stated.locator).words
        let when = Phrase.name(ground(stated.circumstance, on: stated.asOf)?.when ?? stated.circumstance)
        if !stated.holds { return say("\(source) takes it back, as of \(stated.asOf): \(when)") }
        guard let years = stated.years else { return say("\(source) states it, as of \(stated.asOf): \(when)") }
        return stated.isMore
            ? say(
                years,
                one: "\(source) states, as of \(stated.asOf), that it neither took part nor paid for more than a year.",
                other:
                    "\(source) states, as of \(stated.asOf), that it neither took part nor paid for more than "
                    + "\(years) years."
            )
            : say(
                years,
                one: "\(source) states, as of \(stated.asOf), that it neither took part nor paid for a year.",
                other: "\(source) states, as of \(stated.asOf), that it neither took part nor paid for \(years) years."
            )
    }

    public func sentence(_ why: WhyNotMet) -> Phrase {
        switch why {
        case .tookPart(let last): say("It took part in “\(event(last.event))”, \(last.when.words).")
        case .paid(let day): say("It paid on \(day).")
        case .memberSince(let day): say("It is a member since \(day) only.")
        case .inStatus(let key): say("It is in this status already: \(Phrase.name(status(key))).")
        case .nothingStated: say("Nothing on record says so.")
        case .doesNotApply: say("It is not on the roll any more, or in another category.")
        }
    }

    public func sentence(_ missing: [MissingData]) -> Phrase {
        Phrase.joined(missing.map { sentence($0) }, by: " ")
    }

    /// Why there is no answer, as a sentence of its own.
    func sentence(_ missing: MissingData) -> Phrase {
        switch missing {
        case .payments: say("No payment is on record.")
        case .paymentsBefore(let day): say("Payments are on record since \(day) only.")
        case .events: say("No event of that time is on record.")
        case .participants(let keys):
            keys.count == 1
                ? say("Who took part in “\(event(keys.first ?? ""))” is not on record.")
                : say(
                    "Who took part in these events is not on record: \(Phrase.list(keys.map { event($0) }))."
                )
        case .dayOfParticipation: say("The day of an event in which it took part is not known closely enough.")
        case .dayOfJoining: say("The day on which it joined is not known closely enough.")
        }
    }

    public func eventName(_ key: String) -> String { events[key] ?? key }
    private func event(_ key: String) -> Phrase { events[key].map { .record($0) } ?? .verbatim(key) }

    private func status(_ key: String) -> String {
        charter.versions.reversed().compactMap { $0.status(key)?.name }.first ?? key
    }

    /// The proposal as a decision that cites its rule, its inputs and one sentence that says it all.
    public func decision(_ finding: StandingFinding) -> Decision<String>? {
        guard case .proposed(let evidence) = finding.outcome, let ground = ground(finding.ground, on: evidence.day)
        else {
            return nil
        }
        let last = evidence.lastParticipation.map { "\(eventName($0.event)), \($0.when.latest)" }
        let status = status(ground.leadsTo)
        return Decision(
            rule: Self.rule(finding.ground),
            citation: ground.citation,
            inputs: [
                .init(name: "member", value: finding.member.name),
                .init(name: "day", value: "\(evidence.day)"),
                .init(name: "last participation", value: last ?? "none on record"),
                .init(name: "last payment", value: evidence.lastPayment?.description ?? "none on record"),
                .init(name: "without activity", value: evidence.lapse?.words.english ?? "not asked"),
            ],
            value: ground.leadsTo,
            result: status,
            sentence: "\(finding.member.name): \(status). \(sentence(evidence).english) \(ground.citation.short)"
        )
    }
}

extension DayBetween {
    /// "on 26 Sept 2023", or the days between which it was.
    var words: Phrase {
        earliest == latest ? say("on \(latest)") : say("between \(earliest) and \(latest)")
    }
}
