import Access
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Joining
import Languages
import Membership
import NIOCore
import Web

extension Site {
    /// What a letter's link opens: the application, for whoever has the link. Opening it changes nothing.
    static func addApplicantPages(to rooms: RoomRoutes) {
        let path = JoiningLetters.Path.application
        rooms.get(path, .anyone) { room in
            guard let applicant = try await Applicant.enter(room) else { return worthlessLinkPage(room) }
            return applicant.page()
        }
        rooms.post(path, .anyone, largestBody: ApplicantForm.largestBody) { room in
            guard let applicant = try await Applicant.enter(room) else { return worthlessLinkPage(room) }
            return try await applicant.take(ApplicantForm(room.form, room.files))
        }
        rooms.post("\(path)/save", .anyone) { room in
            guard let applicant = try await Applicant.enter(room) else { return worthlessLinkPage(room) }
            return try await applicant.keepTyped(ApplicantForm(room.form))
        }
        rooms.get(Applicant.documentPath, .anyone) { room in
            guard let applicant = try await Applicant.enter(room) else { return worthlessLinkPage(room) }
            let use = try room.query().string("document", maximumCharacters: 80) ?? ""
            let document = try await room.applicantDesk.document(applicant.secret, use: use, now: room.now)
            return try await room.attachment(document)
        }
        rooms.get(Applicant.withdrawPath, .anyone) { room in
            guard let applicant = try await Applicant.enter(room) else { return worthlessLinkPage(room) }
            return applicant.withdrawPage()
        }
        rooms.post(Applicant.withdrawPath, .anyone) { room in
            guard let applicant = try await Applicant.enter(room) else { return worthlessLinkPage(room) }
            return try await applicant.withdraw(reason: room.form.exact("reason"))
        }
    }
}

/// Throughout the site; the web framework has a type of this name too.
typealias Application = Joining.Application

/// An application, and whoever came with a link to it.
struct Applicant: Sendable {
    static let documentPath = "\(JoiningLetters.Path.application)/document"
    static let withdrawPath = "\(JoiningLetters.Path.application)/withdraw"

    let room: Room
    let secret: Secret
    let record: ApplicationRecord

    var application: Application { record.application }

    /// `nil` for a link that opens nothing.
    static func enter(_ room: Room) async throws -> Applicant? {
        guard let secret = try key(room).flatMap({ Secret($0) }) else { return nil }
        do {
            let record = try await room.applicantDesk.open(secret, now: room.now)
            return Applicant(room: room, secret: secret, record: record)
        } catch JoiningRefusal.worthlessLink { return nil }
    }

    /// Of a look it stands in the address, which is in no log; a form carries it.
    private static func key(_ room: Room) throws -> String? {
        guard room.request.method != .post else { return room.form[JoiningLetters.Path.key] }
        return try room.query().string(JoiningLetters.Path.key, maximumCharacters: 43)
    }

    /// The address of this page or of one below it, with the secret that opens it.
    func address(_ path: String = JoiningLetters.Path.application, _ more: String = "") -> String {
        "\(path)?\(JoiningLetters.Path.key)=\(secret.text)\(more)"
    }

    /// The same, as it is now.
    func again() async throws -> Applicant {
        Applicant(room: room, secret: secret, record: try await room.applicantDesk.open(secret, now: room.now))
    }

    /// The application to fill in, or what became of it.
    func page(_ trouble: ApplicantTrouble = .none) -> Response {
        application.state.applicantMayEdit
            ? ApplicantFormPage(applicant: self, trouble: trouble).response()
            : ApplicantStatusPage(applicant: self, trouble: trouble).response()
    }
}

/// Why something was not done, for the page that shows the form again with all that was typed.
struct ApplicantTrouble: Sendable {
    var problems = FormProblems.none
    /// Said above the problems.
    var lead = Phrase.empty
    var refusal: JoiningRefusal?
    /// Boxes that another device changed meanwhile, with what it wrote.
    var conflicts: [ApplicationField: String] = [:]
    /// What stands in boxes in place of what is kept, with the marks that the form carries.
    var typed: [ApplicationField: TypedField] = [:]
    /// An answer that was begun.
    var words = ""
    /// What was done all the same.
    var done: Phrase?

    static let none = ApplicantTrouble()

    var status: HTTPResponse.Status {
        if let refusal { return refusal.kind.status }
        if !conflicts.isEmpty { return .conflict }
        return problems.isEmpty ? .ok : .unprocessableContent
    }
}

extension Applicant {
    private var desk: ApplicantDesk { room.applicantDesk }

    /// Keeps what the form sent, then does what its button says. Whatever goes wrong, nothing that was typed is lost.
    func take(_ form: ApplicantForm) async throws -> Response {
        var trouble = ApplicantTrouble(typed: form.typed, words: form.words)
        trouble.lead = say("Not everything was saved. Please look at:")
        // The same form sent twice, as by a second touch of the button.
        let isSentAgain = [.send, .answer].contains(form.deed) && !application.state.applicantMayEdit
        if isSentAgain { return try await carryOut(form, trouble) }
        do {
            if let category = form.category { try await desk.setCategory(secret, category, now: room.now) }
            try await keep(form, &trouble)
        } catch let input as InvalidInput {
            trouble.problems = FormProblems(input)
        } catch let refusal as JoiningRefusal {
            return try await refused(refusal, trouble)
        }
        guard trouble.problems.isEmpty, trouble.conflicts.isEmpty else { return try await again().page(trouble) }
        return try await carryOut(form, trouble)
    }

    /// The boxes, then the files.
    private func keep(_ form: ApplicantForm, _ trouble: inout ApplicantTrouble) async throws {
        let saved = try await desk.save(secret, form.typed, now: room.now)
        trouble.conflicts = saved.conflicts
        trouble.typed = form.typed.filter { saved.conflicts[$0.key] != nil }
        for (field, typed) in trouble.typed {
            // The mark of what the page now shows beside it.
            trouble.typed[field] = TypedField(typed.value, seen: saved.marks[field] ?? typed.seen)
        }
        var problems: [InvalidInput.Field] = []
        for key in form.uploads {
            let field = ApplicantForm.Name.document(key)
            do {
                guard let sent = try await room.sentDocument(field) else { continue }
                try await desk.attach(secret, key, sent.file, name: sent.name, now: room.now)
            } catch let input as InvalidInput {
                problems += input.fields.map { InvalidInput.Field(field, $0.message) }
            }
        }
        if !problems.isEmpty { throw InvalidInput(problems) }
    }

    private func carryOut(_ form: ApplicantForm, _ trouble: ApplicantTrouble) async throws -> Response {
        var trouble = trouble
        do {
            switch form.deed {
            case .save: return try await goOn(say("Saved."), trouble)
            case .send:
                switch try await desk.submit(secret, now: room.now) {
                case .sent: return back(say("Your application is sent. A letter that confirms it is on its way."))
                case .alreadySent:
                    trouble.done = say("It was sent already, so nothing was changed.")
                    return try await again().page(trouble)
                }
            case .answer:
                switch try await desk.answer(secret, words: form.words, now: room.now) {
                case .sent: return back(say("Your answer is sent."))
                case .alreadySent:
                    trouble.words = ""
                    trouble.done = say("It was sent already, so nothing was changed.")
                    return try await again().page(trouble)
                }
            case .remove(let document):
                try await desk.removeDocument(secret, use: document, now: room.now)
                return try await goOn(say("The document is removed."), trouble)
            case .same(let member):
                try await desk.sameAs(secret, memberKey: member, now: room.now)
                return try await goOn(say("Thank you, that is noted."), trouble)
            }
        } catch let input as InvalidInput {
            trouble.problems = FormProblems(input)
            trouble.lead = say("It is not sent yet. What you typed is saved. Please look at:")
            return try await again().page(trouble)
        } catch let refusal as JoiningRefusal {
            return try await refused(refusal, trouble)
        }
    }

    /// What the script of the page sends while somebody types: some boxes, answered with their new marks.
    func keepTyped(_ form: ApplicantForm) async throws -> Response {
        let saved = try await desk.save(secret, form.typed, now: room.now)
        let now = try await again().record
        return try room.json(SavedBoxes(saved, problems: now.problems, room))
    }

    func withdraw(reason: String) async throws -> Response {
        do {
            try await desk.withdraw(secret, reason: reason, now: room.now)
            return back(say("Your application is withdrawn. Nothing more happens to it."))
        } catch let input as InvalidInput {
            return withdrawPage(reason: reason, FormProblems(input))
        } catch let refusal as JoiningRefusal {
            return try await refused(refusal, .none)
        }
    }

    private func refused(_ refusal: JoiningRefusal, _ trouble: ApplicantTrouble) async throws -> Response {
        var trouble = trouble
        trouble.refusal = refusal
        do { return try await again().page(trouble) } catch JoiningRefusal.worthlessLink {
            return worthlessLinkPage(room)
        }
    }

    /// Shows the form again. An answer that was begun is no box: it stays in the page.
    private func goOn(_ notice: Phrase, _ trouble: ApplicantTrouble) async throws -> Response {
        guard !trouble.words.isEmpty else { return back(notice) }
        var trouble = trouble
        trouble.done = Phrase.joined([notice, say("Your answer is not sent yet.")], by: " ")
        return try await again().page(trouble)
    }

    private func back(_ notice: Phrase) -> Response { room.redirect(to: address(), notice: notice) }
}

/// The answer to the script of the page.
private struct SavedBoxes: Encodable {
    struct Conflict: Encodable {
        let value: String
        /// As people read it: a country by its name.
        let words: String
    }

    struct Problem: Encodable {
        let name: String
        let message: String
    }

    let marks: [String: String]
    let conflicts: [String: Conflict]
    /// What keeps the application from being sent.
    let problems: [Problem]

    init(_ saved: SaveOutcome, problems: [InvalidInput.Field], _ room: Room) {
        marks = Dictionary(uniqueKeysWithValues: saved.marks.map { ($0.key.rawValue, $0.value.text) })
        conflicts = Dictionary(
            uniqueKeysWithValues: saved.conflicts.map { field, value in
                let words = room.site.speech.text(boxWords(field, value, room))
                return (field.rawValue, Conflict(value: value, words: words))
            }
        )
        self.problems = problems.map { Problem(name: $0.name, message: room.site.speech.text($0.message)) }
    }
}

extension Room {
    /// An answer for a script of the page; never kept by any cache.
    fileprivate func json(_ value: some Encodable) throws -> Response {
        Response(
            status: .ok,
            headers: [.contentType: ContentType.json.value, .cacheControl: "private, no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(value)))
        )
    }
}

/// For a link that is old, was mistyped or never was one.
func worthlessLinkPage(_ room: Room) -> Response {
    room.doorPage(say("This link opens nothing any more"), status: .gone) { h in
        h.p(JoiningRefusal.worthlessLink.sentence)
        h.div(.class("form-end")) {
            h.a(.class("button primary"), .href(JoinAddress.link), text: say("Get a new link"))
            h.a(.class("button"), .href(JoiningLetters.Path.join), text: say("How to join"))
        }
    }
}
