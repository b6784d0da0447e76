package import Access
package import Charter
import Database
package import Foundation
package import Languages

/// Collects what is wrong with the boxes of a form, so that all of it is told at once.
package struct FormCheck {
    package private(set) var problems: [InvalidInput.Field] = []

    package init() {}

    /// The UTC day of an instant.
    package static func today(_ now: Date) -> Day { Day(String(InstantText.text(now).prefix(10))) ?? .first }

    package mutating func refuse(_ name: String, _ message: Phrase) {
        problems.append(InvalidInput.Field(name, message))
    }

    /// Throws `InvalidInput` when anything was refused.
    package func finish() throws {
        if !problems.isEmpty { throw InvalidInput(problems) }
    }

    package mutating func text(_ text: String, _ name: String, most: Int, isLong: Bool = false) {
        if text.count > most { refuse(name, say("This has \(text.count) characters; at most \(most) are allowed.")) }
        if text.unicodeScalars.contains(where: { Self.isHidden($0, isLong) }) {
            refuse(name, say("There is a character in it that nobody sees. Type it again instead of pasting it."))
        }
    }

    // Direction marks can make a name read as another one; control characters break search and terminals.
    private static func isHidden(_ scalar: Unicode.Scalar, _ isLong: Bool) -> Bool {
        if scalar == "\n" || scalar == "\t" { return !isLong }
        return scalar.value < 0x20 || scalar.value == 0x7f || (0x202a...0x202e).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value)
    }

    package mutating func name(_ text: String, _ name: String) {
        if !text.contains(where: { $0.isLetter || $0.isNumber }) {
            refuse(name, say("Enter a name: there is no letter in it."))
        }
        self.text(text, name, most: 200)
    }

    mutating func language(_ code: String, _ name: String) {
        let letters = Array(code.utf8)
        let isCode =
            (2...12).contains(letters.count)
            && letters.allSatisfy { (0x61...0x7a).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2d }
        if !isCode { refuse(name, say("Enter the language's code, as in en, ko or zh.")) }
    }

    package mutating func grounds(_ kept: String) {
        // What the program itself gives as the reason is a phrase; it is as long as it reads.
        let text = Phrase.record(kept).english
        if text.count < 3 { refuse("grounds", say("Say why, in a few words: the journal keeps it.")) }
        self.text(text, "grounds", most: 1000, isLong: true)
    }

    /// A day that is not in the future.
    package mutating func pastDay(_ text: String, _ name: String, today: Day) -> Day? {
        guard let day = Day(text) else {
            refuse(name, say("Enter a day as year-month-day, as in 2026-03-01."))
            return nil
        }
        if day > today {
            refuse(name, say("\(day) has not come yet. Enter this on that day."))
            return nil
        }
        return day
    }

    package mutating func number(
        _ text: String,
        _ name: String,
        _ range: ClosedRange<Double>,
        whole: Bool
    ) -> Double? {
        let plain: String
        switch TypedNumber(text, whole: whole) {
        case .plain(let digits): plain = digits
        case .unclear(let words):
            refuse(name, words)
            return nil
        }
        guard let value = Double(plain), value.isFinite, plain.allSatisfy({ $0.isASCII }) else {
            refuse(name, say("Enter a number, as in \(whole ? "225920" : "605.2")."))
            return nil
        }
        guard range.contains(value), !whole || value == value.rounded() else {
            let (least, most) = (NumberText.plain(range.lowerBound), NumberText.plain(range.upperBound))
            refuse(
                name,
                whole
                    ? say("Enter a whole number from \(least) to \(most).")
                    : say("Enter a number from \(least) to \(most).")
            )
            return nil
        }
        return value
    }

    /// A web address that a page may link to.
    mutating func website(_ text: String, _ name: String) {
        let parts = URLComponents(string: text)
        let scheme = parts?.scheme?.lowercased()
        let isGood =
            (scheme == "https" || scheme == "http") && parts?.host?.contains(".") == true && parts?.user == nil
            && !text.contains(where: \.isWhitespace) && text.utf8.count <= 500
        if !isGood { refuse(name, say("Enter a web address that begins with https://, as in https://www.visby.se.")) }
    }
}
