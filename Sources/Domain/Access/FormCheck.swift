import Charter
import Database
import Identity
import Languages

/// Reads the fields of one form and gathers what is wrong with them, so that all is told at once.
struct FormCheck {
    private var problems: [InvalidInput.Field] = []

    mutating func refuse(_ field: String, _ message: Phrase) { problems.append(.init(field, message)) }

    /// One line of text without control characters, which a mail's header must never hold.
    mutating func line(
        _ text: String,
        _ field: String,
        _ what: Phrase,
        upTo limit: Int,
        canBeEmpty: Bool = false
    ) -> String {
        let line = text.trimmingSpaces
        if line.isEmpty, !canBeEmpty { refuse(field, say("\(what) is missing. Write it here.")) }
        if line.count > limit { refuse(field, say("\(what) has \(line.count) characters; at most \(limit) are kept.")) }
        if !line.isOneLine {
            refuse(field, say("\(what) holds a line break or another sign that cannot be typed. Leave it out."))
        }
        return line
    }

    mutating func email(_ text: String, _ field: String) -> EmailAddress? {
        let email = EmailAddress(text)
        if email == nil { refuse(field, say("This is no e-mail address. Write it like name@example.org.")) }
        return email
    }

    mutating func language(_ text: String, _ field: String) -> String {
        if !Letters.languages.contains(text) {
            refuse(field, say("Mail is written in \(Letters.languages.joined(separator: ", ")). Choose one of these."))
        }
        return text
    }

    /// A day, or `nil` for an empty text.
    mutating func day(_ text: String?, _ field: String) -> Day? {
        guard let text = text?.trimmingSpaces, !text.isEmpty else { return nil }
        let day = Day(text)
        if day == nil { refuse(field, say("This is no day. Write it like 2026-11-21.")) }
        return day
    }

    func finish() throws(InvalidInput) {
        if !problems.isEmpty { throw InvalidInput(problems) }
    }
}

extension String {
    var trimmingSpaces: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// Whether there is no control, line-separating or invisible formatting character in it.
    var isOneLine: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            // Joiners belong to words of some scripts; what turns the direction of writing does not belong into a name.
            case .format: scalar.value == 0x200c || scalar.value == 0x200d
            default: true
            }
        }
    }
}
