import Access
import Database
import DatabaseTesting
import Foundation
import Logging
import Testing

@testable import Identity

@Suite("Passwords and accounts elsewhere")
struct SignInTests {
    @Test("a password lets in; a wrong one and an unknown address are refused alike", arguments: TestEngine.all)
    func password(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@seoul.test")
            _ = try await desk.add("Bob", "bob@seoul.test")
            try await desk.setPassword(ana, "correct horse battery")
            let outcome = try await desk.signIn.enter(
                "ANA@seoul.test",
                password: "correct horse battery",
                from: desk.doorstep,
                now: desk.now
            )
            #expect(outcome.personID == ana)
            for (email, password) in [
                ("ana@seoul.test", "wrong"), ("nobody@seoul.test", "wrong"), ("bob@seoul.test", ""),
                ("ana@seoul.test", ""),
            ] {
                let error = try await refusal {
                    _ = try await desk.signIn.enter(email, password: password, from: desk.doorstep, now: desk.now)
                }
                #expect(error as? SignInRefusal == .wrongPassword, "\(email)")
            }
            try await desk.run(ClosePerson(ana))
            let closed = try await refusal {
                _ = try await desk.signIn.enter(
                    "ana@seoul.test",
                    password: "correct horse battery",
                    from: desk.doorstep,
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
                        from: desk.doorstep,
                        now: desk.now + 10
                    )
                }
                #expect(sixth as? SignInRefusal == .tooManyTries(seconds: 890))
            }
            // The owner can still have a link sent, and the password works again afterwards.
            try await desk.signIn.requestLink("ana@seoul.test", from: desk.doorstep, now: desk.now)
            _ = try await desk.signIn.enter(
                "ana@seoul.test",
                password: "correct horse battery",
                from: desk.doorstep,
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
                    from: desk.doorstep,
                    now: desk.now
                )
            }
        }
    }

    @Test("tries in two processes count together", arguments: TestEngine.all)
    func limitAcrossProcesses(_ engine: Database.Engine) async throws {
        let place = try await TestPlace.make(engine)
        let first = try Database.open(place.location, logger: Logger(label: "test"), connections: 4)
        try await first.migrate(Desk.migrations, at: "2026-01-01T00:00:00Z")
        let second = try Database.open(place.location, logger: Logger(label: "test"), connections: 4)
        let desk = try await Desk.open(first)
        let other = SignIn(database: second, hasher: desk.signIn.hasherForTests, letters: desk.letters, sources: [])
        let refusals = await withTaskGroup(of: SignInRefusal?.self) { group in
            for number in 0..<20 {
                let signIn = number.isMultiple(of: 2) ? desk.signIn : other
                group.addTask {
                    do {
                        _ = try await signIn.enter(
                            "a@b.test",
                            password: "\(number)",
                            from: desk.doorstep,
                            now: desk.now
                        )
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
                    _ = try await desk.signIn.enter(unknown, from: desk.doorstep, now: desk.now)
                }
                #expect(error as? SignInRefusal == .unknownIdentity)
            }
            let first = try await desk.signIn.enter(
                identity("7", "ana@seoul.test", verified: true),
                from: desk.doorstep,
                now: desk.now
            )
            let later = try await desk.signIn.enter(
                identity("7", nil, verified: false),
                from: desk.doorstep,
                now: desk.now + 60
            )
            #expect([first.personID, later.personID] == [ana, ana])
            let journal = try await desk.journal(about: ana)
            #expect(journal == ["identity.linked"])
        }
    }
}
