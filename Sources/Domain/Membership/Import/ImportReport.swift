/// What is wrong with one cell or row of a file: where, what it means, what to do.
public struct ImportProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    /// 1 is the header.
    public let line: Int
    public let column: String?
    public let message: String

    public var description: String {
        "\(file):\(line): \(column.map { "\($0): " } ?? "")\(message)"
    }
}

/// A file that was refused whole: nothing of it was written.
public struct ImportRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// At most `listed` of them.
    public let problems: [ImportProblem]
    /// How many there are in all.
    public let count: Int
    static let listed = 200

    init(_ problems: [ImportProblem]) {
        count = problems.count
        self.problems = Array(problems.prefix(Self.listed))
    }

    public var description: String {
        let more = count > problems.count ? "\n… and \(count - problems.count) more" : ""
        return problems.map(\.description).joined(separator: "\n") + more
            + "\nNothing of this file was written. Correct the rows above and import again."
    }
}

/// What an import did with one file.
public struct ImportedFile: Sendable, Equatable {
    public let file: String
    public var created = 0
    public var changed = 0
    public var removed = 0
    public var unchanged = 0
    /// Rows that differ from the file because somebody changed them here; the file did not overwrite them.
    public var kept = 0
    /// The first of those rows, by their keys.
    public var keptRows: [String] = []

    mutating func keep(_ row: String) {
        kept += 1
        if keptRows.count < 100 { keptRows.append(row) }
    }
}
