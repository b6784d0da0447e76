/// Which addresses a page may hold in `href`, `src` and `action`.
///
/// Allowed are `http://`, `https://`, `mailto:` and references relative to this site. Everything else, above all
/// `javascript:` and `data:`, is refused, as are addresses that browsers read differently from how they look: with
/// control characters in them (browsers drop tabs and line ends before they look for the scheme), with backslashes,
/// with space around them, or starting with `//` (another host behind what looks like a path).
public enum LinkPolicy {
    /// Whether `address` may stand in a URL attribute. An attribute whose address is refused is left out of the page.
    public static func admits(_ address: String) -> Bool {
        let bytes = address.utf8
        guard bytes.first != UInt8(ascii: " "), bytes.last != UInt8(ascii: " ") else { return false }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) else { return false }
        guard let end = bytes.firstIndex(where: endsScheme), bytes[end] == UInt8(ascii: ":") else {
            return !address.hasPrefix("//")
        }
        let rest = address[bytes.index(after: end)...]
        switch address[..<end].lowercased() {
        case "https", "http": return rest.hasPrefix("//")
        case "mailto": return true
        default: return false
        }
    }

    /// A colon after any of the others belongs to a path, a query or a fragment.
    private static func endsScheme(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): true
        default: false
        }
    }
}
