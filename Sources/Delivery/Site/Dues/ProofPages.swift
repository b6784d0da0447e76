import Access
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

extension Site {
    /// Whether a document is genuine, for whoever holds it.
    static func addProofs(to rooms: RoomRoutes) {
        rooms.get(ProofPages.path, .anyone) { room in
            let typed = try room.query().string("code", maximumCharacters: 200)
            // Nothing but what can stand in an address: the rest of a code is spaces and hyphens.
            let code = (typed ?? "").filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
            guard code.isEmpty else { return room.redirect(to: DuesLetters.Path.proof(code)) }
            return ProofPages(room: room).asking()
        }
        rooms.get(DuesLetters.Path.proof(":code"), .anyone) { room in
            let question = ProofByCode(try room.parameter("code"))
            do {
                let found = try await room.site.database.proof(question, from: room.doorstep.address, now: room.now)
                return ProofPages(room: room).page(found)
            } catch DuesRefusal.noSuchProof { return ProofPages(room: room).nothing() }
        }
    }
}

/// What a code tells of a document.
struct ProofPages: Sendable {
    static let path = "/proof"

    let room: Room

    func asking() -> Response {
        room.doorPage(say("Is this document genuine?")) { h in
            h.p(say("Type the code that stands at the end of the document. Spaces and capital letters do not matter."))
            form(h)
        }
    }

    /// For a code that was mistyped, altered or made up.
    func nothing() -> Response {
        room.doorPage(say("No such document"), status: .notFound) { h in
            h.p(DuesRefusal.noSuchProof.sentence)
            form(h)
        }
    }

    func page(_ found: ProofByCode.Answer) -> Response {
        guard found.isWhole else {
            return room.doorPage(say("This document cannot be confirmed")) { h in
                h.div(.class("notice danger")) {
                    h.p(
                        say(
                            "A document with this code was issued, but the records of it were changed since, so what "
                                + "it says cannot be compared with them. Ask the secretariat."
                        )
                    )
                }
            }
        }
        return room.doorPage(found.title) { h in
            h.div(.class("notice \(found.tone)")) {
                h.p(found.since.words ?? say("What it says is what the records say today."))
            }
            facts(h, found.document)
            h.p(.class("quiet"), text: say("Compare each line with the document in your hands."))
        }
    }

    private func facts(_ h: HTMLWriter, _ document: DocumentProof) {
        h.dl(.class("facts")) {
            h.fact(say("Document")) {
                h.text(document.kind.words)
                h.text(" \(document.number)")
            }
            h.fact(say("Member")) { h.text(document.memberName) }
            if document.kind == .certificate {
                h.fact(say("Dues of the year")) { h.text(document.subjectID) }
            }
            h.fact(say("Amount")) {
                h.text(document.amount.words)
                if document.isInvented {
                    h.text(" ")
                    h.madeUpTag()
                }
            }
            h.fact(say("Day")) { h.when(DayRange(document.day)) }
        }
        if document.isInvented {
            h.p(say("This document is an example: it rests on what is made up. Nobody asked for or paid this money."))
        }
    }

    private func form(_ h: HTMLWriter) {
        h.form(.action(Self.path), .method(.get)) {
            h.textField(
                "code",
                label: say("Code", context: "of a document"),
                value: "",
                .autocomplete("off"),
                .spellcheck(false),
                .maxlength(80),
                .required()
            )
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Check it"))
            }
        }
    }
}

extension ProofByCode.Answer {
    /// The class of the sentence that says how far it can be relied on.
    fileprivate var tone: String {
        switch since {
        case .nothing: "done"
        case .lowered, .changed: "caution"
        case .undone, .owed: "danger"
        }
    }

    fileprivate var title: Phrase {
        switch since {
        case .nothing: say("This document is genuine")
        case .lowered, .changed: say("This document is genuine, and was changed since")
        case .undone, .owed: say("This document is no longer valid")
        }
    }
}
