public import Languages

/// One setting as it is in force. What is secret in a value was taken out by whoever made the line.
public struct SettingLine: Sendable, Equatable {
    public let name: String
    public let value: String
    /// `flag`, `environment`, `file hansa.json` or `default`.
    public let origin: String
    /// The environment's variable that sets it.
    public let variable: String
    public let help: Phrase

    public init(name: String, value: String, origin: String, variable: String, help: Phrase) {
        self.name = name
        self.value = value
        self.origin = origin
        self.variable = variable
        self.help = help
    }
}
