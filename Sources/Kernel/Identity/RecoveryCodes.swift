import Crypto
public import Database
public import Foundation

/// Ten codes on paper for the day that the telephone is lost; each works once, in place of the second factor.
public enum RecoveryCodes {
    public static let count = 10

    // Crockford's base 32: no i, l, o and u, and who reads them from paper as 1, 1 and 0 is understood. 12 make 60 bits.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let length = 12

    /// Makes a new set in place of the old and returns it as text (`k7m3-p9xw-2r6t`), to be shown once.
    public static func replace(_ transaction: Transaction, person: String) throws -> [String] {
        try remove(transaction, person: person)
        let codes = (0..<count).map { _ in make() }
        try transaction.execute(
            "INSERT INTO recovery_code (person_id, code_hash) VALUES (?, ?)",
            each: codes.map { [.text(person), .blob(hash($0, person: person))] }
        )
        return codes.map(grouped)
    }

    /// Uses a code up. `false` for one that is wrong or was used. Take an `AttemptLimit` first.
    public static func use(_ transaction: Transaction, person: String, code: String, now: Date) throws -> Bool {
        guard let plain = normalized(code) else { return false }
        return try transaction.execute(
            "UPDATE recovery_code SET used_at = ? WHERE person_id = ? AND code_hash = ? AND used_at IS NULL",
            [.text(InstantText.text(now)), .text(person), .blob(hash(plain, person: person))]
        ) == 1
    }

    /// How many of a person's codes were not used.
    public static func left(_ transaction: Transaction, person: String) throws -> Int {
        try transaction.first(
            "SELECT COUNT(*) FROM recovery_code WHERE person_id = ? AND used_at IS NULL",
            [.text(person)]
        ) { try $0.integer(0) } ?? 0
    }

    public static func remove(_ transaction: Transaction, person: String) throws {
        try transaction.execute("DELETE FROM recovery_code WHERE person_id = ?", [.text(person)])
    }

    private static func make() -> String {
        String(decoding: (0..<length).map { _ in alphabet[Int(UInt8.random(in: 0..<32))] }, as: UTF8.self)
    }

    private static func grouped(_ code: String) -> String {
        let letters = Array(code)
        return [letters[0..<4], letters[4..<8], letters[8..<12]].map { String($0) }.joined(separator: "-")
    }

    /// The twelve signs as stored: small, without spaces and hyphens, look-alikes read as what they look like.
    static func normalized(_ text: String) -> String? {
        guard text.utf8.count <= 64 else { return nil }
        let plain = text.lowercased().filter { !$0.isWhitespace && $0 != "-" }
            .replacing("o", with: "0").replacing("i", with: "1").replacing("l", with: "1")
        guard plain.utf8.count == length, plain.utf8.allSatisfy(alphabet.contains) else { return nil }
        return plain
    }

    // 60 random bits need no slow hash. The person stands in it, so that one guess cannot be tried on everybody's at once.
    private static func hash(_ plain: String, person: String) -> [UInt8] {
        Array(SHA256.hash(data: Array("\(person):\(plain)".utf8)))
    }
}
