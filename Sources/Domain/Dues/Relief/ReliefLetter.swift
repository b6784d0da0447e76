import Access
import Charter
import Foundation
import Identity
import Languages
import Membership

/// Who asks for relief, when and on which grounds, checked.
struct ReliefLetter {
    /// Whether the member itself asks, by its representative or its program, and not by a letter.
    let isOwn: Bool
    let day: Day
    let words: String
    /// The representative who makes it.
    let madeBy: String?
    /// Who signed the letter that came.
    let signedBy: String?
    let documentName: String

    /// What is wrong goes to `check`, as `words`, `signed_by`, `letter_day` and `document`.
    init(_ draft: ReliefDraft, by actor: Actor, of member: String, today: Day, _ check: inout FormCheck) {
        var typed = TypedText()
        words = typed.lines(draft.words, "words", atMost: 4000)
        if words.isEmpty, draft.document == nil {
            typed.refuse("words", say("Say on which grounds, or add the letter as a document."))
        }
        documentName = typed.line(draft.document?.name ?? "letter", "document", atMost: 200, required: true)
        // Otherwise the store of files would refuse it, as no fault of whoever sent it.
        if documentName.contains("/") || documentName.contains("\\") || documentName.utf8.count > 255 {
            typed.refuse(
                "document",
                say("A file of this name cannot be kept. Give it a shorter, plain name, and add it again.")
            )
        }
        let signed = typed.line(draft.signedBy, "signed_by", atMost: 200)
        isOwn = Self.speaks(actor, for: member, signed)
        var day = today
        if isOwn, actor.isPerson {
            madeBy = actor.person.id
            signedBy = nil
        } else {
            madeBy = nil
            signedBy = signed
            if signed.isEmpty { typed.refuse("signed_by", say("Say who signed the letter.")) }
        }
        for problem in typed.problems { check.refuse(problem.name, problem.message) }
        // A member's program has no account and says for whom it asks, but it dates nothing back.
        if !isOwn {
            let written = draft.letterDay.trimmingCharacters(in: .whitespacesAndNewlines)
            day = check.pastDay(written, "letter_day", today: today) ?? today
        }
        self.day = day
    }

    /// Whether it is the member's own representative who asks, or its program, and not somebody of the secretariat with
    /// a letter.
    private static func speaks(_ actor: Actor, for member: String, _ signedBy: String) -> Bool {
        let place = Place.member(member)
        let isOwn = actor.grants.contains {
            $0.place == place && Rights.allow($0.role, at: place, AskRelief.action, at: place)
        }
        return isOwn && (signedBy.isEmpty || !actor.may(AskRelief.action))
    }
}
