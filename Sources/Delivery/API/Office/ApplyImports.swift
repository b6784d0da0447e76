import Access
import HTTPTypes
import Membership
import Synchronization
import Web

extension Operation {
    /// Written in one transaction, after the answer: a large file takes longer than a client waits.
    static let applyImport = Operation(
        .post,
        "/imports/{id}/apply",
        id: "applyImport",
        topic: .office,
        summary: "Apply an import",
        detail: """
            Writes every accepted row, or nothing. The answer comes at once; `getImport` tells how far it is, and in \
            `failure` why nothing was written.
            """,
        access: .token(.writeImports, .importMembers),
        parameters: [ImportRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        answers: [
            AnswerDescription(
                .accepted,
                "The import, which is being applied.",
                Shapes.importRecord.schema("The import."),
                headers: [.entityTag]
            )
        ]
    ) { call in
        let id = try call.required(ImportRecords.id)
        let (record, claim) = (ImportRecords.of(id), ImportClaim())
        let answer = try await call.change(BeginImport(import: id), on: record) { transaction, taken in
            claim.put(taken)
            return try record.kept(transaction, call, status: 202)
        }
        // A request that comes again finds it in hand, or done.
        guard let taken = claim.value else { return answer }
        let (context, actor) = (call.context, try call.actor)
        let run = ImportRun(database: context.database, rules: context.uploadRules, now: context.now)
        Task { try await run.apply(id, claim: taken, as: actor) }
        return answer
    }
}

/// What an import was taken in hand with, handed out of the transaction that took it.
private final class ImportClaim: Sendable {
    private let taken = Mutex<String?>(nil)

    var value: String? { taken.withLock { $0 } }

    func put(_ claim: String) { taken.withLock { $0 = claim } }
}
