import Foundation

extension Charter {
    /// The most that a charter file may weigh, in bytes. A real one has some tens of thousands.
    static let maximumBytes = 1_000_000

    /// Reads and checks a charter file.
    /// - Throws: `CharterError` with every problem when there is at least one error. Warnings come with the charter.
    public static func load(path: String) throws(CharterError) -> Charter {
        let (charter, problems) = lint(path: path)
        guard let charter else { throw CharterError(problems: problems) }
        return charter
    }

    /// Checks a charter file.
    /// - Returns: the charter, nil when there is at least one error, and every problem in the order of lines.
    public static func lint(path: String) -> (charter: Charter?, problems: [CharterProblem]) {
        let log = ProblemLog(file: path)
        guard let text = text(path: path, log) else { return (nil, log.problems) }
        return lint(text: text, file: path)
    }

    private static func text(path: String, _ log: ProblemLog) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            log.error(
                "unreadable",
                1,
                "the file is not there or may not be read.",
                "Check the path and the file's permissions."
            )
            return nil
        }
        defer { try? handle.close() }
        // One byte more than allowed is enough to know that the file is too large, whatever its size.
        guard let bytes = try? handle.read(upToCount: maximumBytes + 1) ?? Data() else {
            log.error("unreadable", 1, "reading the file failed.", "Check that it is a file and not a folder.")
            return nil
        }
        if bytes.count > maximumBytes {
            log.tooLarge()
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            log.error("not-utf8", 1, "the file is not UTF-8 text.", "Save it in UTF-8.")
            return nil
        }
        return text
    }
}
