import Foundation

/// The proof that one entry stands in the log: a document that is checked without a database.
///
/// As JSON it is what `Documentation/journal.md` describes; hashes, keys and signatures are hexadecimal text.
public struct JournalProof: Sendable, Equatable, Codable {
    public static let format = "hansa-journal-proof-v1"

    /// The fields that the leaf hash is taken over; absent ones are left out.
    public struct Entry: Sendable, Equatable, Codable {
        public var id: String
        public var recordedAt: String
        public var actor: String
        public var action: String
        public var subjectKind: String
        public var subjectID: String
        public var rule: String?
        public var reason: String?
        /// JSON as text: the hash is over its bytes.
        public var before: String?
        public var after: String?
    }

    public var format: String
    public var entry: Entry
    public var leafHash: String
    /// The entry's place, counted from 0.
    public var leafIndex: Int
    /// How many entries the signed head covers.
    public var treeSize: Int
    /// The sibling hashes from the leaf up to the root.
    public var auditPath: [String]
    public var rootHash: String
    public var signedAt: String
    public var signature: String
    public var keyID: String
    public var publicKey: String

    /// Reads a proof. Throws `JournalProofError.notAProof` and `.otherFormat`; what it claims is not checked here.
    public init(json: String) throws(JournalProofError) {
        do {
            self = try JSONDecoder().decode(JournalProof.self, from: Data(json.utf8))
        } catch let error as DecodingError {
            throw .notAProof(Self.sentence(error))
        } catch { throw .notAProof(error.localizedDescription) }
        guard format == Self.format else { throw .otherFormat(format) }
    }

    /// The document, one field a line, keys in alphabetical order.
    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Texts and integers always have a JSON form.
        guard let data = try? encoder.encode(self) else { preconditionFailure("a proof has a JSON form") }
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private static func sentence(_ error: DecodingError) -> String {
        func path(_ keys: [any CodingKey]) -> String { keys.map(\.stringValue).joined(separator: ".") }
        switch error {
        case .keyNotFound(let key, let context): return "the field \(path(context.codingPath + [key])) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "the field \(path(context.codingPath)) has another type"
        case .dataCorrupted: return "it is not JSON"
        @unknown default: return "it cannot be read"
        }
    }
}

extension JournalProof {
    init(entry: JournalEntry, leafIndex: Int, auditPath: [MerkleHash], head: TreeHead, publicKey: JournalPublicKey) {
        format = Self.format
        self.entry = Entry(
            id: entry.id,
            recordedAt: entry.recordedAt,
            actor: entry.actor,
            action: entry.action,
            subjectKind: entry.subject.kind,
            subjectID: entry.subject.id,
            rule: entry.rule,
            reason: entry.reason,
            before: entry.before,
            after: entry.after
        )
        leafHash = entry.leafHash.hex
        self.leafIndex = leafIndex
        treeSize = head.size
        self.auditPath = auditPath.map(\.hex)
        rootHash = head.root.hex
        signedAt = head.signedAt
        signature = Hex.text(head.signature)
        keyID = head.keyID
        self.publicKey = publicKey.hex
    }

    /// The entry as the journal had it.
    public var journalEntry: JournalEntry {
        JournalEntry(
            id: entry.id,
            recordedAt: entry.recordedAt,
            actor: entry.actor,
            action: entry.action,
            subject: .init(entry.subjectKind, entry.subjectID),
            rule: entry.rule,
            reason: entry.reason,
            before: entry.before,
            after: entry.after
        )
    }
}
