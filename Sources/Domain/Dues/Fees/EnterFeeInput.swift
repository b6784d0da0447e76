public import Access
public import Charter
public import Database
public import Foundation
import Journal
public import Membership

/// Enters a figure, or the kind of a member, that fees go by. Where something else is on record for the same day, this
/// corrects it: the row before stays, marked.
///
/// Throws `InvalidInput` (the fields of the draft) and `FeeRefusal.nothingDiffers`.
public struct EnterFeeInput: Command {
    public static let action = Action.enterDues
    let draft: FeeInputDraft
    let charter: Charter
    let countries: CountryWords

    public init(_ draft: FeeInputDraft, charter: Charter, countries: CountryWords) {
        self.draft = draft
        self.charter = charter
        self.countries = countries
    }

    /// Returns the input's id.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let checked = try FeeInputCheck(charter, countries, transaction, now: now).check(draft)
        switch try FeeInputWriter(transaction: transaction, actor: actor.key, now: now).write(checked) {
        case .entered(let id), .corrected(let id): return id
        case .known: throw FeeRefusal.nothingDiffers
        }
    }
}

/// Takes an input out of use: it was wrong, and nothing is put in its place. The row stays, with the reason.
///
/// Throws `InvalidInput` (`grounds`), `FeeRefusal.noSuchInput` and `noLongerInForce`.
public struct WithdrawFeeInput: Command {
    public static let action = Action.enterDues
    let id: String
    let grounds: String

    public init(_ id: String, grounds: String) {
        self.id = id
        self.grounds = UploadFile.trimmed(grounds)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var check = FormCheck()
        check.grounds(grounds)
        try check.finish()
        guard let input = try FeeInput.find(transaction, id: id) else { throw FeeRefusal.noSuchInput }
        let changed = try transaction.execute(
            """
            UPDATE fee_input SET withdrawn_at = ?, withdrawn_by = ?, reason = ?
            WHERE id = ? AND replaced_by IS NULL AND withdrawn_at IS NULL
            """,
            [.text(InstantText.text(now)), .text(actor.key), .text(grounds), .text(id)]
        )
        guard changed == 1 else { throw FeeRefusal.noLongerInForce }
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "fee-input.withdrawn",
                subject: input.journalSubject,
                reason: grounds,
                before: input.journal
            )
        )
    }
}
