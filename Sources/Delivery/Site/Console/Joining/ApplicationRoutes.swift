import Access
import Files
import Hummingbird
import Joining
import Languages
import Web

extension Site {
    /// One application, and what is found with it.
    static func addApplications(to rooms: RoomRoutes) {
        rooms.get(ConsoleJoining.newApplication, .may(.handleApplications)) { room in
            newApplicationPage(room, NewApplication(room), .none)
        }
        rooms.post(ConsoleJoining.newApplication, .may(.handleApplications)) { room in
            let entry = NewApplication(room)
            do {
                let id = try await room.run(entry.command(room))
                return room.redirect(
                    to: ConsoleJoining.application(id),
                    notice: say("The application is entered, and its link is on the way to the applicant.")
                )
            } catch let input as InvalidInput {
                return newApplicationPage(room, entry, FormProblems(input))
            }
        }
        rooms.get(ConsoleJoining.application(":id"), .may(.readApplications)) { room in
            applicationPage(room, try await ConsoleApplication.load(room))
        }
        rooms.get(ConsoleJoining.application(":id", "documents", ":document"), .may(.readApplications)) { room in
            let record = try await ConsoleApplication.load(room).record
            let id = try room.parameter("document")
            guard let document = record.documents.first(where: { $0.use.id == id }) else {
                throw RequestProblem.notFound
            }
            return try await room.attachment(document.use)
        }
        rooms.get(ConsoleJoining.application(":id", "correct"), .may(.handleApplications)) { room in
            let found = try await ConsoleApplication.load(room)
            return correctApplicationPage(room, found, CorrectedApplication(found.application), .none)
        }
        rooms.post(ConsoleJoining.application(":id", "correct"), .may(.handleApplications)) { room in
            try await correctApplication(room)
        }
    }

    /// What the secretariat does with an application.
    static func addApplicationChanges(to rooms: RoomRoutes) {
        typealias Name = ApplicationForms.Name
        post(rooms, Name.ask, say("The applicant is asked by mail.")) { room, id, form in
            let (words, missing) = (form.sent("words", in: room.form), room.form.all(form.field("missing")))
            let services = room.site.rooms.joining
            try await room.run(AskApplicant(id, words: words, missing: missing, services: services))
        }
        post(rooms, Name.note, say("The note is kept.")) { room, id, form in
            try await room.run(NoteOnApplication(id, words: form.sent("words", in: room.form)))
        }
        post(rooms, Name.recommend, say("Recommended. Put it before the body next.")) { room, id, form in
            let opinion = room.form[form.field("for")]
            guard ["yes", "no"].contains(opinion) else {
                throw InvalidInput("for", say("Choose whether the secretariat is for admission or against it."))
            }
            let words = form.sent("words", in: room.form)
            let services = room.site.rooms.joining
            try await room.run(RecommendApplication(id, isFor: opinion == "yes", words: words, services: services))
        }
        post(rooms, Name.takeBack, say("The recommendation is taken back.")) { room, id, form in
            try await room.run(TakeBackRecommendation(id, reason: form.sent("reason", in: room.form)))
        }
        post(rooms, Name.close, say("Closed. The applicant is told by mail.")) { room, id, form in
            let reason = form.sent("reason", in: room.form)
            try await room.run(CloseApplication(id, reason: reason, services: room.site.rooms.joining))
        }
        post(rooms, Name.send, say("Sent for the applicant, who has a letter about it.")) { room, id, form in
            do {
                let command = SubmitForApplicant(
                    id,
                    receivedOn: room.form[form.field("received_on")],
                    grounds: form.sent("grounds", in: room.form),
                    services: room.site.rooms.joining
                )
                try await room.run(command)
            } catch let input as InvalidInput {
                // What keeps the application from being sent stands above the form, all of it in one place.
                let own = ["received_on", "grounds"]
                throw InvalidInput(
                    input.fields.map { own.contains($0.name) ? $0 : InvalidInput.Field("application", $0.message) }
                )
            }
        }
        post(rooms, Name.erase, say("The contact is erased."), needs: .erasePerson) { room, id, form in
            try await room.run(EraseContact(id, reason: form.sent("reason", in: room.form)))
        }
        addApplicationMatch(to: rooms)
        addApplicationDocuments(to: rooms)
    }

    private static func addApplicationMatch(to rooms: RoomRoutes) {
        rooms.post(ConsoleJoining.application(":id", "match"), .may(.handleApplications)) { room in
            let (id, member) = (try room.parameter("id"), room.form.optional("member"))
            try await room.run(MatchApplication(id, memberKey: member, services: room.site.rooms.joining))
            let notice =
                member == nil
                ? say("Noted: the applicant is none of these.")
                : say("Noted: admission continues that membership.")
            return room.redirect(to: ConsoleJoining.application(id), notice: notice)
        }
    }

    private static func addApplicationDocuments(to rooms: RoomRoutes) {
        let done = say("The document is added.")
        post(rooms, ApplicationForms.Name.attach, done, largestBody: SentDocument.largestBody) { room, id, form in
            guard let document = try await room.sentDocument(of: form) else {
                throw InvalidInput("document", say("Choose a file."))
            }
            let key = room.form[form.field("key")]
            let command = AttachToApplication(
                id,
                key: key,
                file: document.file,
                name: document.name,
                services: room.site.rooms.joining
            )
            try await room.run(command)
        }
    }

    /// The address of one of the forms of an application's page, on which it is also told what is wrong with it.
    private static func post(
        _ rooms: RoomRoutes,
        _ form: NamedForm,
        _ done: Phrase,
        needs action: Action = .handleApplications,
        largestBody: Int = FormValues.maximumBytes,
        _ body: @escaping @Sendable (Room, _ id: String, NamedForm) async throws -> Void
    ) {
        let path = ConsoleJoining.application(":id", form.name)
        rooms.post(path, .may(action), largestBody: largestBody) { room in
            let id = try room.parameter("id")
            do { try await body(room, id, form) } catch let input as InvalidInput {
                return applicationPage(room, try await ConsoleApplication.load(room), form.problems(input))
            } catch let refusal as JoiningRefusal {
                // What was typed stays on the page.
                return applicationPage(room, try await ConsoleApplication.load(room), .none, refusal)
            }
            return room.redirect(to: ConsoleJoining.application(id), notice: done)
        }
    }
}
