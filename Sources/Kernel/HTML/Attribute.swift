public import Languages

/// An attribute of an element, as `.class("roll")`.
///
/// Attributes exist only through the functions here. There is none for `style` and none for an event (`onclick`): the
/// site's content-security policy forbids both, so a page that cannot say them cannot break on them.
public struct Attribute: Sendable {
    @usableFromInline
    enum Value: Sendable {
        /// Not written at all.
        case absent
        /// Only its name, as `checked`.
        case flag
        case text(String)
        case phrase(Phrase)
        /// A link; one into this site leads to the pages of the reader's language.
        case address(String)
    }

    /// The name with the space before it. Names with a free part have that part in `suffix`.
    let name: StaticString
    let suffix: StaticString
    let value: Value

    @usableFromInline
    init(_ name: StaticString, suffix: StaticString = "", _ value: Value) {
        self.name = name
        self.suffix = suffix
        self.value = value
    }

    @usableFromInline
    init(_ name: StaticString, _ text: String) {
        self.init(name, .text(text))
    }

    init(_ name: StaticString, _ phrase: Phrase) {
        self.init(name, .phrase(phrase))
    }

    init(_ name: StaticString, flag isOn: Bool) {
        self.init(name, isOn ? .flag : .absent)
    }

    /// An address that `LinkPolicy` refuses leaves the attribute out: a link without target harms nobody.
    init(_ name: StaticString, address: String) {
        self.init(name, LinkPolicy.admits(address) ? .address(address) : .absent)
    }

    /// `attribute` if `condition` holds, nothing otherwise.
    public static func when(_ condition: Bool, _ attribute: @autoclosure () -> Attribute) -> Attribute {
        condition ? attribute() : Attribute("", .absent)
    }
}

// What any element may have.
extension Attribute {
    public static func id(_ value: String) -> Attribute { Attribute(" id", value) }
    /// One or several class names with spaces between them.
    public static func `class`(_ value: String) -> Attribute { Attribute(" class", value) }
    public static func title(_ value: String) -> Attribute { Attribute(" title", value) }
    public static func title(_ phrase: Phrase) -> Attribute { Attribute(" title", phrase) }
    /// A BCP 47 language tag: `ko`, `zh-Hant`.
    public static func lang(_ value: String) -> Attribute { Attribute(" lang", value) }
    public static func dir(_ value: TextDirection) -> Attribute { Attribute(" dir", value.rawValue) }
    /// Says that what is in the element stays as it is in every language: a tag, a key, a text of the records.
    public static let untranslated = Attribute(" translate", "no")
    public static func hidden(_ isOn: Bool = true) -> Attribute { Attribute(" hidden", flag: isOn) }
    public static func tabindex(_ value: Int) -> Attribute { Attribute(" tabindex", String(value)) }
    /// `data-name="value"`; `name` in lower case, digits and hyphens.
    public static func data(_ name: StaticString, _ value: String = "") -> Attribute {
        precondition(isPlain(name), "data-\(name) is no attribute name: use a-z, 0-9 and hyphens")
        return Attribute(" data-", suffix: name, .text(value))
    }

    private static func isPlain(_ name: StaticString) -> Bool {
        name.withUTF8Buffer { bytes in
            !bytes.isEmpty
                && bytes.allSatisfy { byte in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                }
        }
    }
}

/// The values of `dir`.
public enum TextDirection: String, Sendable {
    case leftToRight = "ltr"
    case rightToLeft = "rtl"
    case auto
}
