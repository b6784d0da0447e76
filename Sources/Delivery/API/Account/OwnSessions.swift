import Access
import Database
import HTTPTypes
import Identity
import Web

/// The entity tag of a sign-in: not of when it was last seen, which changes with every page that it opens.
private enum SessionTag {
    static func key(_ id: String) -> String { "session \(id)" }

    static func of(_ session: Session) -> String {
        let state = [session.id, session.beganAt, session.secondFactorAt ?? ""].joined(separator: "\n")
        return StateTag.make(Array(state.utf8), of: key(session.id))
    }
}

extension Shapes {
    fileprivate static let session = Shape<Session>(
        "Session",
        [
            .text("id", "The sign-in's id.") { $0.id },
            .text("etag", "Its state, for If-Match.") { SessionTag.of($0) },
            .instant("began_at", "When you signed in.") { $0.beganAt },
            .instant("seen_at", "When it was last used, to the minute.") { $0.seenAt },
            .optionalInstant("second_factor_at", "When the second factor was given.") { $0.secondFactorAt },
            .text("address", "From which address.") { $0.address },
            .text("agent", "What the browser says that it is.") { $0.agent },
            .text("method", "How you signed in: `link`, `password` or `openid`.") { $0.method },
        ]
    )
}

extension Operation {
    /// Where one is signed in.
    static let listSessions = list(
        "/account/sessions",
        id: "listSessions",
        topic: .account,
        summary: "List your sign-ins",
        detail: "The browsers in which you are signed in, the one that was last used first.",
        of: Shapes.session,
        named: "Sessions",
        access: .token(.readAccount, .ownAccount)
    ) { call in
        try await call.ask(MyAccount(call.actor.person.id, policy: call.context.sessions)).sessions
    }

    /// A sign-in that is ended.
    static let endSession: Operation = {
        let wanted = Parameter<String>.path("id", "The sign-in's id.")
        return Operation(
            .delete,
            "/account/sessions/{id}",
            id: "endSession",
            topic: .account,
            summary: "End a sign-in",
            detail: "Signs you out of one browser, at once. If-Match is `etag` of the sign-in.",
            access: .token(.writeAccount, .ownAccount),
            parameters: [wanted, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            answers: [.removed]
        ) { call in
            let (id, person) = (try call.required(wanted), try call.actor.person.id)
            return try await call.run(
                EndSession(.one(id), of: person),
                on: SessionTag.key(id),
                tag: { transaction in
                    let all = try Session.list(transaction, person: person, call.context.sessions, now: call.now)
                    guard let session = all.first(where: { $0.id == id }) else { throw AccountRefusal.noSuchSession }
                    return SessionTag.of(session)
                },
                answer: { _, _ in .removed(id) }
            )
        }
    }()
}
