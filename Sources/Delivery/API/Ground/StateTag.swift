import NIOCore
import Web

/// The entity tag of a record's state. From it can be told whether it ever was a tag of this record: a state that is over
/// is another thing (412) than a text that never was one (409).
enum StateTag {
    /// - Parameters:
    ///   - state: all that belongs to the state.
    ///   - record: the record's key.
    static func make(_ state: [UInt8], of record: String) -> String {
        let hash = digits(ByteBuffer(bytes: state))
        return "\"\(hash)-\(check(hash, record))\""
    }

    static func isOne(_ tag: String, of record: String) -> Bool {
        let parts = tag.dropFirst().dropLast().split(separator: "-", omittingEmptySubsequences: false)
        // A third part says that the state was sent compressed.
        guard parts.count == 2 || (parts.count == 3 && parts[2] == "gz") else { return false }
        return parts[1] == check(String(parts[0]), record)
    }

    private static func check(_ hash: String, _ record: String) -> String {
        String(digits(ByteBuffer(string: "\(record)\n\(hash)")).prefix(8))
    }

    private static func digits(_ bytes: ByteBuffer) -> String { String(Page.tag(of: bytes).dropFirst().dropLast()) }
}
