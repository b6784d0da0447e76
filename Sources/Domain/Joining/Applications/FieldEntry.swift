import Access
import Database
import Foundation
import Languages
import Membership

/// Boxes that somebody typed, on their way into an application that is locked.
struct FieldEntry {
    /// What is kept of each, with the mark of what the page had.
    private let typed: [ApplicationField: TypedField]

    /// Throws `InvalidInput` for text that cannot be kept at all: too long, or with characters that nobody sees. Whether
    /// it says something sensible is asked when the application is sent.
    init(_ given: [ApplicationField: TypedField]) throws {
        var text = TypedText()
        var typed: [ApplicationField: TypedField] = [:]
        for field in ApplicationField.allCases {
            guard let box = given[field] else { continue }
            let value =
                field.isLong
                ? text.lines(box.value, field.rawValue, atMost: field.most)
                : text.line(box.value, field.rawValue, atMost: field.most)
            typed[field] = TypedField(value, seen: box.seen)
        }
        try text.throwProblems()
        self.typed = typed
    }

    struct Outcome {
        let application: Application
        let changed: [ApplicationField]
        let conflicts: [ApplicationField: String]
        /// Boxes that still show what somebody else has changed since, with the mark of what they show.
        let outdated: [ApplicationField: PartMark]

        var told: SaveOutcome {
            let values = application.values
            return SaveOutcome(
                marks: Dictionary(
                    uniqueKeysWithValues: ApplicationField.allCases.map { ($0, outdated[$0] ?? values.mark($0)) }
                ),
                conflicts: conflicts,
                kept: changed.count
            )
        }
    }

    /// What would become of the application; nothing is written.
    func applied(to application: Application) -> Outcome {
        var result = application
        var changed: [ApplicationField] = []
        var conflicts: [ApplicationField: String] = [:]
        var outdated: [ApplicationField: PartMark] = [:]
        for field in ApplicationField.allCases {
            guard let box = typed[field] else { continue }
            let current = application.values[field]
            // A form without scripts sends every box; one that says what it said when it was opened was not typed.
            if box.value == current { continue }
            if PartMark(of: [box.value]) == box.seen {
                outdated[field] = box.seen
                continue
            }
            if box.seen == application.values.mark(field) {
                result.values[field] = box.value
                changed.append(field)
            } else {
                conflicts[field] = current
            }
        }
        return Outcome(application: result, changed: changed, conflicts: conflicts, outdated: outdated)
    }

    /// Writes what is not in conflict.
    func write(_ application: Application, _ transaction: Transaction) throws -> Outcome {
        let outcome = applied(to: application)
        for field in outcome.changed { try application.write(field, outcome.application.values[field], transaction) }
        return outcome
    }
}
