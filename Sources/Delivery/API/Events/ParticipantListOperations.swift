import Access
import Database
import HTTPTypes
import Languages
import Standing
import Web

/// How a list is read.
private enum ListReading {
    static let column = Parameter.text(
        "name_column",
        "The heading of the column that names the members, where it is called neither member, city nor name.",
        .line(1, 100)
    )
    static let capacity = Parameter.choice(
        "capacity",
        "In which capacity, where a row does not say.",
        Participation.capacities,
        isRequired: true
    )
    static let mode = Parameter.choice("mode", "How, where a row does not say.", Participation.modes, isRequired: true)
    static let isWhole = Parameter.flag("is_whole", "Whether everybody who took part is in it; not so without it.")
}

extension Operation {
    static let listParticipantLists = list(
        "/events/{event}/lists",
        id: "listParticipantLists",
        topic: .events,
        summary: "List the lists of an event",
        detail: "The spreadsheets of who took part that were sent for an event, the latest first: fifty at most.",
        of: Shapes.participantBrief,
        named: "ParticipantLists",
        access: .token(.readMembers, .readMembers),
        parameters: [EventRecords.event]
    ) { try await $0.ask(OneEvent($0.required(EventRecords.event))).lists }

    /// A spreadsheet of who took part in an event, read and put apart.
    static let readParticipantList = Operation(
        .post,
        "/events/{event}/lists",
        id: "readParticipantList",
        topic: .events,
        summary: "Send a list of who took part",
        detail: """
            Reads a spreadsheet with one member a row and puts its rows apart; nothing touches the records. \
            `listParticipantListRows` tells what each would do, `bringInParticipantList` writes all of them.
            """,
        access: .token(.writeEvents, .recordParticipation),
        parameters: [
            EventRecords.event, FileBody.name, FileBody.sheet, ListReading.column, ListReading.capacity,
            ListReading.mode, ListReading.isWhole, WriteHeaders.idempotencyKey,
        ],
        file: .participantSheet,
        answers: [.made(Shapes.participantList, "The list; Location is its address.")]
    ) { call in
        let event = try call.required(EventRecords.event)
        let (name, sheet) = (try call.fileName(), try call.value(FileBody.sheet))
        let (column, isWhole) = (try call.value(ListReading.column), try call.value(ListReading.isWhole) ?? false)
        let (capacity, mode) = (try call.required(ListReading.capacity), try call.required(ListReading.mode))
        let command = try await ReadParticipants.reading { () throws(ParticipationRefusal) in
            try ReadParticipants(
                event: event,
                file: name,
                bytes: call.file,
                sheet: sheet,
                nameColumn: column,
                capacity: capacity,
                mode: mode,
                isWhole: isWhole
            )
        }
        return try await call.make(
            command,
            at: { "/events/\(event)/lists/\($0)" },
            { ParticipantLists.of($0, event, call) }
        )
    }

    static let getParticipantList = one(
        "/events/{event}/lists/{list}",
        id: "getParticipantList",
        topic: .events,
        summary: "Read a list of who took part",
        detail: "One spreadsheet with what bringing it in would do, compared with the records as they are now.",
        of: Shapes.participantList,
        access: .token(.writeEvents, .recordParticipation),
        parameters: [EventRecords.event, ParticipantLists.id]
    ) { try ParticipantLists.of($0) }

    static let listParticipantListRows: Operation = {
        let outcomes = ParticipantRow.Outcome.allCases.map(\.rawValue)
        let outcome = Parameter.choice("outcome", "Rows that come out so.", outcomes)
        let size = 200
        return pages(
            "/events/{event}/lists/{list}/rows",
            id: "listParticipantListRows",
            topic: .events,
            summary: "List the rows of a list",
            detail: "What each row of a list would do; none once it was brought in.",
            of: Shapes.participantRow,
            named: "ParticipantRowPage",
            access: .token(.writeEvents, .recordParticipation),
            parameters: [EventRecords.event, ParticipantLists.id, outcome],
            size: size
        ) { call, page in
            let plan = try await call.ask(ParticipantLists.of(call).reading)
            let wanted = try call.value(outcome)
            let rows = plan.rows.filter { wanted == nil || $0.outcome.rawValue == wanted }
            return Rows(rows: Array(rows.dropFirst((page - 1) * size).prefix(size)), total: rows.count)
        }
    }()

    static let settleParticipantRows = participants(
        .post,
        "/rows",
        id: "settleParticipantRows",
        summary: "Settle rows of a list",
        detail: "Says whom rows mean that can mean several, and which are left out. The rows are compared again.",
        body: [
            .init(
                name: "rows",
                schema: .list("The rows.", of: Schema(.object(row), ""), atMost: 500),
                isRequired: true
            ),
            .init(
                name: "leaves_unknown_out",
                schema: .flag("Whether every row that names no member is left out."),
                isRequired: false
            ),
        ],
        answers: .one(Shapes.participantList, "The list as it is now."),
        command: { id, call in
            SettleRows(
                list: id,
                try await call.settled(),
                leavesUnknownOut: call.body.flag("leaves_unknown_out") ?? false,
                rules: call.context.uploadRules
            )
        },
        answer: { transaction, call in try ParticipantLists.of(call).kept(transaction, call) }
    )

    private static let row = ObjectSchema(
        name: "ParticipantRowDecision",
        isClosed: true,
        [
            .init(name: "line", schema: .integer("Its line in the file.", 1...1_000_000), isRequired: true),
            .init(
                name: "choice",
                schema: .choice(
                    "Whom it means: the `member` of that property, `leave-out` for nobody, `none` for what is found.",
                    ["member", "leave-out", "none"]
                ),
                isRequired: true
            ),
            .init(
                name: "member",
                schema: .text("The member's key; needed where `choice` is `member`.", .key()),
                isRequired: false
            ),
        ]
    )

    static let bringInParticipantList = participants(
        .post,
        "/apply",
        id: "bringInParticipantList",
        summary: "Bring a list in",
        detail: "Writes every row of a list, or nothing.",
        body: [.grounds],
        answers: .one(Shapes.participantList, "The list, which was brought in."),
        command: { id, call in
            BringInParticipants(
                list: id,
                // If-Match is of what each row would do.
                seen: nil,
                grounds: call.body.text("grounds") ?? "",
                rules: call.context.uploadRules
            )
        },
        answer: { transaction, call in try ParticipantLists.of(call).kept(transaction, call) }
    )

    static let dropParticipantList = participants(
        .delete,
        "",
        id: "dropParticipantList",
        summary: "Forget a list",
        detail: "Forgets a list that was read and not brought in.",
        answers: .removed,
        command: { id, _ in DropParticipants(list: id) },
        answer: { _, call in .removed(try call.required(ParticipantLists.id)) }
    )

    private static func participants<C: Command>(
        _ method: HTTPRequest.Method,
        _ end: String,
        id: String,
        summary: String,
        detail: String,
        body: [ObjectSchema.Property]? = nil,
        answers: AnswerDescription,
        command: @escaping @Sendable (String, Call) async throws -> C,
        answer: @escaping @Sendable (Transaction, Call) throws -> KeptAnswer
    ) -> Operation {
        let name = id.prefix(1).uppercased() + id.dropFirst()
        return Operation(
            method,
            "/events/{event}/lists/{list}\(end)",
            id: id,
            topic: .events,
            summary: summary,
            detail: detail,
            access: .token(.writeEvents, .recordParticipation),
            parameters: [
                EventRecords.event, ParticipantLists.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey,
            ],
            body: body.map { ObjectSchema(name: "\(name)Body", isClosed: true, $0) },
            answers: [answers]
        ) { call in
            let made = try await command(call.required(ParticipantLists.id), call)
            return try await call.change(made, on: ParticipantLists.of(call)) { transaction, _ in
                try answer(transaction, call)
            }
        }
    }
}

extension Call {
    /// What was said of rows of a list, by line. Throws `InvalidInput` for rows and members that there are not.
    fileprivate func settled() async throws -> [Int: SettleRows.Choice] {
        let lines = Set(try await ask(ParticipantLists.of(self).reading).rows.map(\.line))
        let rows = body.elements("rows")
        let chosen = rows.filter { $0.text("choice") == "member" }
        let ids = try await memberIDs(chosen.map { $0.text("member") ?? "" }, field: "rows")
        var members = ids.makeIterator()
        var choices: [Int: SettleRows.Choice] = [:]
        for row in rows {
            guard case .integer(let line)? = row["line"], lines.contains(line) else {
                throw InvalidInput("rows", say("The file has no row on one of these lines. Look at the rows again."))
            }
            switch row.text("choice") {
            case "member": choices[line] = members.next().map(SettleRows.Choice.member) ?? SettleRows.Choice.none
            case "leave-out": choices[line] = .leaveOut
            default: choices[line] = SettleRows.Choice.none
            }
        }
        return choices
    }
}
