import Charter
import Dues
import Languages
import Membership

/// A published schedule of fees in the year that it is for, with its amounts.
struct ToldSchedule: Sendable {
    struct Band: Sendable {
        let band: Charter.Band
        let fee: Money
    }

    struct Ruling: Sendable {
        let ruling: Charter.Ruling
        let fee: Money?
    }

    struct Statement: Sendable {
        let statement: Charter.FeeStatement
        let fee: Money?
    }

    let schedule: Charter.FeeSchedule
    let year: FeeYear
    let bands: [Band]
    let rulings: [Ruling]
    let statements: [Statement]

    /// Throws `MoneyError` for a currency that ISO 4217 does not have.
    init(_ schedule: Charter.FeeSchedule, _ year: FeeYear) throws {
        let currency = try Currency(schedule.currency)
        self.schedule = schedule
        self.year = year
        bands = try schedule.bands.map { Band(band: $0, fee: try Money(whole: $0.fee, currency)) }
        rulings = try schedule.rulings.map { ruling in
            guard case .values(_, _, let fee) = ruling.settles else { return Ruling(ruling: ruling, fee: nil) }
            return Ruling(ruling: ruling, fee: try Money(whole: fee, currency))
        }
        statements = try schedule.statements.map { statement in
            let fee = try statement.fee.map { try Money(whole: $0, currency) }
            return Statement(statement: statement, fee: fee)
        }
    }
}

/// A fee with all that it follows from, or why it cannot be told.
struct ToldFee: Sendable {
    let year: FeeYear
    /// Whose it is; `nil` where nobody's was asked for.
    let member: FeeMember?
    let category: String
    let outcome: FeeOutcome
    let schedule: ToldSchedule?
    let amount: Money?
    let isInvented: Bool
    let isAssumed: Bool

    var answer: FeeAnswer? { outcome.answer }
    var band: ToldSchedule.Band? {
        guard let band = answer?.band, let amount else { return nil }
        return ToldSchedule.Band(band: band, fee: amount)
    }

    /// What the published tables say of facts that are only assumed.
    init(_ year: FeeYear, assuming facts: FeeFacts) throws {
        try self.init(year, nil, facts, year.version.fee(facts), isInvented: false, isAssumed: true)
    }

    init(_ year: FeeYear, _ fee: MemberFee) throws {
        try self.init(
            year,
            fee.member,
            fee.facts,
            fee.outcome,
            isInvented: fee.isInvented,
            isAssumed: fee.isAssumed
        )
    }

    private init(
        _ year: FeeYear,
        _ member: FeeMember?,
        _ facts: FeeFacts,
        _ outcome: FeeOutcome,
        isInvented: Bool,
        isAssumed: Bool
    ) throws {
        self.year = year
        self.member = member
        category = facts.category
        self.outcome = outcome
        schedule = try outcome.answer.map { try ToldSchedule($0.schedule, year) }
        amount = try outcome.answer.map { try Money(whole: $0.fee, Currency($0.currency)) }
        self.isInvented = isInvented
        self.isAssumed = isAssumed
    }
}

extension Shapes {
    static let feeSchedule = Shape<ToldSchedule>(
        "FeeSchedule",
        [
            .text("key", "The schedule's key.", .key(), example: "corporations") { $0.schedule.key },
            .text("name", "What it is called.") { $0.schedule.name },
            .integer("year", "The year of the fees.") { $0.year.year },
            .day("billed_on", "The day that decides the year's fees.") { $0.year.billedOn.description },
            .day("version", "The day from which this version of the charter holds.") {
                $0.year.version.effective.description
            },
            .text("category", "The key of the category that it is for.") { $0.schedule.category },
            .objects("kinds", "The kinds of member that it is for; none for the whole category.", Shapes.memberKind) {
                $0.schedule.kinds
            },
            .optionalObject("measure", "What decides the row; null where there are no rows.", Shapes.measure) {
                $0.schedule.measure
            },
            .objects("bands", "Its rows, ascending.", Shapes.feeBand) { $0.bands },
            .objects("rulings", "What was decided about values that the rows leave out.", Shapes.feeRuling) {
                $0.rulings
            },
            .objects("statements", "What sources say of the same fees otherwise.", Shapes.feeStatement) {
                $0.statements
            },
            .optionalText("unpublished", "Why no source prints it; its rows then stand in for those.") {
                $0.schedule.unpublished
            },
            .object("source", "Where it was read.", Shapes.source) { $0.schedule.citation.reference },
            .optionalText("note", "What the author of the charter wants known.") { $0.schedule.note },
        ]
    )

    static let memberKind = Shape<Charter.MemberKind>(
        "MemberKind",
        [
            .text("key", "The kind's key.", .key(), example: "start-up") { $0.key },
            .text("name", "What it is called.") { $0.name },
        ]
    )

    static let measure = Shape<Charter.Measure>(
        "Measure",
        [
            .text("key", "The measure's key.", .key(), example: "employees") { $0.key },
            .text("name", "What it is called.") { $0.name },
            .flag("is_whole_numbers", "Whether it is counted rather than measured.") { $0.isWholeNumbers },
            .integer("at_least", "The least that a value can be.") { $0.atLeast },
        ]
    )

    static let feeBand = Shape<ToldSchedule.Band>(
        "FeeBand",
        [
            .integer("from", "The least value of the row.") { $0.band.from },
            .optionalInteger("to", "The greatest, inclusive; null for no end.") { $0.band.to },
            .money("fee", "The fee of a year.") { $0.fee },
            .optionalText("label", "What members of this row are called.") { $0.band.label },
            .optionalText("printed", "The criterion as the source prints it.") { $0.band.printed },
        ]
    )

    static let feeRuling = Shape<ToldSchedule.Ruling>(
        "FeeRuling",
        [
            .text("key", "The ruling's key.") { $0.ruling.key },
            .optionalInteger("from", "The least value that it settles; null for fractions.") { $0.ruling.range?.from },
            .optionalInteger("to", "The greatest, inclusive; null for no end, and for fractions.") {
                $0.ruling.range?.to
            },
            .optionalMoney("fee", "The fee of a year; null where fractions are dropped.") { $0.fee },
            .day("day", "When it was made.") { $0.ruling.day.description },
            .text("made_by", "By whom.") { $0.ruling.madeBy },
            .text("grounds", "Why.") { $0.ruling.grounds },
            .object("source", "Where it was read.", Shapes.source) { $0.ruling.citation.reference },
        ]
    )

    static let feeStatement = Shape<ToldSchedule.Statement>(
        "FeeStatement",
        [
            .text("text", "What the source says.") { $0.statement.text },
            .optionalMoney("fee", "The fee that it says.") { $0.fee },
            .flag("is_in_force", "Whether the schedule follows it.") { $0.statement.isInForce },
            .text("why", "Why it does, or does not.") { $0.statement.why },
            .object("source", "Where it was read.", Shapes.source) { $0.statement.citation.reference },
        ]
    )
}

extension Shapes {
    static let fee = Shape<ToldFee>(
        "Fee",
        always: ["member", "outcome"],
        [
            .integer("year", "The year of the fee.") { $0.year.year },
            .day("billed_on", "The day that decides it.") { $0.year.billedOn.description },
            .day("version", "The day from which the version of the charter holds that decides it.") {
                $0.year.version.effective.description
            },
            .optionalText("member", "The member's key; null where nobody's fee was asked for.") { $0.member?.key },
            .optionalText("member_name", "The member's name.") { $0.member?.name },
            .text("category", "The key of the category, known or assumed.") { $0.category },
            .text("outcome", "`fee`, `missing` where something must be known first, or `no-schedule`.") {
                $0.outcome.code
            },
            .optionalMoney("amount", "The fee of the whole year; null where it cannot be told.") { $0.amount },
            .text("sentence", "The fee with its reasons, or what is missing.") { $0.outcome.words.english },
            .optionalText("rule", "The id of the charter's rule.", example: "fees.corporations") { $0.answer?.rule },
            .optionalObject("band", "The row that the figure falls in; null where a ruling decides.", Shapes.feeBand) {
                $0.band
            },
            .texts("rulings", "The keys of the rulings that were needed.") { $0.answer?.rulings.map(\.key) ?? [] },
            .optionalText("measure", "The key of what decides the row.") { $0.answer?.measure.key },
            .optionalNumber("value", "The value as the schedule reads it.") { $0.answer?.value },
            .optionalObject("figure", "The figure as it is known, or assumed.", Shapes.feeFigure) { $0.answer?.figure },
            .optionalObject("kind", "The kind of member, where it chose among schedules.", Shapes.feeKind) {
                $0.answer?.kind
            },
            .flag("is_unpublished", "Whether the amounts stand in for a schedule that is not published.") {
                $0.answer?.isUnpublished ?? false
            },
            .flag("is_invented", "Whether it rests on a figure that is made up.") { $0.isInvented },
            .flag("is_assumed", "Whether it rests on something that is only assumed.") { $0.isAssumed },
            .objects("missing", "What has to be known first.", Shapes.feeMissing) { $0.outcome.missingFacts },
            .objects("statements", "What sources say of the same fee otherwise.", Shapes.feeStatement) {
                $0.schedule?.statements ?? []
            },
            .optionalObject("source", "Where the schedule was read.", Shapes.source) {
                $0.answer?.citation.reference
            },
        ]
    )

    static let feeMissing = Shape<FeeMissing>(
        "FeeMissing",
        [
            .text("code", "`kind`, `figure`, `no-row` or `unpublished`.") { $0.code },
            .text("sentence", "The same in a sentence.") { $0.words.english },
            .optionalText("measure", "The key of the figure that is missing, or that no row has.") { $0.measure?.key },
            .objects("kinds", "The kinds that it can be of.", Shapes.memberKind) { $0.kinds },
        ]
    )

    static let feeFigure = Shape<FeeFact<Double>>(
        "FeeFigure",
        factFields(.number("value", "The figure.") { $0.value })
    )

    static let feeKind = Shape<FeeFact<String>>(
        "FeeKind",
        factFields(.text("value", "The key of the kind.") { $0.value })
    )

    private static func factFields<Known>(_ value: Field<FeeFact<Known>>) -> [Field<FeeFact<Known>>] {
        [
            value, .day("as_of", "The first day of the time that it is of.") { $0.asOf.description },
            .text("precision", "That time: a `day`, a `month` or a `year`.") { $0.precision.rawValue },
            .text("source", "Where it is from; empty for what is assumed.") { $0.source },
            .optionalText("locator", "Where in the source.") { $0.locator },
            .flag("is_invented", "Whether it is made up.") { $0.isInvented },
            .flag("is_assumed", "Whether somebody only asks what would be.") { $0.isAssumed },
        ]
    }
}

extension FeeOutcome {
    /// What has to be known before the fee can be told.
    fileprivate var missingFacts: [FeeMissing] {
        if case .missing(let missing) = self { missing } else { [] }
    }
}

extension FeeMissing {
    fileprivate var measure: Charter.Measure? {
        switch self {
        case .figure(let measure): measure
        case .noBand(_, let schedule): schedule.measure
        case .kind, .unpublished: nil
        }
    }

    fileprivate var kinds: [Charter.MemberKind] {
        if case .kind(let choices) = self { choices.map(\.kind) } else { [] }
    }
}

extension Charter.Ruling {
    /// The values that it settles; `nil` for fractions.
    fileprivate var range: (from: Int, to: Int?)? {
        if case .values(let from, let to, _) = settles { (from, to) } else { nil }
    }
}

extension Citation {
    /// As sources of records are told.
    var reference: MemberProfile.Source {
        MemberProfile.Source(code: source, locator: article.map { "Article \($0)" } ?? heading)
    }
}
