import Crypto
import Languages
import Membership
import XML

/// A bank's file: one statement or several, read and checked as a whole.
public struct StatementFile: Sendable, Equatable {
    /// Without its folder.
    public let name: String
    public let sha256: String
    public let statements: [BankStatement]

    public static let largestBytes = 64 << 20
    public static let mostLines = 200_000

    public var lineCount: Int { statements.reduce(0) { $0 + $1.lines.count } }
}

extension StatementFile {
    /// Reads camt.053 in its versions 02 and 08 by itself, and CSV as a mapping tells.
    ///
    /// Throws `StatementRefusal`. Work for a processor: not for the shared threads when the file is large.
    public init(name: String, bytes: [UInt8], mapping: StatementMapping? = nil) throws(StatementRefusal) {
        guard !bytes.isEmpty else { throw .unreadable(say("The file is empty. Have the bank export it again.")) }
        guard bytes.count <= Self.largestBytes else {
            throw .tooLarge(
                say("The file has \(bytes.count >> 20) MB; \(Self.largestBytes >> 20) MB are allowed. Split it.")
            )
        }
        self.name = UploadFile.safeName(name)
        sha256 = Self.hash(bytes)
        if Self.isXML(bytes) {
            statements = try CamtReader.read(bytes, part: self.name)
        } else if let mapping {
            statements = [try CSVStatement.read(bytes, mapping)]
        } else {
            throw .needsMapping
        }
        guard lineCount <= Self.mostLines else {
            throw .tooLarge(say("The file has \(lineCount) bookings; \(Self.mostLines) are allowed. Split it."))
        }
    }

    private static func isXML(_ bytes: [UInt8]) -> Bool {
        let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        // UTF-16 with its mark begins with these two; as XML it is refused with words, as CSV it would be a riddle.
        let wide = [[0xff, 0xfe, UInt8(ascii: "<"), 0], [0xfe, 0xff, 0, UInt8(ascii: "<")]]
        return bytes.dropFirst(start).first == UInt8(ascii: "<") || wide.contains { bytes.starts(with: $0) }
    }

    static func hash(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let hash = SHA256.hash(data: bytes)
        return String(decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
