import Foundation
import JWTKit
import Languages
import Outbound

/// A provider's discovery document and keys, kept for a while.
actor OpenIDMetadata {
    private static let discoveryLifetime: TimeInterval = 3600
    private static let keysLifetime: TimeInterval = 3600
    /// However many tokens with unknown keys come in, the provider is asked this seldom.
    private static let shortestRefresh: TimeInterval = 60
    static let largestAnswerBytes = 512 * 1024

    private let issuer: OpenIDAddress
    private let web: any WebSending
    private var discovery: (value: OpenIDDiscovery, at: Date)?
    private var keys: (value: OpenIDKeys, at: Date)?
    private var keysAskedAt: Date?
    private var asking: Task<OpenIDKeys, any Error>?

    init(issuer: OpenIDAddress, web: any WebSending) {
        self.issuer = issuer
        self.web = web
    }

    func document(now: Date) async throws -> OpenIDDiscovery {
        if let discovery, Self.isFresh(discovery.at, Self.discoveryLifetime, now) { return discovery.value }
        let base = issuer.text.hasSuffix("/") ? String(issuer.text.dropLast()) : issuer.text
        let what = say("discovery document", context: "what a sign-in provider sends")
        let answer = try await Self.get(web, base + "/.well-known/openid-configuration", what)
        let value = try OpenIDDiscovery(answer, issuer: issuer)
        discovery = (value, now)
        return value
    }

    /// The key of this name and algorithm, asking the provider again when none is known, but at most once a minute.
    func key(named kid: String?, algorithm: String, now: Date) async throws -> JWK? {
        if let keys, Self.isFresh(keys.at, Self.keysLifetime, now),
            let key = keys.value.key(named: kid, algorithm: algorithm)
        {
            return key
        }
        if let asking { return try await asking.value.key(named: kid, algorithm: algorithm) }
        if let keysAskedAt, Self.isFresh(keysAskedAt, Self.shortestRefresh, now) {
            // Keys that could not be renewed are not used on: one may have been withdrawn.
            guard let keys, Self.isFresh(keys.at, Self.keysLifetime, now) else {
                throw OpenIDError.badAnswer(say("its key set could not be had a moment ago"))
            }
            return keys.value.key(named: kid, algorithm: algorithm)
        }
        keysAskedAt = now
        let task = Task { [web] in
            let address = try await document(now: now).keys
            let what = say("key set", context: "what a sign-in provider sends")
            return try OpenIDKeys(try await Self.get(web, address.text, what))
        }
        asking = task
        defer { asking = nil }
        let fresh = try await task.value
        keys = (fresh, now)
        return fresh.key(named: kid, algorithm: algorithm)
    }

    private static func isFresh(_ then: Date, _ lifetime: TimeInterval, _ now: Date) -> Bool {
        abs(now.timeIntervalSince(then)) < lifetime
    }

    private static func get(_ web: any WebSending, _ address: String, _ what: Phrase) async throws -> [UInt8] {
        try await send(web, WebRequest(address, headers: [("Accept", "application/json")]), what)
    }

    /// Sends a request whose answer must be 200 and of bounded size. Throws `OpenIDError.badAnswer`.
    static func send(_ web: any WebSending, _ request: WebRequest, _ what: Phrase) async throws -> [UInt8] {
        let answer: WebAnswer
        do { answer = try await web.send(request) } catch let error as OutboundError {
            throw OpenIDError.badAnswer(say("its \(what) could not be had (\(error.sentence))"))
        }
        guard answer.status == 200 else {
            throw OpenIDError.badAnswer(say("asked for its \(what) it answered \(plain: answer.status)"))
        }
        guard answer.body.count <= largestAnswerBytes else {
            throw OpenIDError.badAnswer(say("its \(what) is larger than \(largestAnswerBytes) bytes"))
        }
        return answer.body
    }
}
