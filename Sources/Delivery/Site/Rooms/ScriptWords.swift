import Foundation
import Languages

extension Speech {
    /// A text about a number that a script of the page knows and the server does not: JSON, by the names of the
    /// language's plural forms, with `#` where the script writes the number.
    ///
    /// - Parameter words: the phrase for a number of each form; its gap is for `"#"`.
    func forms(_ words: (Int) -> Phrase) -> String {
        var forms: [String: String] = [:]
        // One number of each form that the languages have.
        for number in [1, 2, 1_000_000] { forms[language.plural(of: number).rawValue] = text(words(number)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(forms)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
