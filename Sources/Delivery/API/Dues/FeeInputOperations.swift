import Access
import Charter
import Dues
import HTTPTypes
import Web

extension Shapes {
    static let feeInput = Shape<FeeInput>(
        "FeeInput",
        always: ["id"],
        [
            .text("id", "Its id.") { $0.id },
            .optionalText("member", "The key of the member that it tells of.") { $0.member?.key },
            .optionalText("member_name", "The member's name.") { $0.member?.name },
            .optionalText("country", "Or the country, ISO 3166 alpha-2.") { $0.country },
            .text("measure", "The key of the measure, or `kind` where it tells the kind of the member.") { $0.measure },
            .optionalNumber("value", "The figure; null where it tells the kind.") { $0.figure },
            .optionalText("kind", "The key of the kind.") { $0.kind },
            .day("as_of", "The first day of the time that it is of.") { $0.asOf.description },
            .text("precision", "That time: a `day`, a `month` or a `year`.") { $0.precision.rawValue },
            .text("source", "Where it is from.") { $0.source },
            .optionalText("locator", "Where in the source.") { $0.locator },
            .optionalText("note", "What is to be known of it.") { $0.note },
            .flag("is_invented", "Whether it is made up.") { $0.isInvented },
            .instant("entered_at", "When it was entered.") { $0.enteredAt },
            .text("state", "`in-force`, `corrected` or `withdrawn`.") { $0.state.key },
            .optionalText("reason", "Why it was withdrawn.") { $0.reason },
        ]
    )

    static let importedFeeInputs = Shape<ImportFeeInputs.Outcome>(
        "ImportedFeeInputs",
        [
            .integer("entered", "How many are new.") { $0.entered },
            .integer("corrected", "How many correct one of the same time.") { $0.corrected },
            .integer("known", "How many were on record already.") { $0.known },
        ]
    )
}

extension FeeInput {
    fileprivate var member: (key: String, name: String)? {
        if case .member(_, let key, let name) = subject { (key, name) } else { nil }
    }

    fileprivate var country: String? {
        if case .country(let code) = subject { code } else { nil }
    }

    fileprivate var figure: Double? {
        if case .figure(let value) = content { value } else { nil }
    }

    fileprivate var kind: String? {
        if case .kind(let key) = content { key } else { nil }
    }

    fileprivate var reason: String? {
        if case .withdrawn(let reason) = state { reason } else { nil }
    }
}

private enum FeeInputRecords {
    static let id = Parameter<String>.path("id", "The figure's id.")

    static func of(_ id: String) -> Record<FeeInputs, FeeInput> {
        Record("fee input \(id)", Shapes.feeInput, FeeInputs(id: id)) { found, _ in
            guard let input = found.inputs.first else { throw FeeRefusal.noSuchInput }
            return input
        }
    }

    /// What is sent of a figure.
    static func body(_ context: APIContext) -> ObjectSchema {
        let measures = FeeMeasures(context.charter)
        let kinds = context.categories.flatMap { measures.kinds(of: $0) }.map(\.key)
        return ObjectSchema(
            name: "NewFeeInput",
            isClosed: true,
            [
                .init(
                    name: "member",
                    schema: .text("The member's key; left out for a country's figure.", .key()),
                    isRequired: false
                ),
                .init(
                    name: "country",
                    schema: .choice("The country's code; left out for a member's.", context.countries.keys.sorted()),
                    isRequired: false
                ),
                .init(
                    name: "measure",
                    schema: .choice(
                        "What it is of: a measure of the charter, or `kind`.",
                        measures.measures.map(\.key) + [FeeInput.kindMeasure]
                    ),
                    isRequired: true
                ),
                .init(
                    name: "value",
                    schema: .number("The figure; left out where it tells the kind.", 0...1_000_000_000_000),
                    isRequired: false
                ),
                .init(
                    name: "kind",
                    schema: .choice("The kind of the member, where `measure` is `kind`.", Set(kinds).sorted()),
                    isRequired: false
                ),
                .init(
                    name: "as_of",
                    schema: .text("The day, month or year that it is of.", .printed(4, 10), example: "2022-12-31"),
                    isRequired: true
                ),
                .init(name: "source", schema: .text("Where it is from.", .line(1, 200)), isRequired: true),
                .init(name: "locator", schema: .text("Where in the source.", .line(1, 300)), isRequired: false),
                .init(name: "note", schema: .text("What is to be known of it.", .line(1, 1000)), isRequired: false),
                .init(name: "is_invented", schema: .flag("Whether it is made up."), isRequired: false),
            ]
        )
    }

    static func draft(_ body: JSONValue) -> FeeInputDraft {
        let measure = body.text("measure") ?? ""
        return FeeInputDraft(
            member: body.text("member") ?? "",
            country: body.text("country") ?? "",
            measure: measure,
            value: body.text(measure == FeeInput.kindMeasure ? "kind" : "value") ?? "",
            asOf: body.text("as_of") ?? "",
            source: body.text("source") ?? "",
            locator: body.text("locator") ?? "",
            note: body.text("note") ?? "",
            isInvented: body.flag("is_invented") ?? false
        )
    }
}

extension Operation {
    static func listFeeInputs(_ context: APIContext) -> Operation {
        let member = Parameter.text("member", "Figures of the member with this key.", .key())
        let country = Parameter.choice(
            "country",
            "Figures of this country: two letters, as in ISO 3166.",
            context.countries.keys.sorted()
        )
        let all = Parameter<Bool>.flag("all", "Also what was corrected or withdrawn.")
        return pages(
            "/fee-inputs",
            id: "listFeeInputs",
            topic: .dues,
            summary: "List figures for fees",
            detail: "The figures and kinds of members that were entered for fees, the latest first.",
            of: Shapes.feeInput,
            named: "FeeInputPage",
            access: .token(.readDues, .readDues),
            parameters: [member, country, all],
            size: FeeInputs.pageSize
        ) { call, page in
            let question = FeeInputs(
                member: try call.value(member),
                country: try call.value(country),
                all: try call.value(all) ?? false,
                page: page
            )
            let found = try await call.ask(question)
            return Rows(rows: found.inputs, total: found.total)
        }
    }

    static let getFeeInput = one(
        "/fee-inputs/{id}",
        id: "getFeeInput",
        topic: .dues,
        summary: "Read a figure for fees",
        detail: "One figure, or the kind of one member, with where it is from.",
        of: Shapes.feeInput,
        access: .token(.readDues, .readDues),
        parameters: [FeeInputRecords.id]
    ) { FeeInputRecords.of(try $0.required(FeeInputRecords.id)) }

    static func enterFeeInput(_ context: APIContext) -> Operation {
        Operation(
            .post,
            "/fee-inputs",
            id: "enterFeeInput",
            topic: .dues,
            summary: "Enter a figure for fees",
            detail: """
                Enters a figure of a member or of a country, or the kind of a member, with its source. A second one of \
                the same time corrects the first, which stays on record.
                """,
            access: .token(.writeDues, .enterDues),
            parameters: [WriteHeaders.idempotencyKey],
            body: FeeInputRecords.body(context),
            answers: [.made(Shapes.feeInput, "The figure; Location is its address.")]
        ) { call in
            let draft = FeeInputRecords.draft(call.body)
            // A key, and no name that may be several members'.
            if !draft.member.isEmpty { _ = try await call.memberIDs([draft.member], field: "member") }
            let command = EnterFeeInput(
                draft,
                charter: call.context.charter,
                countries: call.context.uploadCountries
            )
            return try await call.make(command, at: { "/fee-inputs/\($0)" }, { FeeInputRecords.of($0) })
        }
    }

    static let withdrawFeeInput = Operation(
        .post,
        "/fee-inputs/{id}/withdrawal",
        id: "withdrawFeeInput",
        topic: .dues,
        summary: "Withdraw a figure for fees",
        detail: "Takes a figure out of use that was wrong. It stays on record, with the reason.",
        access: .token(.writeDues, .enterDues),
        parameters: [FeeInputRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(name: "FeeInputWithdrawal", isClosed: true, [.grounds]),
        answers: [.one(Shapes.feeInput, "The figure as it is now.")]
    ) { call in
        let id = try call.required(FeeInputRecords.id)
        let command = WithdrawFeeInput(id, grounds: call.body.text("grounds") ?? "")
        return try await call.change(command, on: FeeInputRecords.of(id))
    }

    /// A file of figures, whole or not at all.
    static let importFeeInputs = Operation(
        .post,
        "/fee-input-files",
        id: "importFeeInputs",
        topic: .dues,
        summary: "Import figures for fees",
        detail: """
            Enters every row of a file, or nothing and tells which rows cannot be taken. Its headings: \
            \(ImportFeeInputs.columns.map { "`\($0)`" }.joined(separator: ", ")). What is on record already is left as \
            it is, so that a file can be sent again.
            """,
        access: .token(.writeDues, .enterDues),
        parameters: [FileBody.name, WriteHeaders.idempotencyKey],
        file: .feeSheet,
        answers: [
            AnswerDescription(.created, "What was entered.", Shapes.importedFeeInputs.schema("What was entered.")),
            AnswerDescription(
                .ok,
                "All of it was on record already, so nothing was written.",
                Shapes.importedFeeInputs.schema("What was entered.")
            ),
        ]
    ) { call in
        let (name, bytes, context) = (try call.fileName(), call.file, call.context)
        let command = try await FileReader.read { () throws(FeeRefusal) in
            try ImportFeeInputs(
                file: name,
                bytes: bytes,
                charter: context.charter,
                countries: context.uploadCountries
            )
        }
        return try await call.run(command, tag: nil) { _, outcome in
            KeptAnswer(
                status: outcome.entered + outcome.corrected == 0 ? 200 : 201,
                body: Shapes.importedFeeInputs.writer.bytes(outcome)
            )
        }
    }
}
