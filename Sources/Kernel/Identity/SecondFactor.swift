public import Database
public import Foundation

/// Why a second factor could not be set up.
public enum SecondFactorError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is one already; a new secret must not silently take its place.
    case alreadyConfirmed
    /// There is no such person, or nothing is held on them any more.
    case noPerson

    public var description: String {
        switch self {
        case .alreadyConfirmed: "A second factor is set up already. Remove it first, then set up the new one."
        case .noPerson: "There is no such account, so no second factor can be set up for it."
        }
    }
}

/// A person's authenticator app: set up, confirmed by a first code, then asked for at sign-in.
public enum SecondFactor {
    /// Keeps a new secret that counts for nothing until it is confirmed. Throws `SecondFactorError`.
    public static func begin(_ transaction: Transaction, person: String) throws -> TimeCode {
        let code = TimeCode()
        let kept = try transaction.execute(
            """
            UPDATE person SET totp_secret = ?, totp_last_step = NULL
            WHERE id = ? AND totp_confirmed_at IS NULL AND erased_at IS NULL
            """,
            [.blob(code.secret), .text(person)]
        )
        if kept == 1 { return code }
        throw try state(transaction, person)?.confirmed == true
            ? SecondFactorError.alreadyConfirmed : SecondFactorError.noPerson
    }

    /// The secret that waits for its first code, to show the page again; `nil` when none waits.
    public static func pending(_ transaction: Transaction, person: String) throws -> TimeCode? {
        guard let state = try state(transaction, person), !state.confirmed else { return nil }
        return state.secret.map(TimeCode.init(secret:))
    }

    /// Takes the first code from the app: from now on the factor counts. `false` for a wrong code.
    public static func confirm(_ transaction: Transaction, person: String, code: String, now: Date) throws -> Bool {
        guard let pending = try pending(transaction, person: person),
            let step = pending.matchingStep(code, after: nil, now: now)
        else { return false }
        return try transaction.execute(
            """
            UPDATE person SET totp_confirmed_at = ?, totp_last_step = ?
            WHERE id = ? AND totp_confirmed_at IS NULL AND totp_secret = ?
            """,
            [.text(InstantText.text(now)), .int(step), .text(person), .blob(pending.secret)]
        ) == 1
    }

    /// Whether the code is right. Each code counts once (RFC 6238, section 5.2): what somebody read over a shoulder is used.
    ///
    /// A million codes are soon tried: take an `AttemptLimit` first.
    public static func check(_ transaction: Transaction, person: String, code: String, now: Date) throws -> Bool {
        guard let state = try state(transaction, person), state.confirmed, let secret = state.secret,
            let step = TimeCode(secret: secret).matchingStep(code, after: state.lastStep, now: now)
        else { return false }
        return try transaction.execute(
            """
            UPDATE person SET totp_last_step = ?
            WHERE id = ? AND totp_confirmed_at IS NOT NULL AND (totp_last_step IS NULL OR totp_last_step < ?)
            """,
            [.int(step), .text(person), .int(step)]
        ) == 1
    }

    /// Removes the factor, confirmed or not, and its recovery codes.
    public static func remove(_ transaction: Transaction, person: String) throws {
        try transaction.execute(
            "UPDATE person SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL WHERE id = ?",
            [.text(person)]
        )
        try RecoveryCodes.remove(transaction, person: person)
    }

    private static func state(
        _ transaction: Transaction,
        _ person: String
    ) throws
        -> (secret: [UInt8]?, confirmed: Bool, lastStep: Int?)?
    {
        try transaction.first(
            "SELECT totp_secret, totp_confirmed_at, totp_last_step FROM person WHERE id = ? AND erased_at IS NULL",
            [.text(person)]
        ) { row in (row.optionalBlob(0), row.optionalText(1) != nil, try row.optionalInteger(2)) }
    }
}
