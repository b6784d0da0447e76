import Access
import HTTPTypes
import Identity
import Web

extension Shapes {
    static let token = Shape<Caller>(
        "Token",
        [
            .text("id", "The token's id, as the account and the journal show it.") { $0.token.id },
            .text("name", "What it is for, as its maker put it.") { $0.token.name },
            .text("holder", "`person` or `member`.") { $0.token.personID == nil ? "member" : "person" },
            .texts("scopes", "What it may be used for.") { caller in
                (caller.actor.token?.scopes ?? []).map(\.rawValue)
            },
            Field("made_at", .instant("When it was made.")) { $1.text($0.token.madeAt) },
            Field("expires_at", .instant("When it ends.")) { $1.text($0.token.expiresAt) },
        ]
    )
}

extension Operation {
    /// The token with which one asks.
    static let getToken = Operation(
        .get,
        "/token",
        id: "getToken",
        topic: .tokens,
        summary: "Read your token",
        detail: "The token with which you ask: what it may be used for, and how long.",
        access: .anyToken,
        answers: [AnswerDescription(.ok, "The token.", Shapes.token.schema("The token."), headers: [.entityTag])]
    ) { call in
        guard let caller = call.caller else { throw RequestProblem.noToken }
        return Answer(Shapes.token.writer.bytes(caller))
    }
}
