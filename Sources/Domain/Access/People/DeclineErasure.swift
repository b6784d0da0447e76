public import Database
public import Foundation
import Identity
import Journal
import Languages

/// Declines a person's request to be erased, as where the law asks that something be kept. They are told why by mail, and
/// may ask again.
///
/// Throws `PersonRefusal`, and `InvalidInput` with the field `reason`.
public struct DeclineErasure: Command {
    public static let action = Action.erasePerson

    private let personID: String
    private let reason: String
    private let letters: Letters

    /// - Parameter reason: what the person is told, as a sentence or two.
    public init(_ personID: String, reason: String, letters: Letters) {
        self.personID = personID
        // Typed on several lines, it is told in one paragraph.
        self.reason = reason.split(whereSeparator: \.isNewline).map { String($0).trimmingSpaces }
            .filter { !$0.isEmpty }.joined(separator: " ")
        self.letters = letters
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var form = FormCheck()
        let reason = form.line(reason, "reason", say("The reason"), upTo: 1000)
        try form.finish()
        let person = try Person.other(transaction, id: personID, than: actor)
        let declined = try transaction.execute(
            "UPDATE erasure_request SET declined_at = ?, reason = ? WHERE person_id = ? AND declined_at IS NULL",
            [.text(InstantText.text(now)), .text(reason), .text(personID)]
        )
        guard declined == 1 else { throw PersonRefusal.noErasureRequest }
        try letters.erasureDeclined(transaction, person, reason: reason, now: now)
        try ErasureRequest.note(
            transaction,
            "declined",
            personID,
            after: ["reason": .personal("reason", reason)],
            by: actor,
            now: now
        )
    }
}
