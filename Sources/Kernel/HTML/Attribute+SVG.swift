// Geometry. Colour, stroke and type belong to classes in the style sheet, so that dark mode reaches them.
extension Attribute {
    public static func viewBox(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Attribute {
        Attribute(" viewBox", [x, y, width, height].map(plainNumber).joined(separator: " "))
    }
    public static func preserveAspectRatio(_ value: String) -> Attribute { Attribute(" preserveAspectRatio", value) }
    /// The commands of a path.
    public static func d(_ commands: String) -> Attribute { Attribute(" d", commands) }
    /// The corners of a polyline or polygon.
    public static func points(_ points: [(x: Double, y: Double)]) -> Attribute {
        Attribute(" points", points.map { "\(plainNumber($0.x)),\(plainNumber($0.y))" }.joined(separator: " "))
    }
    public static func x(_ value: Double) -> Attribute { Attribute(" x", plainNumber(value)) }
    public static func y(_ value: Double) -> Attribute { Attribute(" y", plainNumber(value)) }
    public static func dx(_ value: Double) -> Attribute { Attribute(" dx", plainNumber(value)) }
    public static func dy(_ value: Double) -> Attribute { Attribute(" dy", plainNumber(value)) }
    public static func x1(_ value: Double) -> Attribute { Attribute(" x1", plainNumber(value)) }
    public static func y1(_ value: Double) -> Attribute { Attribute(" y1", plainNumber(value)) }
    public static func x2(_ value: Double) -> Attribute { Attribute(" x2", plainNumber(value)) }
    public static func y2(_ value: Double) -> Attribute { Attribute(" y2", plainNumber(value)) }
    public static func cx(_ value: Double) -> Attribute { Attribute(" cx", plainNumber(value)) }
    public static func cy(_ value: Double) -> Attribute { Attribute(" cy", plainNumber(value)) }
    public static func r(_ value: Double) -> Attribute { Attribute(" r", plainNumber(value)) }
    public static func rx(_ value: Double) -> Attribute { Attribute(" rx", plainNumber(value)) }
    public static func ry(_ value: Double) -> Attribute { Attribute(" ry", plainNumber(value)) }
    /// In user units of a picture; whole CSS pixels on `<img>`.
    public static func width(_ value: Double) -> Attribute { Attribute(" width", plainNumber(value)) }
    /// In user units of a picture; whole CSS pixels on `<img>`.
    public static func height(_ value: Double) -> Attribute { Attribute(" height", plainNumber(value)) }
    public static func transform(_ value: String) -> Attribute { Attribute(" transform", value) }
    public static func fill(_ value: Paint) -> Attribute { Attribute(" fill", value.rawValue) }
    public static func stroke(_ value: Paint) -> Attribute { Attribute(" stroke", value.rawValue) }
    public static func strokeWidth(_ value: Double) -> Attribute { Attribute(" stroke-width", plainNumber(value)) }
    public static func textAnchor(_ value: TextAnchor) -> Attribute { Attribute(" text-anchor", value.rawValue) }
    public static func dominantBaseline(_ value: String) -> Attribute { Attribute(" dominant-baseline", value) }
    /// Keeps lines as thin as they are when the picture grows.
    public static func nonScalingStroke() -> Attribute { Attribute(" vector-effect", "non-scaling-stroke") }
    /// Keeps a picture without meaning of its own out of the order of the tab key in old browsers.
    public static func focusable(_ isOn: Bool) -> Attribute { Attribute(" focusable", isOn ? "true" : "false") }
}

/// The paints that need no colour.
public enum Paint: String, Sendable {
    case none
    case currentColor
}

/// The values of `text-anchor`.
public enum TextAnchor: String, Sendable {
    case start
    case middle
    case end
}

/// `value` with at most three decimals and without an exponent; 0 for what is no number.
func plainNumber(_ value: Double) -> String {
    let thousandths = (value * 1000).rounded()
    guard let scaled = Int(exactly: thousandths) else { return "0" }
    let (whole, part) = scaled.magnitude.quotientAndRemainder(dividingBy: 1000)
    let sign = scaled < 0 ? "-" : ""
    guard part > 0 else { return "\(sign)\(whole)" }
    var digits = String(part + 1000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
}
