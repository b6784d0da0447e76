public import Languages

// Forms and their fields.
extension Attribute {
    /// Where a form goes; left out if `LinkPolicy` refuses it.
    public static func action(_ address: String) -> Attribute { Attribute(" action", address: address) }
    /// Where this one button sends the form; left out if `LinkPolicy` refuses it.
    public static func formaction(_ address: String) -> Attribute { Attribute(" formaction", address: address) }
    public static func method(_ value: FormMethod) -> Attribute { Attribute(" method", value.rawValue) }
    public static func name(_ value: String) -> Attribute { Attribute(" name", value) }
    public static func value(_ value: String) -> Attribute { Attribute(" value", value) }
    /// For `meter`, `progress` and `li`.
    public static func value(_ value: Double) -> Attribute { Attribute(" value", plainNumber(value)) }
    public static func type(_ value: FieldType) -> Attribute { Attribute(" type", value.rawValue) }
    /// The id of the field that a `<label>` or an `<output>` belongs to.
    public static func `for`(_ id: String) -> Attribute { Attribute(" for", id) }
    /// The id of the form of a field that stands outside it.
    public static func form(_ id: String) -> Attribute { Attribute(" form", id) }
    /// The id of the `<datalist>` with suggestions.
    public static func list(_ id: String) -> Attribute { Attribute(" list", id) }
    public static func label(_ value: String) -> Attribute { Attribute(" label", value) }
    public static func label(_ phrase: Phrase) -> Attribute { Attribute(" label", phrase) }
    public static func placeholder(_ phrase: Phrase) -> Attribute { Attribute(" placeholder", phrase) }
    public static func placeholder(_ value: String) -> Attribute { Attribute(" placeholder", value) }
    public static func autocomplete(_ value: String) -> Attribute { Attribute(" autocomplete", value) }
    public static func spellcheck(_ isOn: Bool) -> Attribute { Attribute(" spellcheck", isOn ? "true" : "false") }
    public static func inputmode(_ value: InputMode) -> Attribute { Attribute(" inputmode", value.rawValue) }
    public static func enctype(_ value: FormEncoding) -> Attribute { Attribute(" enctype", value.rawValue) }
    public static func accept(_ value: String) -> Attribute { Attribute(" accept", value) }
    public static func min(_ value: String) -> Attribute { Attribute(" min", value) }
    public static func max(_ value: String) -> Attribute { Attribute(" max", value) }
    public static func step(_ value: String) -> Attribute { Attribute(" step", value) }
    public static func size(_ value: Int) -> Attribute { Attribute(" size", String(value)) }
    public static func rows(_ value: Int) -> Attribute { Attribute(" rows", String(value)) }
    public static func cols(_ value: Int) -> Attribute { Attribute(" cols", String(value)) }
    public static func minlength(_ value: Int) -> Attribute { Attribute(" minlength", String(value)) }
    public static func maxlength(_ value: Int) -> Attribute { Attribute(" maxlength", String(value)) }
    public static func pattern(_ value: String) -> Attribute { Attribute(" pattern", value) }
    public static func required(_ isOn: Bool = true) -> Attribute { Attribute(" required", flag: isOn) }
    public static func readonly(_ isOn: Bool = true) -> Attribute { Attribute(" readonly", flag: isOn) }
    public static func checked(_ isOn: Bool = true) -> Attribute { Attribute(" checked", flag: isOn) }
    public static func selected(_ isOn: Bool = true) -> Attribute { Attribute(" selected", flag: isOn) }
    public static func disabled(_ isOn: Bool = true) -> Attribute { Attribute(" disabled", flag: isOn) }
    public static func multiple(_ isOn: Bool = true) -> Attribute { Attribute(" multiple", flag: isOn) }
    public static func autofocus(_ isOn: Bool = true) -> Attribute { Attribute(" autofocus", flag: isOn) }
    public static func novalidate(_ isOn: Bool = true) -> Attribute { Attribute(" novalidate", flag: isOn) }
}

/// The values of `method`.
public enum FormMethod: String, Sendable {
    case get
    case post
}

/// The values of `enctype` that a form of this site uses.
public enum FormEncoding: String, Sendable {
    case urlEncoded = "application/x-www-form-urlencoded"
    case multipart = "multipart/form-data"
}

/// The values of `type` on `<input>` and `<button>`.
public enum FieldType: String, Sendable {
    case button
    case checkbox
    case color
    case date
    case datetimeLocal = "datetime-local"
    case email
    case file
    case hidden
    case month
    case number
    case password
    case radio
    case range
    case reset
    case search
    case submit
    case tel
    case text
    case time
    case url
    case week
}

/// The values of `inputmode`.
public enum InputMode: String, Sendable {
    case decimal
    case email
    case none
    case numeric
    case search
    case tel
    case text
    case url
}
