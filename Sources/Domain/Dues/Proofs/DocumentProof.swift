public import Charter
import Crypto
import Database
import Foundation
public import Languages

/// A document that was issued: what stands on it, and the code by which anybody can ask whether it is genuine.
public struct DocumentProof: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case invoice
        case creditNote = "credit-note"
        case receipt, certificate

        public var words: Phrase {
            switch self {
            case .invoice: say("Invoice")
            case .creditNote: say("Credit note")
            case .receipt: say("Receipt")
            case .certificate: say("Certificate of dues")
            }
        }
    }

    /// 32 letters and digits, 160 bits by chance.
    public let code: String
    public let kind: Kind
    /// The invoice's, credit note's or payment's id; of a certificate its year.
    public let subjectID: String
    public let memberID: String
    /// As the member was called when it was issued.
    public let memberName: String
    public let number: String
    public let day: Day
    public let amount: Money
    /// Whether it rests on something made up.
    public let isInvented: Bool
    public let issuedAt: String
    /// SHA-256 over what stands on it, as 64 hexadecimal digits.
    public let hash: String

    /// A document that is being issued, with a code of its own.
    init(
        _ kind: Kind,
        subject: String,
        member: String,
        memberName: String,
        number: String,
        day: Day,
        amount: Money,
        isInvented: Bool,
        now: Date
    ) {
        code = Self.makeCode()
        self.kind = kind
        subjectID = subject
        memberID = member
        self.memberName = memberName
        self.number = number
        self.day = day
        self.amount = amount
        self.isInvented = isInvented
        issuedAt = InstantText.text(now)
        hash = Self.hash([code, kind.rawValue, subject, memberName, number, day.description, amount.journal])
    }

    /// Whether the row says what was issued.
    var isWhole: Bool {
        hash == Self.hash([code, kind.rawValue, subjectID, memberName, number, day.description, amount.journal])
    }

    /// The code in groups of four, as people read it.
    public var groupedCode: String { CheckDigits.grouped(code) }

    // Crockford's letters: none that can be taken for another.
    private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")

    private static func makeCode() -> String {
        var generator = SystemRandomNumberGenerator()
        return String((0..<32).map { _ in letters[Int.random(in: 0..<32, using: &generator)] })
    }

    /// The code that somebody typed: spaces and hyphens are left out, and what can be taken for a digit is one.
    static func code(typed: String) -> String {
        String(
            typed.lowercased().prefix(200).compactMap { letter -> Character? in
                switch letter {
                case " ", "-": nil
                case "o": "0"
                case "i", "l": "1"
                default: letter
                }
            }
        )
    }

    // A sign that no name holds stands between the parts, so that no two contents are one text.
    private static func hash(_ parts: [String]) -> String {
        SHA256.hash(data: Array(parts.joined(separator: "\u{1f}").utf8)).map { byte in
            String(String(Int(byte) + 256, radix: 16).dropFirst())
        }.joined()
    }
}

extension DocumentProof {
    private static let columns = """
        code, kind, subject_id, member_id, member_name, number, day, currency, amount_minor, invented, issued_at,
        content
        """

    private init(row: Row) throws {
        guard let kind = Kind(rawValue: try row.text(1)), let day = Day(try row.text(6)) else {
            throw DatabaseError.decoding(column: 1, expected: "a kind of document, and its day")
        }
        code = try row.text(0)
        self.kind = kind
        subjectID = try row.text(2)
        memberID = try row.text(3)
        memberName = try row.text(4)
        number = try row.text(5)
        self.day = day
        amount = Money(minor: try row.integer(8), try Currency(try row.text(7)))
        isInvented = try row.flag(9)
        issuedAt = try row.text(10)
        hash = try row.text(11)
    }

    static func find(_ transaction: Transaction, code: String) throws -> DocumentProof? {
        try transaction.first("SELECT \(columns) FROM document_proof WHERE code = ?", [.text(code)]) {
            try DocumentProof(row: $0)
        }
    }

    static func find(_ transaction: Transaction, number: String) throws -> DocumentProof? {
        try transaction.first("SELECT \(columns) FROM document_proof WHERE number = ?", [.text(number)]) {
            try DocumentProof(row: $0)
        }
    }

    /// The documents of this kind about a subject that were issued to a member, the earliest first.
    static func all(
        _ transaction: Transaction,
        _ kind: Kind,
        subject: String,
        member: String
    ) throws -> [DocumentProof] {
        try transaction.query(
            """
            SELECT \(columns) FROM document_proof WHERE kind = ? AND subject_id = ? AND member_id = ?
            ORDER BY issued_at, code
            """,
            [.text(kind.rawValue), .text(subject), .text(member)]
        ) { try DocumentProof(row: $0) }
    }

    static func insert(_ transaction: Transaction, _ proofs: [DocumentProof]) throws {
        try transaction.execute(
            "INSERT INTO document_proof (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            each: proofs.map { proof in
                [
                    .text(proof.code), .text(proof.kind.rawValue), .text(proof.subjectID), .text(proof.memberID),
                    .text(proof.memberName), .text(proof.number), .text(proof.day.description),
                    .text(proof.amount.currency.code), .int(proof.amount.minor), .flag(proof.isInvented),
                    .text(proof.issuedAt), .text(proof.hash),
                ]
            }
        )
    }
}
