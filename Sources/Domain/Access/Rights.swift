/// Who may do what: the one table that every service asks, `hansa rights` prints, and the tests walk.
public enum Rights {
    /// How far a right reaches.
    public enum Reach: Sendable, Equatable {
        case none
        /// In the member or body in which the role is held.
        case own
        case everywhere

        /// The sign in the printed table.
        public var mark: String {
            switch self {
            case .none: "·"
            case .own: "own"
            case .everywhere: "all"
            }
        }
    }

    /// One line for each action: `all` everywhere, `own` in the member or body where the role is held, `·` not.
    ///
    /// Columns as in `Role.allCases`.
    private static let text = """
                                adm  off  fin  com  aud  cte  reg  jur  rep  edi  del
        account.own             all  all  all  all  all  all  all  all  all  all  all
        members.read            all  all  all  all  all  ·    ·    ·    ·    ·    ·
        member.edit             all  all  ·    ·    ·    ·    ·    ·    ·    ·    ·
        member.tag              all  all  ·    all  ·    ·    ·    ·    ·    ·    ·
        member.merge            all  all  ·    ·    ·    ·    ·    ·    ·    ·    ·
        members.import          all  all  ·    ·    ·    ·    ·    ·    ·    ·    ·
        members.export          all  all  all  all  all  ·    ·    ·    ·    ·    ·
        members.mail            all  all  ·    all  ·    ·    ·    ·    ·    ·    ·
        view.save               all  all  all  all  ·    ·    ·    ·    ·    ·    ·
        participation.record    all  all  ·    all  ·    ·    ·    ·    ·    ·    ·
        standing.read           all  all  all  ·    all  ·    ·    ·    ·    ·    ·
        standing.propose        all  all  ·    ·    ·    ·    ·    ·    ·    ·    ·
        applications.read       all  all  all  all  all  ·    ·    ·    ·    ·    ·
        applications.handle     all  all  ·    ·    ·    ·    ·    ·    ·    ·    ·
        membership.request      all  all  ·    ·    ·    ·    ·    ·    own  ·    ·
        dues.read               all  all  all  ·    all  ·    ·    ·    ·    ·    ·
        dues.enter              all  all  all  ·    ·    ·    ·    ·    ·    ·    ·
        dues.issue              all  ·    all  ·    ·    ·    ·    ·    ·    ·    ·
        dues.credit             all  ·    all  ·    ·    ·    ·    ·    ·    ·    ·
        dues.request            all  all  all  ·    ·    ·    ·    ·    own  ·    ·
        member-dues.read        all  all  all  ·    all  ·    ·    ·    own  own  ·
        member-dues.certify     all  all  all  ·    ·    ·    ·    ·    own  own  ·
        payments.read           all  ·    all  ·    all  ·    ·    ·    ·    ·    ·
        payments.record         all  ·    all  ·    ·    ·    ·    ·    ·    ·    ·
        portal.read             all  all  all  all  all  ·    ·    ·    own  own  own
        profile.edit            all  all  ·    all  ·    ·    ·    ·    own  own  ·
        fact.propose            ·    ·    ·    ·    ·    ·    ·    ·    own  ·    ·
        member-people.read      all  all  all  all  all  ·    ·    ·    own  own  own
        role.give-member        all  all  ·    ·    ·    ·    ·    ·    own  ·    ·
        role.give-delegate      all  all  ·    ·    ·    ·    ·    ·    own  ·    ·
        member-tokens.manage    all  all  ·    ·    ·    ·    ·    ·    own  ·    ·
        today.read              all  all  all  all  all  ·    ·    ·    ·    ·    ·
        proposals.read          all  all  ·    all  all  ·    ·    ·    ·    ·    ·
        proposal.decide         all  all  ·    ·    ·    ·    ·    ·    ·    ·    ·
        decisions.read          all  all  all  all  all  own  ·    ·    ·    ·    ·
        decision.open           all  all  ·    ·    ·    ·    ·    ·    ·    ·    ·
        decision.withdraw       all  all  ·    ·    ·    ·    ·    ·    ·    ·    ·
        decision.record         all  all  ·    ·    ·    ·    ·    ·    ·    ·    ·
        decision.answer         ·    ·    ·    ·    ·    own  ·    ·    own  ·    own
        people.read             all  all  all  all  all  ·    ·    ·    ·    ·    ·
        person.edit             all  ·    ·    ·    ·    ·    ·    ·    ·    ·    ·
        role.give-body          all  all  ·    ·    ·    ·    ·    ·    ·    ·    ·
        role.give-secretariat   all  ·    ·    ·    ·    ·    ·    ·    ·    ·    ·
        person.erase            all  ·    ·    ·    ·    ·    ·    ·    ·    ·    ·
        journal.read            all  all  ·    ·    all  ·    ·    ·    ·    ·    ·
        mail.read               all  all  ·    all  all  ·    ·    ·    ·    ·    ·
        mail.send               all  all  ·    all  ·    ·    ·    ·    ·    ·    ·
        jobs.read               all  all  ·    ·    all  ·    ·    ·    ·    ·    ·
        job.run                 all  ·    ·    ·    ·    ·    ·    ·    ·    ·    ·
        settings.read           all  ·    ·    ·    all  ·    ·    ·    ·    ·    ·
        tokens.read             all  ·    ·    ·    all  ·    ·    ·    ·    ·    ·
        token.revoke            all  ·    ·    ·    ·    ·    ·    ·    ·    ·    ·
        webhooks.read           all  ·    ·    ·    all  ·    ·    ·    ·    ·    ·
        webhooks.manage         all  ·    ·    ·    ·    ·    ·    ·    ·    ·    ·
        """

    private static let table: [Action: [Role: Reach]] = {
        var table: [Action: [Role: Reach]] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let words = line.split(separator: " ").map(String.init)
            guard let action = words.first.flatMap(Action.init(rawValue:)), words.count == Role.allCases.count + 1
            else {
                preconditionFailure("the table of rights has a line that is none: \(line)")
            }
            let reaches = words.dropFirst().map { word -> Reach in
                switch word {
                case "all": .everywhere
                case "own": .own
                case "·": .none
                default: preconditionFailure("the table of rights has an unknown reach: \(word)")
                }
            }
            table[action] = Dictionary(uniqueKeysWithValues: zip(Role.allCases, reaches))
        }
        precondition(table.count == Action.allCases.count, "the table of rights has one line for each action")
        return table
    }()

    /// How far a role reaches with an action.
    public static func reach(_ role: Role, _ action: Action) -> Reach { table[action]?[role] ?? .none }

    /// Whether a role held at `seat` allows an action at `place`.
    public static func allow(_ role: Role, at seat: Place, _ action: Action, at place: Place) -> Bool {
        switch reach(role, action) {
        case .none: false
        case .own: seat == place
        case .everywhere: true
        }
    }
}
