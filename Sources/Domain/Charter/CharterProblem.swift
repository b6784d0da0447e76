/// One thing that the lint found in a charter file: where, what is wrong, and what to do.
public struct CharterProblem: Hashable, Sendable, Codable, CustomStringConvertible {
    public enum Severity: String, Sendable, Codable {
        /// The charter cannot be used.
        case error
        /// The charter can be used; somebody should know.
        case warning
    }

    public let severity: Severity
    /// Stable and made for machines, such as `unknown-key`; Documentation/charter.md lists them.
    public let code: String
    public let file: String
    /// From 1; 1 also where the problem has no line, such as a file that is not there.
    public let line: Int
    public let message: String
    /// What to do about it, as a sentence.
    public let remedy: String

    public init(severity: Severity, code: String, file: String, line: Int, message: String, remedy: String) {
        self.severity = severity
        self.code = code
        self.file = file
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    /// `Charters/wego.yaml:41: error: unknown key 'quorm'. Did you mean 'quorum'? [unknown-key]`
    public var description: String {
        "\(file):\(line): \(severity.rawValue): \(message) \(remedy) [\(code)]"
    }
}

/// A charter that cannot be used, with every reason.
public struct CharterError: Error, Sendable, CustomStringConvertible {
    /// Never empty; errors and warnings in the order of their lines.
    public let problems: [CharterProblem]

    public init(problems: [CharterProblem]) {
        self.problems = problems
    }

    public var description: String {
        let errors = problems.count { $0.severity == .error }
        let head = "The charter cannot be used: \(errors) \(errors == 1 ? "error" : "errors"). Nothing was loaded."
        return ([head] + problems.map(\.description)).joined(separator: "\n")
    }
}
