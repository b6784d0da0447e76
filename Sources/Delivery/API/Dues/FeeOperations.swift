import Access
import Charter
import Dues
import HTTPTypes
import Web

/// What a fee is asked by: the year, and what is assumed instead of what is known.
struct FeeParameters: Sendable {
    static let year = Parameter.integer("year", "The year of the fee; this year without it.", 1900...2199)

    private let category: Parameter<String>
    private let kind: Parameter<String>
    private let figures: [Parameter<Double>]

    /// - Parameter isOfMember: whether a member's category stands where none is assumed.
    init(_ context: APIContext, isOfMember: Bool) {
        let measures = FeeMeasures(context.charter)
        let kinds = context.categories.flatMap { measures.kinds(of: $0) }.map(\.key)
        category = .choice(
            "category",
            isOfMember ? "Assumes this category of the charter." : "The key of a category of the charter.",
            context.categories,
            isRequired: !isOfMember
        )
        kind = .choice("kind", "Assumes this kind of member.", Set(kinds).sorted())
        figures = measures.measures.map { measure in
            let detail = "Assumes so many: \(measure.name)."
            let most = 1_000_000_000_000
            let schema: Schema =
                measure.isWholeNumbers ? .integer(detail, 0...most) : .number(detail, 0...Double(most))
            return Parameter<Double>(measure.key, schema) { value in
                switch value {
                case .integer(let number): Double(number)
                case .number(let number): number
                default: nil
                }
            }
        }
    }

    var all: [any AnyParameter] {
        let assumed: [any AnyParameter] = figures
        return [Self.year, category, kind] + assumed
    }

    func assumptions(_ call: Call) throws -> FeeAssumptions {
        var assumed: [String: Double] = [:]
        for figure in figures { assumed[figure.name] = try call.value(figure) }
        return FeeAssumptions(category: try call.value(category), kind: try call.value(kind), figures: assumed)
    }
}

extension Call {
    /// The year of a fee that is asked for. Throws `FeeRefusal.noRules`.
    func feeYear() throws -> FeeYear {
        try FeeYear(value(FeeParameters.year) ?? context.today().year, charter: context.charter)
    }
}

extension Operation {
    /// The published tables of a year.
    static let listFeeSchedules = list(
        "/fees",
        id: "listFeeSchedules",
        topic: .dues,
        summary: "List the schedules of fees",
        detail: """
            The tables by which the fees of a year are told, with what was decided about values that they leave out \
            and what sources say of them otherwise.
            """,
        of: Shapes.feeSchedule,
        named: "FeeSchedules",
        parameters: [FeeParameters.year],
        // A year for which the charter has no rules.
        problems: [.conflict]
    ) { call in
        let year = try call.feeYear()
        return try year.version.feeSchedules.map { try ToldSchedule($0, year) }
    }

    /// What the tables say of facts that somebody assumes. No member's data are in it.
    static func assumeFee(_ context: APIContext) -> Operation {
        let taken = FeeParameters(context, isOfMember: false)
        return Operation(
            .get,
            "/fees/what-if",
            id: "assumeFee",
            topic: .dues,
            summary: "Ask what a fee would be",
            detail: """
                What the tables of a year ask of a member of this category and kind with these figures, with all that \
                it follows from; or what is missing to tell it.
                """,
            parameters: taken.all,
            answers: [.one(Shapes.fee, "The fee."), .problem(.conflict)]
        ) { call in
            let year = try call.feeYear()
            let assumed = try taken.assumptions(call)
            let facts = assumed.applied(to: FeeFacts(category: assumed.category ?? ""), on: year.billedOn)
            return Answer(Shapes.fee.writer.bytes(try ToldFee(year, assuming: facts)))
        }
    }

    /// The fees of everybody.
    static let listFees: Operation = {
        let asOf = Parameter<Day>.day("as_of", "The roll of this day; of the day that decides the fees without it.")
        let outcome = Parameter.choice("outcome", "Fees of this outcome.", ["fee", "missing", "no-schedule"])
        let size = 200
        return pages(
            "/fees/roll",
            id: "listFees",
            topic: .dues,
            summary: "List the fees of everybody",
            detail: "The fee of everybody on the roll with what it follows from, or what is missing, by name.",
            of: Shapes.fee,
            named: "FeePage",
            access: .token(.readDues, .readDues),
            parameters: [FeeParameters.year, asOf, outcome],
            size: size,
            problems: [.conflict]
        ) { call, page in
            let year = try call.value(FeeParameters.year) ?? call.context.today().year
            let question = FeesOfRoll(year: year, on: try call.value(asOf), charter: call.context.charter)
            let found = try await call.ask(question)
            let wanted = try call.value(outcome)
            let fees = found.fees.filter { wanted == nil || $0.outcome.code == wanted }
            return Rows(
                rows: try fees.dropFirst((page - 1) * size).prefix(size).map { try ToldFee(found.year, $0) },
                total: fees.count
            )
        }
    }()

    /// The fee of one member, as it is known or as it would be.
    static func getMemberFee(_ context: APIContext) -> Operation {
        let taken = FeeParameters(context, isOfMember: true)
        return one(
            "/members/{key}/fee",
            id: "getMemberFee",
            topic: .dues,
            summary: "Read the fee of a member",
            detail: """
                The fee of a member for a year with all that it follows from, or what is missing to tell it. Give \
                other figures to see what it would be; nothing is kept of that.
                """,
            of: Shapes.fee,
            access: .token(.readDues, .readMemberDues),
            parameters: [MemberKey.parameter] + taken.all,
            problems: [.conflict]
        ) { call in
            let key = try call.required(MemberKey.parameter)
            let year = try call.value(FeeParameters.year) ?? call.context.today().year
            let question = OwnFee(
                memberID: try await call.memberID(key),
                year: year,
                assuming: try taken.assumptions(call),
                charter: call.context.charter
            )
            return Record("fee of \(key) \(year)", Shapes.fee, question) { found, _ in
                try ToldFee(found.year, found.fee)
            }
        }
    }
}
