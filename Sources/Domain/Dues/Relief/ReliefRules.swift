import Charter
import Languages

/// What the charter has to say to a request for relief: a pure function of its version.
struct ReliefRules {
    /// The id of the charter's rule.
    static let rule = "remission"

    /// What holds for a request that can be made.
    struct Terms: Equatable {
        let rule: Rule
        /// The key of the body that decides.
        let body: String
    }

    enum Answer: Equatable {
        case possible(Terms)
        /// Why not, as a sentence.
        case impossible(Phrase)
    }

    let version: CharterVersion

    /// `nil` before the charter's first version.
    init?(charter: Charter, on day: Day) {
        guard let version = charter.version(on: day) else { return nil }
        self.version = version
    }

    /// Whether a body can be asked for this.
    func answer(_ kind: ReliefKind) -> Answer {
        guard let remission = version.remission, let rule = version.rule(Self.rule) else {
            return .impossible(
                say("The charter gives nobody the power to grant relief from dues, so nothing of it can be asked for.")
            )
        }
        if let power = kind.power, !remission.powers.contains(power) {
            let body = Phrase.name(version.body(remission.decidedBy)?.name ?? remission.decidedBy)
            let powers = Phrase.list(remission.powers.map(\.words), .or)
            return .impossible(
                say("By the charter the \(body) may grant \(powers). It has no power to grant \(power.words).")
            )
        }
        return .possible(Terms(rule: rule, body: remission.decidedBy))
    }
}
