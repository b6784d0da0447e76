import Access
import Database
import Identity
public import Languages

/// A way to reach a member.
public struct Contact: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case email, phone, address, web, social

        public var name: Phrase {
            switch self {
            case .email: say("E-mail")
            case .phone: say("Phone")
            case .address: say("Postal address")
            case .web: say("Web page")
            case .social: say("Social network")
            }
        }
    }

    public let kind: Kind
    /// Whose or what for: "Smart City Office"; may be empty.
    public let label: String
    public let value: String
    /// Shown to everybody; else only to those who are signed in to the network.
    public let isPublic: Bool

    public init(_ kind: Kind, _ value: String, label: String = "", isPublic: Bool) {
        self.kind = kind
        self.label = label
        self.value = value
        self.isPublic = isPublic
    }
}

extension Contact {
    /// The contact in the form that is kept; what is wrong is reported under `contacts.NUMBER.value`.
    func checked(_ number: Int, _ typed: inout TypedText) -> Contact {
        let field = "contacts.\(number).value"
        let label = typed.line(label, "contacts.\(number).label", atMost: 80)
        let value: String
        switch kind {
        case .email:
            let line = typed.line(self.value, field, atMost: 254, required: true)
            if !line.isEmpty, EmailAddress(line) == nil {
                typed.refuse(field, say("This is no e-mail address. It looks like office@city.example."))
            }
            value = EmailAddress(line)?.text ?? line
        case .phone:
            value = typed.line(self.value, field, atMost: 40, required: true)
            if !value.isEmpty, !Self.isPhone(value) {
                typed.refuse(field, say("This is no phone number. Write it with the country's code: +82 2 000 0000."))
            }
        case .address: value = typed.lines(self.value, field, atMost: 400, required: true)
        case .web, .social: value = typed.webAddress(self.value, field, required: true)
        }
        return Contact(kind, value, label: label, isPublic: isPublic)
    }

    private static func isPhone(_ text: String) -> Bool {
        let digits = text.utf8.count { (0x30...0x39).contains($0) }
        return (4...18).contains(digits)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || Array("+()-./ ".utf8).contains(byte)
            }
    }

    static func load(_ transaction: Transaction, member: String) throws -> [Contact] {
        try transaction.query(
            "SELECT kind, label, value, is_public FROM profile_contact WHERE member_id = ? ORDER BY position, id",
            [.text(member)]
        ) { row in
            Contact(
                Kind(rawValue: try row.text(0)) ?? .web,
                try row.text(2),
                label: try row.text(1),
                isPublic: try row.flag(3)
            )
        }
    }

    /// The list in words, for whoever compares two of them.
    static func fields(_ contacts: [Contact]) -> [ProfileConflict.Field] {
        contacts.map { contact in
            let (kind, label) = (contact.kind.name, contact.label)
            return .init(
                name: label.isEmpty ? kind : .joined([kind, .verbatim(label)], by: ", "),
                value: contact.isPublic
                    ? say("\(contact.value) (public)") : say("\(contact.value) (for the network only)")
            )
        }
    }

    /// The mark of a list of contacts, for the form that changes it.
    public static func mark(_ contacts: [Contact]) -> PartMark { ProfileConflict.mark(fields(contacts)) }
}
