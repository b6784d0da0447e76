import Access
import Charter
import Files
import HTTPTypes
import Membership
import Web

extension ExportFormat {
    fileprivate static let parameter = Parameter.choice(
        "format",
        "The kind of file; CSV without it.",
        allCases.map(\.rawValue)
    )

    fileprivate static func read(_ call: Call) throws -> ExportFormat {
        try call.value(parameter).flatMap(ExportFormat.init(rawValue:)) ?? .csv
    }

    fileprivate var contentType: ContentType {
        switch self {
        case .csv: .csv
        case .xlsx: .workbook
        case .json: .json
        }
    }
}

extension Operation {
    /// The members' table as a file.
    static func exportMembers(_ context: APIContext) -> Operation {
        let roll = RollParameters(context)
        let columns = Parameter<[String]>(
            "columns",
            .list(
                "The columns beside key, name and other names, with commas between; those of the console's table "
                    + "without it.",
                of: .choice("A column.", MemberColumn.allCases.map(\.rawValue)),
                atLeast: 1,
                isUnique: true
            )
        ) { value in
            guard case .list(let values) = value else { return nil }
            return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
        }
        return export(
            "/member-table",
            id: "exportMembers",
            summary: "Take the members' table out",
            detail: """
                The members that `listMembers` lists with the same parameters, as a file, with columns of the \
                console's table. The journal notes each time who took what, so an answer is never kept for another.
                """,
            parameters: roll.all + [columns]
        ) { call, format in
            let filter = try roll.filter(call)
            let names = try call.value(columns) ?? MemberColumn.standard.map(\.rawValue)
            // In the one order that there is.
            let shown = MemberColumn.allCases.filter { names.contains($0.rawValue) }
            let command = ExportMembers(filter, columns: shown, as: format)
            let rows = try await call.context.database.run(command, as: call.actor, now: call.now)
            return (try await MemberFile.bytes(rows, shown, as: format), filter.day)
        }
    }

    /// The records as a sheet that an import takes.
    static let exportMemberSheet = export(
        "/member-sheet",
        id: "exportMemberSheet",
        summary: "Take the members out as a sheet for an import",
        detail: """
            All that ever were members, with the columns that `stageImport` knows: sent back as it is, the sheet \
            changes nothing. The journal notes each time who took it.
            """
    ) { call, format in
        let command = ExportMemberSheet(rules: call.context.uploadRules, as: format)
        let sheet = try await call.context.database.run(command, as: call.actor, now: call.now)
        return (try await sheet.bytes(as: format), call.context.today())
    }

    /// A file of members. It is only read; the note that reading it leaves in the journal is a log of access, and whoever
    /// asks again takes the members out again. On the site it is a form, since a browser follows links by itself.
    ///
    /// - Parameter file: the bytes, and the day that the file is of.
    private static func export(
        _ path: String,
        id: String,
        summary: String,
        detail: String,
        parameters: [any AnyParameter] = [],
        file: @escaping @Sendable (Call, ExportFormat) async throws -> (bytes: [UInt8], day: Day)
    ) -> Operation {
        Operation(
            .get,
            path,
            id: id,
            topic: .members,
            summary: summary,
            detail: detail,
            access: .token(.exportMembers, .exportMembers),
            parameters: parameters + [ExportFormat.parameter],
            answers: [
                AnswerDescription(
                    .ok,
                    "The file.",
                    nil,
                    files: ["text/csv", FileType.xlsx.mediaType, "application/json"],
                    headers: [.entityTag]
                ),
                .problem(.conflict),
            ]
        ) { call in
            let format = try ExportFormat.read(call)
            let (bytes, day) = try await file(call, format)
            return Answer(
                bytes,
                contentType: format.contentType,
                headers: [.contentDisposition: contentDisposition("members-\(day).\(format.rawValue)")]
            )
        }
    }
}
