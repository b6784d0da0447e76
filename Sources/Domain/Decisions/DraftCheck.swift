import Access
import Charter
import Database
import Languages
import Membership

/// A draft whose every part is in order.
struct CheckedDraft {
    let body: Charter.Body
    let way: Circular.Way
    /// `nil` for a meeting.
    let terms: Charter.Circulation?
    let matter: String
    let title: String
    let introduction: String
    let items: [MatterItem]
}

/// Reads a draft and tells all that is wrong with it at once.
struct DraftCheck {
    let draft: CircularDraft
    let services: DecisionServices
    let version: CharterVersion
    let day: Day

    static func noRule(_ body: Charter.Body) -> InvalidInput {
        let rule = "bodies.\(body.key).circulation"
        return InvalidInput(
            "way",
            say(
                "The charter has no rule by which the \(Phrase.name(body.name)) decides without a meeting. "
                    + "Choose a meeting, or add the rule \(rule)."
            )
        )
    }

    func check(_ transaction: Transaction) throws -> CheckedDraft {
        var text = TypedText()
        let title = text.line(draft.title, "title", atMost: 200, required: true)
        let introduction = text.lines(draft.introduction, "introduction", atMost: 4000)
        let body = version.body(draft.body)
        if body == nil { text.refuse("body", say("The charter has no such body. Choose one of the list.")) }
        if let body, draft.way == .circulation, body.circulation == nil {
            for field in Self.noRule(body).fields { text.refuse(field.name, field.message) }
        }
        guard let effect = services.matters.effect(draft.matter) else {
            throw InvalidInput("matter", say("There is no such kind of matter. Choose one of the list."))
        }
        let items =
            try effect.takesTypedItems
            ? typed(&text) : described(transaction, effect, body: draft.body, &text)
        try text.throwProblems()
        guard let body else { throw DecisionRefusal.noCharter }
        return CheckedDraft(
            body: body,
            way: draft.way,
            terms: draft.way == .circulation ? body.circulation : nil,
            matter: draft.matter,
            title: title,
            introduction: introduction,
            items: items
        )
    }

    private func typed(_ text: inout TypedText) -> [MatterItem] {
        var items: [MatterItem] = []
        for item in draft.typed {
            let words = text.line(item.words, "items", atMost: 500)
            let evidence = text.lines(item.evidence, "items", atMost: 4000)
            if words.isEmpty {
                if !evidence.isEmpty {
                    text.refuse("items", say("An item has an explanation and no words. Write both."))
                }
                continue
            }
            items.append(MatterItem(subject: nil, words: .verbatim(words), evidence: .verbatim(evidence)))
        }
        if !draft.subjects.isEmpty { text.refuse("items", say("This kind of matter is typed, not chosen.")) }
        checkCount(items.count, &text)
        return items
    }

    private func described(
        _ transaction: Transaction,
        _ effect: any MatterEffect,
        body: String,
        _ text: inout TypedText
    ) throws -> [MatterItem] {
        var items: [MatterItem] = []
        var seen: Set<String> = []
        for subject in draft.subjects.prefix(OpenCircular.mostItems + 1) where seen.insert(subject).inserted {
            let item = try effect.item(transaction, subject: subject, on: day)
            if let needed = item.body, needed != body {
                let name = services.bodyName(needed, on: day)
                text.refuse("body", say("\(item.words): by the charter the \(name) decides this."))
            }
            if let subject = item.subject,
                let open = try CircularItem.waiting(transaction, about: subject, matter: effect.kind)
            {
                throw DecisionRefusal.alreadyOpen(open)
            }
            items.append(item)
        }
        if draft.typed.contains(where: { $0.words.contains { !$0.isWhitespace } }) {
            text.refuse("items", say("The items of this kind of matter are chosen, not typed."))
        }
        checkCount(items.count, &text)
        return items
    }

    private func checkCount(_ count: Int, _ text: inout TypedText) {
        if count == 0 { text.refuse("items", say("Nothing is to be decided. Give at least one item.")) }
        if count > OpenCircular.mostItems {
            text.refuse("items", say("One question takes at most \(OpenCircular.mostItems) items. Make several of it."))
        }
    }
}
