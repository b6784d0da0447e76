import Access
import Database
import DatabaseTesting
import Foundation
import Identity
import Testing

@Suite("People are invited")
struct InvitationTests {
    private func invite(
        _ desk: Desk,
        _ email: String,
        name: String = "Ana Souza",
        language: String = "es",
        role: Role = .editor,
        in place: Place = .member("m1")
    ) -> InvitePerson {
        InvitePerson(
            name: name,
            email: email,
            language: language,
            role: role,
            in: place,
            places: desk.places,
            letters: desk.letters
        )
    }

    @Test("a new address gets an account, a role and a link that lets in once", arguments: TestEngine.all)
    func newPerson(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let made = try await desk.run(invite(desk, " Ana@Seoul.test "))
            let mail = try await desk.mails()
            #expect(mail.map(\.to) == ["ana@seoul.test"])
            #expect(mail.first?.subject == "Su invitación a WeGO")
            #expect(mail.first?.isConfidential == true)
            #expect(mail.first?.text.contains("Seoul") == true)
            #expect(mail.first?.text.contains("Edición del perfil del miembro") == true)
            let secret = try await desk.secret(to: "ana@seoul.test")
            let view = try await desk.signIn.look(secret, .invitation, now: desk.now)
            #expect(view?.person.name == "Ana Souza")
            #expect(view?.grant?.role == .editor)
            #expect(view?.invitedBy == "Jiwon Park")
            let outcome = try await desk.signIn.enter(secret, .invitation, from: desk.doorstep, now: desk.now)
            #expect(outcome.personID == made.personID)
            #expect(outcome.next == .enter)
            let again = try await refusal {
                _ = try await desk.signIn.enter(secret, .invitation, from: desk.doorstep, now: desk.now)
            }
            #expect(again as? SignInRefusal == .worthlessLink)
            let journal = try await desk.journal(about: made.personID)
            #expect(journal == ["person.invited", "role.given", "invitation.accepted"])
        }
    }

    @Test("a known address gets the role and a notice, and the inviter sees no difference", arguments: TestEngine.all)
    func knownPerson(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let known = try await desk.add("Ana Known", "ana@seoul.test")
            let made = try await desk.run(invite(desk, "ana@seoul.test", name: "Somebody else"))
            #expect(made.personID == known)
            let person = try await desk.person(known)
            #expect(person?.name == "Ana Known")
            #expect(person?.language == "en")
            let mail = try await desk.mails()
            #expect(mail.map(\.subject) == ["You have a new role in WeGO"])
            #expect(mail.map(\.isConfidential) == [false])
        }
    }

    @Test("who was invited twice before coming needs one link and gets both roles", arguments: TestEngine.all)
    func invitedTwice(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let first = try await desk.run(invite(desk, "ana@seoul.test"))
            let old = try await desk.secret(to: "ana@seoul.test")
            let second = try await desk.run(invite(desk, "ana@seoul.test", in: .member("m2")))
            #expect(first.personID == second.personID)
            let fresh = try await desk.secret(to: "ana@seoul.test")
            let stale = try await refusal {
                _ = try await desk.signIn.enter(old, .invitation, from: desk.doorstep, now: desk.now)
            }
            #expect(stale as? SignInRefusal == .worthlessLink)
            _ = try await desk.signIn.enter(fresh, .invitation, from: desk.doorstep, now: desk.now)
            let members = try await desk.actor(first.personID).memberIDs
            #expect(Set(members) == ["m1", "m2"])
            let record = try await desk.ask(PersonRecord(first.personID))
            #expect(record.invitations.allSatisfy { $0.acceptedAt != nil })
        }
    }

    @Test("an invitation is sent again under a new link, but not twice in a minute", arguments: TestEngine.all)
    func again(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let made = try await desk.run(invite(desk, "ana@seoul.test"))
            let old = try await desk.secret(to: "ana@seoul.test")
            let record = try await desk.ask(PersonRecord(made.personID))
            let id = try #require(record.invitations.first?.id)
            let command = InviteAgain(id, places: desk.places, letters: desk.letters)
            let soon = try await refusal { try await desk.run(command, at: desk.now + 59) }
            #expect(soon as? InvitationRefusal == .tooSoon)
            try await desk.run(command, at: desk.now + 3600)
            let fresh = try await desk.secret(to: "ana@seoul.test")
            #expect(old != fresh)
            let view = try await desk.signIn.look(old, .invitation, now: desk.now + 3601)
            #expect(view == nil)
            let rep = try await desk.actor(desk.add("Rui", "rui@busan.test", (.representative, .member("m2"))))
            let foreign = try await refusal { try await desk.run(command, as: rep, at: desk.now + 7200) }
            #expect(foreign as? AccessRefusal == .notAllowed(.giveMemberRole))
        }
    }

    @Test("an invitation taken back lets nobody in and leaves nothing personal", arguments: TestEngine.all)
    func revoked(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let made = try await desk.run(invite(desk, "ana@seoul.test"))
            let secret = try await desk.secret(to: "ana@seoul.test")
            let record = try await desk.ask(PersonRecord(made.personID))
            let id = try #require(record.invitations.first?.id)
            try await desk.run(RevokeInvitation(id, sources: []))
            let error = try await refusal {
                _ = try await desk.signIn.enter(secret, .invitation, from: desk.doorstep, now: desk.now)
            }
            #expect(error as? SignInRefusal == .worthlessLink)
            let person = try await desk.person(made.personID)
            #expect(person?.email == nil)
            #expect(person?.name == Person.erasedName)
            let mail = try await desk.mails()
            #expect(mail.map(\.to) == [""])
            // The address is free again.
            let next = try await desk.run(invite(desk, "ana@seoul.test"))
            #expect(next.personID != made.personID)
        }
    }

    @Test("an invitation taken back leaves alone who has another role", arguments: TestEngine.all)
    func revokedOneOfTwo(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let first = try await desk.run(invite(desk, "ana@seoul.test"))
            _ = try await desk.run(invite(desk, "ana@seoul.test", in: .member("m2")))
            let record = try await desk.ask(PersonRecord(first.personID))
            let id = try #require(record.invitations.first { $0.grantID == first.grantID }?.id)
            try await desk.run(RevokeInvitation(id, sources: []))
            let secret = try await desk.secret(to: "ana@seoul.test")
            _ = try await desk.signIn.enter(secret, .invitation, from: desk.doorstep, now: desk.now)
            let members = try await desk.actor(first.personID).memberIDs
            #expect(members == ["m2"])
        }
    }

    @Test("nobody floods strangers with invitations", arguments: TestEngine.all)
    func flood(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            for number in 1...InvitePerson.dailyLimit { _ = try await desk.run(invite(desk, "a\(number)@x.test")) }
            let error = try await refusal { _ = try await desk.run(invite(desk, "one-more@x.test")) }
            #expect(error as? RoleRefusal == .tooManyInvitations(InvitePerson.dailyLimit))
            let other = try await desk.actor(desk.add("Oh", "oh@wego.test", (.officer, .association)))
            _ = try await desk.run(invite(desk, "one-more@x.test"), as: other)
            _ = try await desk.run(invite(desk, "and-another@x.test"), at: desk.now + 86_400)
        }
    }

    @Test("a closed account gets neither role nor mail", arguments: TestEngine.all)
    func closed(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let known = try await desk.add("Ana Known", "ana@seoul.test")
            try await desk.run(ClosePerson(known))
            let error = try await refusal { _ = try await desk.run(invite(desk, "ana@seoul.test")) }
            #expect(error as? RoleRefusal == .closedAccount)
            let mail = try await desk.mails()
            #expect(mail == [])
        }
    }

    @Test(
        "what would become a mail's header by a trick is refused",
        arguments: [
            ("Ana\r\nBcc: all@world.test", "ana@seoul.test", "name"), ("Ana\u{2028}x", "ana@seoul.test", "name"),
            ("Ana\0", "ana@seoul.test", "name"), ("Ana\u{202E}gro", "ana@seoul.test", "name"),
            ("Ana", "ana@seoul.test\r\nBcc: all@world.test", "email"), ("Ana", "ana@seoul.test, b@c.test", "email"),
            ("Ana", "\"a b\"@seoul.test", "email"), ("", "ana@seoul.test", "name"),
        ]
    )
    func injection(name: String, email: String, field: String) async throws {
        try await withDesk(.sqlite) { desk in
            let error = try await refusal { _ = try await desk.run(invite(desk, email, name: name)) }
            #expect((error as? InvalidInput)?.fields.map(\.name) == [field])
            let people = try await desk.count("person")
            #expect(people == 1)
        }
    }
}
