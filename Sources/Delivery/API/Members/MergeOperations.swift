import Access
import HTTPTypes
import Languages
import Membership
import Web

extension Shapes {
    static let mergeLine = Shape<MergeForecast.Line>(
        "MergeLine",
        [
            .text("title", "What it is: a name, a status, a figure, …") { $0.title.english },
            .text("text", "What it says.") { $0.text },
            .text("source", "The code of its source; empty where there is none.") { $0.source },
        ]
    )

    static let mergeContradiction = Shape<MergeContradiction>(
        "MergeContradiction",
        [
            .text("topic", "What it is about.") { $0.topic },
            .text("kept", "As the record that is kept has it; this stays in force.") { Phrase.record($0.kept).english },
            .object("kept_source", "Where that was read.", Shapes.source) { $0.keptSource },
            .text("merged", "As the other record has it.") { Phrase.record($0.merged).english },
            .object("merged_source", "Where that was read.", Shapes.source) { $0.mergedSource },
        ]
    )

    static let merge = Shape<MergeForecast>(
        "MergePreview",
        [
            .text("kept", "The key of the record that is kept.") { $0.kept.key },
            .integer("kept_revision", "The number of its state.") { $0.seen.kept },
            .text("merged", "The key of the record that becomes one with it.") { $0.merged.key },
            .integer("merged_revision", "The number of its state.") { $0.seen.merged },
            .objects("moved", "Facts that the kept record does not have.", Shapes.mergeLine) { $0.moved },
            .objects("repeated", "Facts that it has already, word for word.", Shapes.mergeLine) { $0.repeated },
            .objects("filled", "Facts that go into empty places of it.", Shapes.mergeLine) { $0.filled },
            .objects("contradictions", "What both say otherwise.", Shapes.mergeContradiction) { $0.contradictions },
            .texts("others", "What else goes over, with how many.") { $0.others.map(\.english) },
        ]
    )
}

private enum MergeRecord {
    static let other = Parameter<String>.path("other", "The key of the record that becomes one with it.")

    static func of(_ call: Call) throws -> Record<MergePreview, MergeForecast> {
        let (kept, merged) = (try call.required(MemberKey.parameter), try call.required(other))
        let question = MergePreview(keptKey: kept, mergedKey: merged)
        return Record("merge of \(merged) with \(kept)", Shapes.merge, question)
    }
}

extension Operation {
    /// What merging two records would do.
    static let previewMerge = one(
        "/members/{key}/merge/{other}",
        id: "previewMerge",
        topic: .members,
        summary: "Preview merging two records",
        detail: "What would become of everything that the other record holds. Nothing is changed.",
        of: Shapes.merge,
        access: .token(.writeMembers, .mergeMembers),
        parameters: [MemberKey.parameter, MergeRecord.other],
        problems: [.conflict]
    ) { try MergeRecord.of($0) }

    /// One member of two records.
    static let mergeMembers = Operation(
        .post,
        "/members/{key}/merge/{other}",
        id: "mergeMembers",
        topic: .members,
        summary: "Merge two records",
        detail: """
            Makes one member of two records: everything of the other goes over, contradictions are written down, and \
            its key leads to the kept one from then on. If-Match is the ETag of `previewMerge`, so that nothing is \
            merged that was not looked at. This is not undone.
            """,
        access: .token(.writeMembers, .mergeMembers),
        parameters: [
            MemberKey.parameter, MergeRecord.other, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey,
        ],
        body: ObjectSchema(name: "MergeGrounds", isClosed: true, [.grounds]),
        answers: [.member("The member that both records are now.")]
    ) { call in
        let (kept, merged) = (try call.required(MemberKey.parameter), try call.required(MergeRecord.other))
        let command = MergeMembers(
            keptKey: kept,
            mergedKey: merged,
            // If-Match is of both states.
            seen: nil,
            grounds: call.body.text("grounds") ?? "",
            charter: call.context.charter
        )
        let today = call.context.today()
        return try await call.change(command, on: MergeRecord.of(call)) { transaction, _ in
            try KeptAnswer.member(transaction, kept, on: today, status: 200)
        }
    }
}
