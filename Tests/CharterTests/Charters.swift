import Charter
import Foundation
import Testing

/// The files that these tests read, found from this file's own place.
enum CharterFile {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    static let riverPorts = folder.appending(path: "Fixtures/river-ports.yaml").path()
    static let wego = folder.appending(path: "../../Charters/wego.yaml").path()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: URL(filePath: path), encoding: .utf8)
    }
}

/// What a problem is, without its file.
struct Finding: Equatable, CustomStringConvertible {
    let severity: CharterProblem.Severity
    let code: String
    let line: Int
    let message: String
    let remedy: String

    init(_ severity: CharterProblem.Severity, _ code: String, _ line: Int, _ message: String, _ remedy: String) {
        self.severity = severity
        self.code = code
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    init(_ problem: CharterProblem) {
        self.init(problem.severity, problem.code, problem.line, problem.message, problem.remedy)
    }

    var description: String { "\(line) \(severity) \(code): \(message) \(remedy)" }
}

func findings(_ text: String) -> [Finding] {
    Charter.lint(text: text, file: "test.yaml").problems.map(Finding.init)
}

func day(_ iso: String) throws -> Day {
    try #require(Day(iso))
}
