import Crypto
import Foundation

/// The six digits that an authenticator app shows: TOTP (RFC 6238) over HOTP (RFC 4226), SHA-1, steps of 30 seconds.
///
/// SHA-1 because apps ignore other choices; HMAC does not rest on what is broken in it (RFC 6238, appendix, and NIST).
public struct TimeCode: Sendable, Equatable {
    static let period = 30
    static let digits = 6
    /// RFC 4226, section 4, asks for 160 bits.
    static let secretBytes = 20

    let secret: [UInt8]

    /// A new secret.
    init() {
        secret = (0..<Self.secretBytes).map { _ in UInt8.random(in: .min ... .max) }
    }

    /// One that is stored.
    init(secret: [UInt8]) { self.secret = secret }

    /// The secret as people type it into an app that cannot read the picture, in groups of four.
    public var secretText: String {
        let text = Array(Base32.encode(secret))
        return stride(from: 0, to: text.count, by: 4).map { String(text[$0..<min($0 + 4, text.count)]) }
            .joined(separator: " ")
    }

    /// The address in the picture that apps read:
    /// https://github.com/google/google-authenticator/wiki/Key-Uri-Format
    public func uri(issuer: String, account: String) -> String {
        // A colon parts issuer and account, so neither may bring its own.
        let names = [issuer, account].map { PercentEncoding.encode($0.replacing(":", with: " ")) }
        return "otpauth://totp/\(names[0]):\(names[1])?secret=\(Base32.encode(secret))&issuer=\(names[0])"
            + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.period)"
    }

    /// How many steps have passed since 1970.
    static func step(_ now: Date) -> Int { Int((now.timeIntervalSince1970 / Double(period)).rounded(.down)) }

    /// The code of one step (RFC 4226, section 5.3).
    func code(step: Int, digits: Int = TimeCode.digits) -> String {
        let counter = withUnsafeBytes(of: UInt64(max(0, step)).bigEndian) { Array($0) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 0x0f)
        let number = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        var modulus: UInt32 = 1
        for _ in 0..<digits { modulus *= 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code this is: the present one or a neighbour, since clocks differ (RFC 6238, section 5.2), and later
    /// than the last that was used. `nil` for a wrong code.
    func matchingStep(_ code: String, after last: Int?, now: Date) -> Int? {
        let given = code.filter { !$0.isWhitespace && $0 != "-" }
        guard given.utf8.count == Self.digits else { return nil }
        let present = Self.step(now)
        var found: Int?
        // All three are compared, whichever fits.
        for step in (present - 1)...(present + 1) where Secret.isEqual(given, self.code(step: step)) {
            if found == nil, step > last ?? Int.min { found = step }
        }
        return found
    }
}
