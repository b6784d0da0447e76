/// A value bound to a statement's `?`, or kept from a row.
///
/// Both engines store the same five shapes. Days and instants travel as ISO 8601 text, money as integer minor units.
public enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// Binds `nil` as SQL NULL.
    public static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .null }
    /// Binds `nil` as SQL NULL.
    public static func optional(_ integer: Int?) -> Value { integer.map { .integer(Int64($0)) } ?? .null }
    /// Binds `nil` as SQL NULL.
    public static func optional(_ real: Double?) -> Value { real.map(Value.real) ?? .null }
    /// Binds a Swift integer.
    public static func int(_ integer: Int) -> Value { .integer(Int64(integer)) }
    /// Binds a flag as 0 or 1, which both engines compare and index alike.
    public static func flag(_ flag: Bool) -> Value { .integer(flag ? 1 : 0) }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .real(value) }
    public init(nilLiteral: ()) { self = .null }
}
