import Access
import Charter
import Dues
import HTTPTypes
import Languages
import Web

/// What a run of a year would do, in numbers.
struct DuesPlanSummary: Sendable {
    let plan: DuesPlan
    /// What the invoices to be written ask for together.
    let totals: [Money]

    /// Throws `MoneyError.overflow`.
    init(_ plan: DuesPlan) throws {
        self.plan = plan
        totals = try plan.totals()
    }

    fileprivate func count(_ key: String) -> Int { plan.lines.count { $0.outcome.key == key } }
}

extension DuesPlan.Outcome {
    fileprivate static let keys = ["invoice", "invoiced", "made-up", "nothing", "missing", "no-schedule"]
    fileprivate static let told = keys.map { "`\($0)`" }.joined(separator: ", ")

    fileprivate var key: String {
        switch self {
        case .invoice: "invoice"
        case .invoiced: "invoiced"
        case .madeUp: "made-up"
        case .nothing: "nothing"
        case .missing: "missing"
        case .noSchedule: "no-schedule"
        }
    }

    fileprivate var planned: PlannedInvoice? {
        if case .invoice(let planned) = self { planned } else { nil }
    }

    fileprivate var number: String? {
        switch self {
        case .invoiced(let number), .madeUp(let number): number
        case .invoice, .nothing, .missing, .noSchedule: nil
        }
    }

    fileprivate var missingFacts: [FeeMissing] {
        if case .missing(let missing) = self { missing } else { [] }
    }

    fileprivate var words: Phrase? {
        switch self {
        case .invoice(let planned): planned.explanation
        case .nothing(let why): why
        case .missing(let missing): .joined(missing.map(\.words), by: " ")
        case .madeUp: DuesPlan.madeUpWords
        case .invoiced, .noSchedule: nil
        }
    }
}

extension Shapes {
    static let duesPlan = Shape<DuesPlanSummary>(
        "DuesPlan",
        [
            .integer("year", "The year of the fees.") { $0.plan.year },
            .day("billed_on", "The day that decides the fees.") { $0.plan.billedOn.description },
            .day("issued_on", "The day that the invoices would bear.") { $0.plan.issuedOn.description },
            .day("due_on", "The day on which they would be due.") { $0.plan.dueOn.description },
            .day("version", "The day from which the version of the charter holds that decides.") {
                $0.plan.charterDay.description
            },
            .integer("invoice", "How many members would get an invoice.") { $0.count("invoice") },
            .integer("invoiced", "How many have one already.") { $0.count("invoiced") },
            .integer("made_up", "How many get none because their invoice of the year is made up.") {
                $0.count("made-up")
            },
            .integer("nothing", "How many owe nothing for the year.") { $0.count("nothing") },
            .integer("missing", "Of how many the fee cannot be told.") { $0.count("missing") },
            .integer("no_schedule", "How many are of a category without a fee.") { $0.count("no-schedule") },
            .objects("totals", "What the invoices would ask for together, by currency.", Shapes.money) { $0.totals },
        ]
    )

    static let duesPlanLine = Shape<DuesPlan.Line>(
        "DuesPlanLine",
        always: ["member", "outcome"],
        [
            .text("member", "The member's key.") { $0.member.key },
            .text("member_name", "The member's name.") { $0.member.name },
            .text("category", "The key of its category.") { $0.member.category },
            .text("outcome", "One of \(DuesPlan.Outcome.told).") { $0.outcome.key },
            .optionalMoney("fee", "The fee of the whole year, where it would get an invoice.") {
                $0.outcome.planned?.fee
            },
            .optionalMoney("amount", "What the invoice would ask for, before relief.") { $0.outcome.planned?.amount },
            .optionalMoney("relief", "What relief in force lowers it by.") { $0.outcome.planned?.relief },
            .optionalMoney("to_pay", "What is then to be paid.") { $0.outcome.planned?.toPay },
            .optionalInteger("months", "How many months of the year it would ask for.") {
                $0.outcome.planned?.share.months
            },
            .optionalText("rule", "The id of the charter's rule.") { $0.outcome.planned?.answer.rule },
            .optionalText("number", "The number of the invoice that it has already.") { $0.outcome.number },
            .optionalText("sentence", "How the amount comes about, or why there is none.") {
                $0.outcome.words?.english
            },
            .objects("missing", "What has to be known first.", Shapes.feeMissing) { $0.outcome.missingFacts },
            .flag("is_invented", "Whether it would rest on something made up.") {
                $0.outcome.planned?.isInvented ?? false
            },
        ]
    )

    static let duesRun = Shape<DuesRun>(
        "DuesRun",
        [
            .text("id", "The run's id.") { $0.id },
            .integer("year", "The year of the fees.") { $0.year },
            .day("issued_on", "The day that its invoices bear.") { $0.issuedOn.description },
            .instant("started_at", "When it was started.") { $0.startedAt },
            .text("started_by", "By whom: `person:`, `token:` and an id, or the name of a program.") { $0.startedBy },
            .optionalInstant("finished_at", "When it came to its end; null while invoices may be left to write.") {
                $0.finishedAt
            },
            .integer("invoices", "How many invoices it has written.") { $0.invoices },
            .objects("problems", "Whose invoice could not be written, once it is at its end.", Shapes.duesRunProblem) {
                $0.problems
            },
            .flag("is_invented", "Whether it is made up, to try the program.") { $0.isInvented },
        ]
    )

    static let duesRunProblem = Shape<DuesRun.Problem>(
        "DuesRunProblem",
        [
            .text("member", "The member's key.") { $0.memberKey },
            .text("sentence", "Why.") { $0.words.english },
        ]
    )
}

private enum DuesPlans {
    static let issuedOn = Parameter<Day>.day("issued_on", "The day that the invoices would bear; today without it.")

    static func question(_ call: Call) throws -> PlanDues {
        PlanDues(
            try call.value(FeeParameters.year) ?? call.context.today().year,
            issuedOn: try call.value(issuedOn),
            charter: call.context.charter
        )
    }
}

private enum DuesRunRecords {
    static let id = Parameter<String>.path("id", "The run's id.")

    static func of(_ id: String) -> Record<DuesRuns, DuesRun> {
        Record("dues run \(id)", Shapes.duesRun, DuesRuns(id: id)) { runs, _ in
            guard let run = runs.first else { throw DuesRefusal.noSuchRun }
            return run
        }
    }
}

extension Operation {
    static let getDuesPlan = one(
        "/dues-plan",
        id: "getDuesPlan",
        topic: .dues,
        summary: "Read what a run would do",
        detail: "What writing the invoices of a year would come to, in numbers. Nothing is written.",
        of: Shapes.duesPlan,
        access: .token(.readDues, .readDues),
        parameters: [FeeParameters.year, DuesPlans.issuedOn],
        problems: [.conflict]
    ) { call in
        Record("dues plan", Shapes.duesPlan, try DuesPlans.question(call)) { plan, _ in try DuesPlanSummary(plan) }
    }

    static let listDuesPlan: Operation = {
        let outcome = Parameter.choice("outcome", "Members of whom this becomes.", DuesPlan.Outcome.keys)
        let size = 200
        return pages(
            "/dues-plan/lines",
            id: "listDuesPlan",
            topic: .dues,
            summary: "List what a run would do",
            detail: "What writing the invoices of a year would do, member by member in the order of their keys.",
            of: Shapes.duesPlanLine,
            named: "DuesPlanPage",
            access: .token(.readDues, .readDues),
            parameters: [FeeParameters.year, DuesPlans.issuedOn, outcome],
            size: size,
            problems: [.conflict]
        ) { call, page in
            let plan = try await call.ask(DuesPlans.question(call))
            let wanted = try call.value(outcome)
            let lines = plan.lines.filter { wanted == nil || $0.outcome.key == wanted }
            return Rows(rows: Array(lines.dropFirst((page - 1) * size).prefix(size)), total: lines.count)
        }
    }()

    static let listDuesRuns = list(
        "/dues-runs",
        id: "listDuesRuns",
        topic: .dues,
        summary: "List runs of invoices",
        detail: "The goes at writing the invoices of a year, the latest first: fifty at most.",
        of: Shapes.duesRun,
        named: "DuesRuns",
        access: .token(.readDues, .readDues)
    ) { try await $0.ask(DuesRuns()) }

    static let getDuesRun = one(
        "/dues-runs/{id}",
        id: "getDuesRun",
        topic: .dues,
        summary: "Read a run of invoices",
        detail: "How far one go at writing the invoices of a year is, and what could not be written.",
        of: Shapes.duesRun,
        access: .token(.readDues, .readDues),
        parameters: [DuesRunRecords.id]
    ) { DuesRunRecords.of(try $0.required(DuesRunRecords.id)) }

    /// The job writes the invoices; a run of a large network takes longer than a client waits.
    static let startDuesRun = Operation(
        .post,
        "/dues-runs",
        id: "startDuesRun",
        topic: .dues,
        summary: "Write the invoices of a year",
        detail: """
            Starts a run, which writes an invoice for each member that `listDuesPlan` says gets one, within a minute \
            or so; `getDuesRun` tells how far it is. Who has an invoice of the year gets no second one, and a run of \
            the same year and day that is not at its end is gone on with.
            """,
        access: .token(.writeDues, .issueDues),
        parameters: [WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewDuesRun",
            isClosed: true,
            [
                .init(name: "year", schema: .integer("The year of the fees.", 1900...2199), isRequired: true),
                .init(
                    name: "issued_on",
                    schema: .day("The day that the invoices bear, not in the future; today without it."),
                    isRequired: false
                ),
            ]
        ),
        answers: [.made(Shapes.duesRun, "The run; Location is its address.")]
    ) { call in
        let command = StartDuesRun(
            call.body.integer("year") ?? 0,
            issuedOn: call.body.text("issued_on") ?? "",
            charter: call.context.charter
        )
        return try await call.make(command, at: { "/dues-runs/\($0)" }, { DuesRunRecords.of($0) })
    }
}
