import Foundation

/// The passwords that are tried first: a list from published leaks, in the resource `common-passwords.txt`.
struct CommonPasswords: Sendable {
    let words: Set<String>

    /// The list that comes with the program; empty when its file is missing, which a test would notice.
    static let standard: CommonPasswords = {
        let file = Bundle.module.bundleURL.appendingPathComponent("common-passwords.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return CommonPasswords(text)
    }()

    /// Reads one password a line; lines that begin with `# ` are remarks.
    init(_ text: String) {
        words = Set(
            text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("# ") }.map { $0.lowercased() }
        )
    }

    func contains(_ folded: String) -> Bool { words.contains(folded) }
}
