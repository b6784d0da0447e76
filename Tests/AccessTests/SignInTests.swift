import Access
import Database
import DatabaseTesting
import Foundation
import Logging
import Testing

@testable import Identity

@Suite("Ways in")
struct SignInTests {
    private let here = Doorstep(address: "203.0.113.9", agent: "Firefox")

    @Test("a link is sent to who is known, and unknown addresses get the same answer", arguments: TestEngine.all)
    func link(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@seoul.test", (.editor, .member("m1")))
            try await desk.signIn.requestLink("Ana@Seoul.TEST", from: here, now: desk.now)
            try await desk.signIn.requestLink("nobody@seoul.test", from: here, now: desk.now)
            // Both wait alike until somebody writes the mail.
            let waiting = try await desk.count("sign_in_request")
            let before = try await desk.mails()
            #expect(waiting == 2)
            #expect(before == [])
            let answered = try await desk.signIn.answerRequests(now: desk.now)
            #expect(answered == 2)
            let mail = try await desk.mails()
            #expect(mail.map(\.to) == ["ana@seoul.test"])
            let secret = try await desk.secret(to: "ana@seoul.test")
            let outcome = try await desk.signIn.enter(secret, from: here, now: desk.now + 60)
            #expect(outcome.personID == ana)
            #expect(outcome.next == .enter)
            let session = try await desk.database.read {
                try Session.find($0, outcome.session, SessionPolicy(), now: desk.now + 61)
            }
            #expect(session?.method == "link")
        }
    }

    @Test("a link works once, for a quarter of an hour, and for nothing else", arguments: TestEngine.all)
    func linkIsSpent(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            _ = try await desk.add("Ana", "ana@seoul.test")
            try await desk.signIn.requestLink("ana@seoul.test", from: here, now: desk.now)
            try await desk.signIn.answerRequests(now: desk.now)
            let secret = try await desk.secret(to: "ana@seoul.test")
            let other = try await refusal {
                _ = try await desk.signIn.enter(secret, .invitation, from: here, now: desk.now)
            }
            #expect(other as? SignInRefusal == .worthlessLink)
            let late = try await refusal { _ = try await desk.signIn.enter(secret, from: here, now: desk.now + 900) }
            #expect(late as? SignInRefusal == .worthlessLink)
            // A scanner that looks at the page uses nothing up.
            for _ in 0..<3 {
                let view = try await desk.signIn.look(secret, .signIn, now: desk.now)
                #expect(view?.person.name == "Ana")
            }
            _ = try await desk.signIn.enter(secret, from: here, now: desk.now + 899)
            let replay = try await refusal { _ = try await desk.signIn.enter(secret, from: here, now: desk.now + 899) }
            #expect(replay as? SignInRefusal == .worthlessLink)
        }
    }

    @Test("of two who use one link at the same moment one comes in", arguments: TestEngine.all)
    func linkRace(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            _ = try await desk.add("Ana", "ana@seoul.test")
            try await desk.signIn.requestLink("ana@seoul.test", from: here, now: desk.now)
            try await desk.signIn.answerRequests(now: desk.now)
            let secret = try await desk.secret(to: "ana@seoul.test")
            let entered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask { (try? await desk.signIn.enter(secret, from: here, now: desk.now)) != nil }
                }
                var entered = 0
                for await isIn in group where isIn { entered += 1 }
                return entered
            }
            #expect(entered == 1)
        }
    }

    @Test("a request that waited for too long is not answered, nor one of a closed account", arguments: TestEngine.all)
    func staleRequest(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@seoul.test")
            try await desk.signIn.requestLink("ana@seoul.test", from: here, now: desk.now)
            try await desk.signIn.answerRequests(now: desk.now + 900)
            try await desk.signIn.requestLink("ana@seoul.test", from: here, now: desk.now)
            try await desk.run(ClosePerson(ana))
            try await desk.signIn.answerRequests(now: desk.now)
            let mail = try await desk.mails()
            #expect(mail == [])
        }
    }

    @Test("a password lets in; a wrong one and an unknown address are refused alike", arguments: TestEngine.all)
    func password(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@seoul.test")
            _ = try await desk.add("Bob", "bob@seoul.test")
            try await desk.setPassword(ana, "correct horse battery")
            let outcome = try await desk.signIn.enter(
                "ANA@seoul.test",
                password: "correct horse battery",
                from: here,
                now: desk.now
            )
            #expect(outcome.personID == ana)
            for (email, password) in [
                ("ana@seoul.test", "wrong"), ("nobody@seoul.test", "wrong"), ("bob@seoul.test", ""),
                ("ana@seoul.test", ""),
            ] {
                let error = try await refusal {
                    _ = try await desk.signIn.enter(email, password: password, from: here, now: desk.now)
                }
                #expect(error as? SignInRefusal == .wrongPassword, "\(email)")
            }
            try await desk.run(ClosePerson(ana))
            let closed = try await refusal {
                _ = try await desk.signIn.enter(
                    "ana@seoul.test",
                    password: "correct horse battery",
                    from: here,
                    now: desk.now
                )
            }
            #expect(closed as? SignInRefusal == .wrongPassword)
        }
    }

    @Test(
        "five wrong passwords close an account's door for a quarter of an hour, known or not",
        arguments: TestEngine.all
    )
    func limitByAccount(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@seoul.test")
            try await desk.setPassword(ana, "correct horse battery")
            for email in ["ana@seoul.test", "nobody@seoul.test"] {
                for place in 1...5 {
                    let from = Doorstep(address: "198.51.100.\(place)", agent: "")
                    let error = try await refusal {
                        _ = try await desk.signIn.enter(email, password: "wrong \(place)", from: from, now: desk.now)
                    }
                    #expect(error as? SignInRefusal == .wrongPassword)
                }
                let sixth = try await refusal {
                    _ = try await desk.signIn.enter(
                        email,
                        password: "correct horse battery",
                        from: here,
                        now: desk.now + 10
                    )
                }
                #expect(sixth as? SignInRefusal == .tooManyTries(seconds: 890))
            }
            // The owner can still have a link sent, and the password works again afterwards.
            try await desk.signIn.requestLink("ana@seoul.test", from: here, now: desk.now)
            _ = try await desk.signIn.enter(
                "ana@seoul.test",
                password: "correct horse battery",
                from: here,
                now: desk.now + 901
            )
        }
    }

    @Test("the right password gives the tries back", arguments: TestEngine.all)
    func limitIsCleared(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@seoul.test")
            try await desk.setPassword(ana, "correct horse battery")
            for _ in 1...12 {
                _ = try await desk.signIn.enter(
                    "ana@seoul.test",
                    password: "correct horse battery",
                    from: here,
                    now: desk.now
                )
            }
        }
    }

    @Test("thirty tries from one network are enough, whatever the accounts", arguments: TestEngine.all)
    func limitByAddress(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            // Addresses of one /64 are one customer.
            for place in 1...30 {
                try await desk.signIn.requestLink(
                    "person\(place)@seoul.test",
                    from: Doorstep(address: "2001:db8:1:2::\(place)", agent: ""),
                    now: desk.now
                )
            }
            let refused = try await refusal {
                try await desk.signIn.requestLink(
                    "person31@seoul.test",
                    from: Doorstep(address: "2001:db8:1:2:ffff::1", agent: ""),
                    now: desk.now
                )
            }
            #expect(refused as? SignInRefusal == .tooManyTries(seconds: 900))
            try await desk.signIn.requestLink(
                "person31@seoul.test",
                from: Doorstep(address: "2001:db8:1:3::1", agent: ""),
                now: desk.now
            )
        }
    }

    @Test("tries in two processes count together", arguments: TestEngine.all)
    func limitAcrossProcesses(_ engine: Database.Engine) async throws {
        let place = try await TestPlace.make(engine)
        let first = try Database.open(place.location, logger: Logger(label: "test"), connections: 4)
        try await first.migrate(Desk.migrations, at: "2026-01-01T00:00:00Z")
        let second = try Database.open(place.location, logger: Logger(label: "test"), connections: 4)
        let desk = try await Desk.open(first)
        let other = SignIn(database: second, hasher: desk.signIn.hasherForTests, letters: desk.letters)
        let refusals = await withTaskGroup(of: SignInRefusal?.self) { group in
            for number in 0..<20 {
                let signIn = number.isMultiple(of: 2) ? desk.signIn : other
                group.addTask {
                    do {
                        _ = try await signIn.enter("a@b.test", password: "\(number)", from: here, now: desk.now)
                        return nil
                    } catch { return error as? SignInRefusal }
                }
            }
            var refusals: [SignInRefusal?] = []
            for await refusal in group { refusals.append(refusal) }
            return refusals
        }
        #expect(refusals.count { $0 == .wrongPassword } == 5)
        #expect(refusals.count { $0 == .tooManyTries(seconds: 900) } == 15)
        try await first.close()
        try await second.close()
        try await place.remove()
    }

    @Test(
        "a role of the secretariat waits for the second factor; without one it must be set up",
        arguments: TestEngine.all
    )
    func withheld(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let officer = try await desk.add("Oh", "oh@wego.test", (.officer, .association))
            try await desk.setPassword(officer, "correct horse battery")
            let first = try await desk.signIn.enter(
                "oh@wego.test",
                password: "correct horse battery",
                from: here,
                now: desk.now
            )
            #expect(first.next == .setUpSecondFactor)
            let half = try await desk.actor(officer, secondFactor: false)
            let list = try await refusal { _ = try await desk.ask(PeopleList(PeopleFilter()), as: half) }
            #expect(list as? AccessRefusal == .secondFactorNeeded)

            let code = try await desk.run(BeginSecondFactor(officer), as: half)
            let same = try await desk.run(BeginSecondFactor(officer), as: half)
            #expect(code == same)
            let wrong = try await refusal {
                _ = try await desk.run(
                    ConfirmSecondFactor(officer, code: "000000", session: first.session, letters: desk.letters),
                    as: half,
                    at: desk.now
                )
            }
            let isUnlucky = code.code(step: TimeCode.step(desk.now)) == "000000"
            #expect(wrong as? AccountRefusal == .wrongCode || isUnlucky)
            let digits = code.code(step: TimeCode.step(desk.now))
            let done = try await desk.run(
                ConfirmSecondFactor(officer, code: digits, session: first.session, letters: desk.letters),
                as: half
            )
            #expect(Set(done.recoveryCodes).count == 10)
            let old = try await desk.database.read {
                try Session.find($0, first.session, SessionPolicy(), now: desk.now)
            }
            let raised = try await desk.database.read {
                try Session.find($0, done.session, SessionPolicy(), now: desk.now)
            }
            #expect(old == nil, "a secret that was planted before is worth nothing")
            #expect(raised?.secondFactorAt != nil)
        }
    }

    @Test("the second factor is asked for at the next sign-in; each code counts once", arguments: TestEngine.all)
    func secondFactor(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let officer = try await desk.add("Oh", "oh@wego.test", (.officer, .association))
            try await desk.setPassword(officer, "correct horse battery")
            let app = try await desk.addSecondFactor(officer)
            func enter() async throws -> SignInOutcome {
                try await desk.signIn.enter(
                    "oh@wego.test",
                    password: "correct horse battery",
                    from: here,
                    now: desk.now
                )
            }
            let session = try await enter()
            #expect(session.next == .giveSecondFactor)
            let digits = app.code(step: TimeCode.step(desk.now))
            let full = try await desk.signIn.secondFactor(session.session, code: digits, from: here, now: desk.now)
            #expect(full.next == .enter)
            #expect(full.session != session.session)
            let other = try await enter()
            let replay = try await refusal {
                _ = try await desk.signIn.secondFactor(other.session, code: digits, from: here, now: desk.now)
            }
            #expect(replay as? SignInRefusal == .wrongCode)
            let gone = try await refusal {
                _ = try await desk.signIn.secondFactor(session.session, code: digits, from: here, now: desk.now)
            }
            #expect(gone as? SignInRefusal == .sessionOver)
        }
    }

    @Test("five wrong codes are enough, and a recovery code works once and is told", arguments: TestEngine.all)
    func recovery(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@seoul.test")
            try await desk.setPassword(ana, "correct horse battery")
            _ = try await desk.addSecondFactor(ana)
            let codes = try await desk.database.write { try RecoveryCodes.replace($0, person: ana) }
            func enter(_ now: Date) async throws -> Secret {
                try await desk.signIn.enter("ana@seoul.test", password: "correct horse battery", from: here, now: now)
                    .session
            }
            _ = try await desk.signIn.secondFactor(enter(desk.now), code: codes[0], from: here, now: desk.now)
            let mail = try await desk.mails()
            #expect(mail.map(\.subject) == ["A recovery code was used to sign in to WeGO"])
            let session = try await enter(desk.now)
            for _ in 1...5 {
                let wrong = try await refusal {
                    _ = try await desk.signIn.secondFactor(session, code: codes[0], from: here, now: desk.now)
                }
                #expect(wrong as? SignInRefusal == .wrongCode)
            }
            let sixth = try await refusal {
                _ = try await desk.signIn.secondFactor(session, code: codes[1], from: here, now: desk.now)
            }
            #expect(sixth as? SignInRefusal == .tooManyTries(seconds: 900))
        }
    }

    @Test("who set up a second factor of their own will is protected by it", arguments: TestEngine.all)
    func voluntary(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@seoul.test", (.representative, .member("m1")))
            _ = try await desk.addSecondFactor(ana)
            let half = try await desk.actor(ana, secondFactor: false)
            let tries: [() async throws -> Void] = [
                { try await desk.run(ChangeOwnDetails(ana, name: "X", language: "en"), as: half) },
                { try await desk.run(RemoveSecondFactor(ana, letters: desk.letters), as: half) },
                { _ = try await desk.ask(MyAccount(ana, policy: SessionPolicy()), as: half) },
                { _ = try await desk.ask(PeopleOfMember("m1"), as: half) },
            ]
            for attempt in tries {
                let error = try await refusal(attempt)
                #expect(error as? AccessRefusal == .secondFactorNeeded)
            }
            let full = try await desk.actor(ana)
            try await desk.run(RemoveSecondFactor(ana, letters: desk.letters), as: full)
        }
    }

    @Test("an identity elsewhere lets in whom it is linked to, and nobody new", arguments: TestEngine.all)
    func openID(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@seoul.test")
            func identity(_ subject: String, _ email: String?, verified: Bool) -> OpenIDIdentity {
                OpenIDIdentity(
                    issuer: "https://id.test",
                    subject: subject,
                    email: email,
                    isEmailVerified: verified,
                    name: "Ana"
                )
            }
            for unknown in [
                identity("7", "ana@seoul.test", verified: false), identity("8", "nobody@seoul.test", verified: true),
                identity("9", nil, verified: false),
            ] {
                let error = try await refusal {
                    _ = try await desk.signIn.enter(unknown, from: here, now: desk.now)
                }
                #expect(error as? SignInRefusal == .unknownIdentity)
            }
            let first = try await desk.signIn.enter(
                identity("7", "ana@seoul.test", verified: true),
                from: here,
                now: desk.now
            )
            let later = try await desk.signIn.enter(identity("7", nil, verified: false), from: here, now: desk.now + 60)
            #expect([first.personID, later.personID] == [ana, ana])
            let journal = try await desk.journal(about: ana)
            #expect(journal == ["identity.linked"])
        }
    }
}
