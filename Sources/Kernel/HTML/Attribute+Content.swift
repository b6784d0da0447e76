public import Languages

// Links, media, tables and metadata.
extension Attribute {
    /// The target of a link; left out if `LinkPolicy` refuses it.
    public static func href(_ address: String) -> Attribute { Attribute(" href", address: address) }
    /// The target of a link to a file that this program serves.
    public static func href(_ asset: AssetPath) -> Attribute { Attribute(" href", asset.description) }
    /// The target of a link to a page in another language: as it stands.
    public static func href(otherLanguage address: String) -> Attribute {
        Attribute(" href", LinkPolicy.admits(address) ? .text(address) : .absent)
    }
    /// The address of a picture; left out if `LinkPolicy` refuses it.
    public static func src(_ address: String) -> Attribute { Attribute(" src", address: address) }
    /// The address of a picture that this program serves.
    public static func src(_ asset: AssetPath) -> Attribute { Attribute(" src", asset.description) }
    public static func alt(_ value: String) -> Attribute { Attribute(" alt", value) }
    public static func alt(_ phrase: Phrase) -> Attribute { Attribute(" alt", phrase) }
    public static func rel(_ value: String) -> Attribute { Attribute(" rel", value) }
    public static func hreflang(_ value: String) -> Attribute { Attribute(" hreflang", value) }
    public static func download(_ fileName: String) -> Attribute { Attribute(" download", fileName) }
    public static func loading(_ value: Loading) -> Attribute { Attribute(" loading", value.rawValue) }
    public static func decoding(_ value: Decoding) -> Attribute { Attribute(" decoding", value.rawValue) }
    public static func media(_ value: String) -> Attribute { Attribute(" media", value) }
    public static func open(_ isOn: Bool = true) -> Attribute { Attribute(" open", flag: isOn) }
    /// A machine's reading of a `<time>`: `2021-12-31`, `2021-12-31T09:00:00Z`.
    public static func datetime(_ value: String) -> Attribute { Attribute(" datetime", value) }
    public static func cite(_ address: String) -> Attribute { Attribute(" cite", address: address) }

    public static func scope(_ value: HeaderScope) -> Attribute { Attribute(" scope", value.rawValue) }
    public static func colspan(_ value: Int) -> Attribute { Attribute(" colspan", String(value)) }
    public static func rowspan(_ value: Int) -> Attribute { Attribute(" rowspan", String(value)) }
    public static func headers(_ ids: String) -> Attribute { Attribute(" headers", ids) }
    public static func start(_ value: Int) -> Attribute { Attribute(" start", String(value)) }
    public static func reversed(_ isOn: Bool = true) -> Attribute { Attribute(" reversed", flag: isOn) }

    public static func content(_ value: String) -> Attribute { Attribute(" content", value) }
    public static func property(_ value: String) -> Attribute { Attribute(" property", value) }
}

/// The values of `loading`.
public enum Loading: String, Sendable {
    case eager
    case lazy
}

/// The values of `decoding`.
public enum Decoding: String, Sendable {
    case auto
    case sync
    case async
}

/// The values of `scope`.
public enum HeaderScope: String, Sendable {
    case col
    case row
    case colgroup
    case rowgroup
}
