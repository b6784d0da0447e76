import Access
import Database
import HTTPTypes
import Identity
import Web

/// A token in a list, with whose it is as everybody knows them.
struct TokenEntry: Sendable {
    let token: APIToken
    /// The key of the member whose it is; `nil` for a person's.
    let member: String?
    /// The name of the person or member, in the list of everybody's.
    let holder: String?

    init(_ token: APIToken, holder: String? = nil, _ transaction: Transaction) throws {
        self.token = token
        self.holder = holder
        // No place but a member has tokens.
        member = try token.placeID.flatMap { try transaction.memberKey($0) }
    }
}

/// The entity tag of a token: of whether it opens anything.
private enum TokenTag {
    static func key(_ id: String) -> String { "token \(id)" }

    static func of(_ token: APIToken) -> String {
        let state = [token.id, token.expiresAt, token.revokedAt ?? ""].joined(separator: "\n")
        return StateTag.make(Array(state.utf8), of: key(token.id))
    }
}

extension Shapes {
    fileprivate static let tokenEntry = Shape<TokenEntry>(
        "TokenEntry",
        [
            .text("id", "The token's id, as the account and the journal show it.") { $0.token.id },
            .text("etag", "Its state, for If-Match.") { TokenTag.of($0.token) },
            .text("name", "What it is for, as its maker put it.") { $0.token.name },
            .optionalText("person", "The id of the person whose it is; null for a member's.") { $0.token.personID },
            .optionalText("member", "The key of the member whose it is; null for a person's.") { $0.member },
            .optionalText("holder_name", "The name of either, in the list of everybody's.") { $0.holder },
            .texts("scopes", "What it may be used for.") { $0.token.scopes },
            .text("made_by", "Who made it: `person:` and an id, or the name of a program.") { $0.token.madeBy },
            .instant("made_at", "When it was made.") { $0.token.madeAt },
            .instant("expires_at", "When it ends.") { $0.token.expiresAt },
            .optionalInstant("last_used_at", "About when it was used last; null for never.") { $0.token.lastUsedAt },
            .optionalInstant("revoked_at", "When it was revoked.") { $0.token.revokedAt },
        ]
    )
}

extension Operation {
    /// One's own tokens.
    static let listOwnTokens = list(
        "/account/tokens",
        id: "listOwnTokens",
        topic: .tokens,
        summary: "List your tokens",
        detail: "The tokens for your own programs, the latest first, those that are over too.",
        of: Shapes.tokenEntry,
        named: "OwnTokens",
        access: .token(.readTokens, .ownAccount)
    ) { call in
        let question = Reading(MyTokens(try call.actor.person.id)) { tokens, transaction in
            try tokens.map { try TokenEntry($0, transaction) }
        }
        return try await call.ask(question)
    }

    static let revokeOwnToken = revocation(
        "/account/tokens/{id}",
        id: "revokeOwnToken",
        summary: "Revoke a token of yours",
        action: .ownAccount
    ) { .own(try $0.actor.person.id) }

    /// The tokens of a member's own programs.
    static let listMemberTokens = list(
        "/members/{key}/tokens",
        id: "listMemberTokens",
        topic: .tokens,
        summary: "List a member's tokens",
        detail: "The tokens for a member's own programs, the latest first, those that are over too.",
        of: Shapes.tokenEntry,
        named: "MemberTokens",
        access: .token(.readTokens, .manageMemberTokens),
        parameters: [MemberKey.parameter]
    ) { call in
        let member = try await call.memberID(call.required(MemberKey.parameter))
        let question = Reading(MemberTokens(member: member)) { tokens, transaction in
            try tokens.map { try TokenEntry($0, transaction) }
        }
        return try await call.ask(question)
    }

    static let revokeMemberToken = revocation(
        "/members/{key}/tokens/{id}",
        id: "revokeMemberToken",
        summary: "Revoke a member's token",
        action: .manageMemberTokens,
        parameters: [MemberKey.parameter]
    ) { .member(try await $0.memberID($0.required(MemberKey.parameter))) }

    /// Everybody's tokens.
    static let listTokens = list(
        "/tokens",
        id: "listTokens",
        topic: .tokens,
        summary: "List everybody's tokens",
        detail: "All tokens with whose they are, the latest first: five hundred at most.",
        of: Shapes.tokenEntry,
        named: "Tokens",
        access: .token(.readTokens, .readTokens)
    ) { call in
        let (places, today) = (call.context.places, call.context.today())
        let question = AllTokens { try places.name($0, of: $1, on: today) }
        return try await call.ask(
            Reading(question) { lines, transaction in
                try lines.map { try TokenEntry($0.token, holder: $0.holder, transaction) }
            }
        )
    }

    static let revokeToken = revocation(
        "/tokens/{id}",
        id: "revokeToken",
        summary: "Revoke anybody's token",
        action: .revokeToken
    ) { _ in .all }

    /// Makes a token worthless.
    ///
    /// - Parameter among: where the token is looked for.
    private static func revocation(
        _ path: String,
        id: String,
        summary: String,
        action: Action,
        parameters: [any AnyParameter] = [],
        among: @escaping @Sendable (Call) async throws -> RevokeToken.Among
    ) -> Operation {
        let wanted = Parameter<String>.path("id", "The token's id.")
        return Operation(
            .post,
            "\(path)/revocation",
            id: id,
            topic: .tokens,
            summary: summary,
            detail: "The token opens nothing any more, at once; that is for good. If-Match is `etag` of the token.",
            access: .token(.revokeTokens, action),
            parameters: parameters + [wanted, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            answers: [.one(Shapes.tokenEntry, "The token as it is now.")]
        ) { call in
            let id = try call.required(wanted)
            let place = try await among(call)
            return try await call.run(
                RevokeToken(id, among: place),
                on: TokenTag.key(id),
                tag: { TokenTag.of(try APIToken.known($0, id, among: place)) },
                answer: { transaction, _ in
                    let token = try APIToken.known(transaction, id, among: place)
                    return KeptAnswer(
                        status: 200,
                        body: Shapes.tokenEntry.writer.bytes(try TokenEntry(token, transaction)),
                        entityTag: TokenTag.of(token)
                    )
                }
            )
        }
    }
}

extension APIToken {
    /// Throws `TokenRefusal.noSuchToken`, for somebody else's too.
    fileprivate static func known(
        _ transaction: Transaction,
        _ id: String,
        among place: RevokeToken.Among
    ) throws -> APIToken {
        guard let token = try find(transaction, id: id), place.has(token) else { throw TokenRefusal.noSuchToken }
        return token
    }
}
