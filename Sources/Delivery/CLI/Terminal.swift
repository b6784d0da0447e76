import ArgumentParser
import Foundation

/// Why a command could not do what it was asked, as one sentence or a few for a person.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Where a person reads: tables, colour only on a terminal, errors on standard error.
enum Terminal {
    static let isInteractive = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

    static func bold(_ text: String) -> String { isInteractive ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
    static func dim(_ text: String) -> String { isInteractive ? "\u{1b}[2m\(text)\u{1b}[0m" : text }
    static func red(_ text: String) -> String { isInteractive ? "\u{1b}[31m\(text)\u{1b}[0m" : text }

    /// Columns padded to their widest cell, numbers to the right.
    static func table(_ header: [String], _ rows: [[String]], numbers: Set<Int> = []) {
        var widths = header.map(width)
        for row in rows { for (place, cell) in row.enumerated() { widths[place] = max(widths[place], width(cell)) } }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { place, cell in
                let space = String(repeating: " ", count: widths[place] - width(cell))
                return numbers.contains(place) ? space + cell : cell + space
            }
            return padded.joined(separator: "  ").trimmingTrailingSpaces()
        }
        print(bold(line(header)))
        for row in rows { print(line(row)) }
    }

    /// How many columns a text takes: Hangul and Han signs take two.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { sum, scalar in
            if scalar.properties.generalCategory == .nonspacingMark { return sum }
            return sum + ((0x1100...0x115f).contains(scalar.value) || (0x2e80...0xffdc).contains(scalar.value) ? 2 : 1)
        }
    }

    /// Control characters never reach a terminal: a record could otherwise move its cursor.
    static func safe(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }))
    }

    static func json<T: Encodable>(_ value: T) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    static func csv(_ header: [String], _ rows: [[String]]) {
        for row in [header] + rows { print(row.map(csvCell).joined(separator: ",")) }
    }

    private static func csvCell(_ cell: String) -> String {
        // A spreadsheet would run a text that begins like a formula.
        let safe = cell.first.map { "=+-@\t".contains($0) } == true && Double(cell) == nil ? "'" + cell : cell
        guard safe.contains(where: { ",\"\n\r".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    static func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// Prints what went wrong and ends with the right status: 64 for a wrong command line, 1 otherwise.
    static func end(_ error: any Error) -> Never {
        if let code = error as? ExitCode { leave(code.rawValue) }
        if error is CleanExit || error is ValidationError { Hansa.exit(withError: error) }
        let module = String(reflecting: type(of: error))
        if module.hasPrefix("ArgumentParser.") { Hansa.exit(withError: error) }
        note(red("hansa: ") + "\(error)")
        leave(1)
    }

    /// Ends the program without the libraries' exit handlers. The threads of libpq and libcurl end by themselves at the
    /// same time, and OpenSSL's handler frees what those threads free as well.
    static func leave(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }
}

extension String {
    fileprivate func trimmingTrailingSpaces() -> String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
