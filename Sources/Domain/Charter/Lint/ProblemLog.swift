/// Collects what is wrong with one file, so that everything is told at once.
final class ProblemLog {
    let file: String
    private(set) var found: [CharterProblem] = []

    private static let maximumProblems = 500

    init(file: String) {
        self.file = file
    }

    /// In the order of lines, each once: a wrong line that several versions inherit is one problem.
    var problems: [CharterProblem] {
        var seen: Set<CharterProblem> = []
        let unique = found.filter { seen.insert($0).inserted }
        return unique.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
    }

    var hasErrors: Bool {
        found.contains { $0.severity == .error }
    }

    /// Whether reading on is of no use.
    var isFull: Bool {
        found.count >= Self.maximumProblems
    }

    func error(_ code: String, _ line: Int, _ message: String, _ remedy: String) {
        add(.error, code, line, message, remedy)
    }

    func warning(_ code: String, _ line: Int, _ message: String, _ remedy: String) {
        add(.warning, code, line, message, remedy)
    }

    func tooLarge() {
        error(
            "too-large",
            1,
            "the file has more than \(Charter.maximumBytes) bytes.",
            "A charter is some tens of kilobytes; check that this is the right file."
        )
    }

    private func add(
        _ severity: CharterProblem.Severity,
        _ code: String,
        _ line: Int,
        _ message: String,
        _ remedy: String
    ) {
        if isFull { return }
        found.append(
            CharterProblem(
                severity: severity,
                code: code,
                file: file,
                line: line,
                message: printable(message),
                remedy: printable(remedy)
            )
        )
        if isFull {
            found.append(
                CharterProblem(
                    severity: .error,
                    code: "too-many-problems",
                    file: file,
                    line: line,
                    message: "there are more than \(Self.maximumProblems) problems; the rest is not told.",
                    remedy: "Correct these first, or check that this is the right file."
                )
            )
        }
    }

    /// A file is not trusted: what it says must neither flood a terminal nor steer it.
    private func printable(_ text: String) -> String {
        let shown = text.count > 400 ? text.prefix(300) + "…" + text.suffix(99) : text[...]
        return String(shown.map { $0.unicodeScalars.allSatisfy(isPrintable) ? $0 : "?" })
    }

    private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
