import Charter
import Foundation
import HTML
import Languages

/// An instant as the tables keep it, in words.
struct InstantWords: Sendable {
    private let text: String

    /// - Parameter text: `InstantText`: ASCII of one length.
    init(_ text: String) { self.text = text }

    /// The day as ISO 8601 writes it.
    var dayText: String { String(Substring(text.utf8.prefix(10))) }
    private var day: Day? { Day(dayText) }
    private var time: String { String(Substring(text.utf8.dropFirst(11).prefix(5))) }

    /// `21 Nov 2026, 11:38 UTC`
    var full: Phrase { day.map { say("\($0), \(time) UTC") } ?? .verbatim(text) }
    /// For `<time datetime>`: HTML knows no more than three digits of a second.
    var machine: String { text.utf8.count == 27 ? Substring(text.utf8.prefix(23)) + "Z" : text }
    /// `21 Nov 2026`
    var date: Phrase { day?.short ?? .verbatim(text) }

    /// How long ago it was on a day: `today`, `1 day`, `12 days`.
    func age(on today: Day) -> Phrase {
        guard let day else { return .verbatim(text) }
        let days = today.ordinal - day.ordinal
        return days <= 0 ? say("today") : say(days, one: "1 day", other: "\(days) days")
    }

    func days(on today: Day) -> Int { day.map { today.ordinal - $0.ordinal } ?? 0 }
}

extension HTMLWriter {
    /// An instant for people and machines.
    func instant(_ text: String) {
        let words = InstantWords(text)
        time(.datetime(words.machine), text: words.full)
    }
}
