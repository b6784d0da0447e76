import Charter
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

    /// The tag of an answer that tells the day on which it was read: another one each day, of the same state.
    static func dated(_ tag: String, _ day: Day) -> String {
        "\(tag.dropLast())-\(day.description.replacing("-", with: ""))\""
    }

    /// The state's own tag, of one that came back: without the day of the answer and the mark of its compressed form.
    static func state(_ tag: String) -> String {
        let parts = parts(tag)
        guard parts.count > 2, parts.dropFirst(2).allSatisfy(isMark) else { return tag }
        return "\"\(parts[0])-\(parts[1])\""
    }

    static func isOne(_ tag: String, of record: String) -> Bool {
        let parts = parts(state(tag))
        return parts.count == 2 && parts[1] == check(String(parts[0]), record)
    }

    private static func parts(_ tag: String) -> [Substring] {
        tag.dropFirst().dropLast().split(separator: "-", omittingEmptySubsequences: false)
    }

    private static func isMark(_ part: Substring) -> Bool {
        part == "gz" || (part.utf8.count == 8 && part.utf8.allSatisfy { (0x30...0x39).contains($0) })
    }

    private static func check(_ hash: String, _ record: String) -> String {
        String(digits(ByteBuffer(string: "\(record)\n\(hash)")).prefix(8))
    }

    private static func digits(_ bytes: ByteBuffer) -> String { String(Page.tag(of: bytes).dropFirst().dropLast()) }
}
