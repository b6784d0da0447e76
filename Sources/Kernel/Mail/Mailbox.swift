/// A name and an address, as in a mail's From and To.
public struct Mailbox: Sendable, Equatable {
    public let name: String?
    public let address: String

    /// Throws `badAddress`, `controlCharacter` or `tooLong`.
    public init(name: String? = nil, address: String) throws(MailProblem) {
        guard Self.isAddress(address) else { throw .badAddress }
        if let name { try MailHeader.check(name, field: "name") }
        self.name = name?.isEmpty == true ? nil : name
        self.address = address
    }

    /// Reads `name@example.org` or `Name of the office <name@example.org>`.
    public init(parsing text: String) throws(MailProblem) {
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
            try self.init(address: text)
            return
        }
        var name = text[..<open]
        while name.last == " " { name.removeLast() }
        if name.count >= 2, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
        try self.init(name: String(name), address: String(text[text.index(after: open)...].dropLast()))
    }

    var domain: Substring { address[address.index(after: address.lastIndex(of: "@") ?? address.startIndex)...] }

    /// Narrower than RFC 5321: ASCII, no quoted local part.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count), !parts[1].isEmpty else {
            return false
        }
        let local = parts[0].utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7f && !"\"(),:;<>[\\]".utf8.contains(byte)
        }
        let domain = parts[1].utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
        return local && domain && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".") && !parts[1].contains("..")
    }
}
