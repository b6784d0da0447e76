public import Database
public import Foundation
public import Identity
public import Languages

/// The ways in. Nobody is an actor yet, so these are no commands; each counts tries before it looks at anything.
///
/// Words and time never tell whether an address is known: a request for a link is only written down, for everybody, and
/// answered afterwards; a password is compared with something in any case.
public struct SignIn: Sendable {
    let database: Database
    let hasher: PasswordHasher
    let letters: Letters
    let sources: [PersonalDataSource]
    let policy: SignInPolicy

    /// - Parameter sources: what is held on people, some of it by their address, which they can change.
    public init(
        database: Database,
        hasher: PasswordHasher,
        letters: Letters,
        sources: [PersonalDataSource],
        policy: SignInPolicy = SignInPolicy()
    ) {
        self.database = database
        self.hasher = hasher
        self.letters = letters
        self.sources = sources
        self.policy = policy
    }
}

/// How often somebody may try, and how long a session lasts.
public struct SignInPolicy: Sendable {
    /// Tries for one account, known or not, in one window.
    public var triesByAccount: Int
    /// Tries from one network address in one window; many people can share one.
    public var triesByAddress: Int
    /// Seconds.
    public var window: TimeInterval
    public var sessions: SessionPolicy
    /// So long after entering by a link, a new password needs no old one. Seconds.
    public var freshness: TimeInterval

    public init(
        triesByAccount: Int = 5,
        triesByAddress: Int = 30,
        window: TimeInterval = 15 * 60,
        sessions: SessionPolicy = SessionPolicy(),
        freshness: TimeInterval = 15 * 60
    ) {
        self.triesByAccount = triesByAccount
        self.triesByAddress = triesByAddress
        self.window = window
        self.sessions = sessions
        self.freshness = freshness
    }
}

/// From where somebody signs in.
public struct Doorstep: Sendable, Equatable {
    /// The network address, as text.
    public let address: String
    /// What the browser says that it is.
    public let agent: String

    public init(address: String, agent: String) {
        self.address = address
        self.agent = agent
    }

    /// What tries are counted by: an IPv6 customer has 2^64 addresses at least, so their network counts as one.
    package var network: String {
        guard address.contains(":"), !address.contains(".") else { return address }
        let plain = address.split(separator: "%", maxSplits: 1).first.map(String.init) ?? address
        let halves = plain.components(separatedBy: "::")
        let left = halves[0].split(separator: ":").map(String.init)
        let right = halves.count > 1 ? halves[1].split(separator: ":").map(String.init) : []
        let zeros = Array(repeating: "0", count: max(0, 8 - left.count - right.count))
        let groups = (left + zeros + right).map { Int($0, radix: 16) ?? 0 }
        return groups.prefix(4).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }
}

/// What a way in led to.
public struct SignInOutcome: Sendable, Equatable {
    public enum Next: Sendable, Equatable {
        case enter
        /// Roles, or the whole account, wait for the second factor.
        case giveSecondFactor
        /// A role needs a second factor and the person has none yet.
        case setUpSecondFactor
    }

    /// The secret of the session that began; the browser keeps it and nobody else.
    public let session: Secret
    public let personID: String
    public let next: Next
}

/// Why somebody did not come in.
public enum SignInRefusal: Refusal, Equatable {
    /// Seconds to wait.
    case tooManyTries(seconds: Int)
    case wrongPassword
    case worthlessLink
    case wrongCode
    case unknownIdentity
    case sessionOver
    case busy

    public var code: String {
        switch self {
        case .tooManyTries: "sign-in.too-many-tries"
        case .wrongPassword: "sign-in.wrong-password"
        case .worthlessLink: "sign-in.worthless-link"
        case .wrongCode: "sign-in.wrong-code"
        case .unknownIdentity: "sign-in.unknown-identity"
        case .sessionOver: "sign-in.session-over"
        case .busy: "sign-in.busy"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .tooManyTries, .busy: .tooMany
        case .wrongPassword, .wrongCode, .unknownIdentity, .sessionOver: .invalid
        case .worthlessLink: .conflict
        }
    }

    public var sentence: Phrase {
        switch self {
        case .tooManyTries(let seconds):
            say(
                "There were too many tries. Wait \(Self.minutes(seconds)), then try again. If it was not you, nothing happened to your account."
            )
        case .wrongPassword:
            say("This address and this password do not belong together. Try again, or have a link sent to you.")
        case .worthlessLink: say("This link has been used, has expired, or is not complete. Ask for a new one.")
        case .wrongCode:
            say("This code is wrong, or was used already. Wait for the next one in your app, or use a recovery code.")
        case .unknownIdentity:
            say(
                "Nobody here signs in with this account. Sign in with the address to which you were invited, or ask the secretariat."
            )
        case .sessionOver: say("You were signed out meanwhile. Sign in again.")
        case .busy: say("Too many people are signing in at this moment. Try again in a few seconds.")
        }
    }

    private static func minutes(_ seconds: Int) -> String {
        let minutes = max(1, (seconds + 59) / 60)
        return minutes == 1 ? "a minute" : "\(minutes) minutes"
    }
}

/// What a transaction found that must be kept in any case: a refusal that is thrown inside would undo the count of tries.
enum Verdict<Value: Sendable>: Sendable {
    case right(Value)
    case wrong(SignInRefusal)

    func get() throws(SignInRefusal) -> Value {
        switch self {
        case .right(let value): return value
        case .wrong(let refusal): throw refusal
        }
    }
}

extension SignIn {
    /// Counts a try by each bucket; the refusal when one is used up.
    func take(
        _ transaction: Transaction,
        _ what: String,
        account: String?,
        from doorstep: Doorstep,
        now: Date
    ) throws -> SignInRefusal? {
        var buckets = [("\(what):from:\(doorstep.network)", policy.triesByAddress)]
        if let account { buckets.append((bucket(what, account), policy.triesByAccount)) }
        for (bucket, limit) in buckets {
            if try AttemptLimit.take(transaction, bucket: bucket, limit: limit, window: policy.window, now: now) {
                continue
            }
            let wait = try AttemptLimit.retryAfter(
                transaction,
                bucket: bucket,
                limit: limit,
                window: policy.window,
                now: now
            )
            return .tooManyTries(seconds: Int(wait ?? policy.window))
        }
        return nil
    }

    func bucket(_ what: String, _ account: String) -> String { "\(what):account:\(account)" }

    /// Begins a session, whichever way the person came.
    func begin(
        _ transaction: Transaction,
        _ person: Person,
        method: String,
        from doorstep: Doorstep,
        now: Date
    ) throws
        -> SignInOutcome
    {
        try Invitation.accept(transaction, person: person.id, now: now)
        let session = try Session.begin(
            transaction,
            person: person.id,
            method: method,
            secondFactor: false,
            address: doorstep.address,
            agent: doorstep.agent,
            now: now
        )
        let roles = try Grant.inForce(transaction, person: person.id, day: Grant.day(now))
        let next: SignInOutcome.Next =
            if person.hasSecondFactor { .giveSecondFactor } else if roles.contains(where: \.role.needsSecondFactor) {
                .setUpSecondFactor
            } else { .enter }
        return SignInOutcome(session: session, personID: person.id, next: next)
    }
}
