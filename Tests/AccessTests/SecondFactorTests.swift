import Access
import Database
import DatabaseTesting
import Foundation
import Logging
import Testing

@testable import Identity

@Suite("The second factor at sign-in")
struct SecondFactorTests {
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
                from: desk.doorstep,
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
                    from: desk.doorstep,
                    now: desk.now
                )
            }
            let session = try await enter()
            #expect(session.next == .giveSecondFactor)
            let digits = app.code(step: TimeCode.step(desk.now))
            let full = try await desk.signIn.secondFactor(
                session.session,
                code: digits,
                from: desk.doorstep,
                now: desk.now
            )
            #expect(full.next == .enter)
            #expect(full.session != session.session)
            let other = try await enter()
            let replay = try await refusal {
                _ = try await desk.signIn.secondFactor(other.session, code: digits, from: desk.doorstep, now: desk.now)
            }
            #expect(replay as? SignInRefusal == .wrongCode)
            let gone = try await refusal {
                _ = try await desk.signIn.secondFactor(
                    session.session,
                    code: digits,
                    from: desk.doorstep,
                    now: desk.now
                )
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
                try await desk.signIn.enter(
                    "ana@seoul.test",
                    password: "correct horse battery",
                    from: desk.doorstep,
                    now: now
                )
                .session
            }
            _ = try await desk.signIn.secondFactor(enter(desk.now), code: codes[0], from: desk.doorstep, now: desk.now)
            let mail = try await desk.mails()
            #expect(mail.map(\.subject) == ["A recovery code was used to sign in to WeGO"])
            let session = try await enter(desk.now)
            for _ in 1...5 {
                let wrong = try await refusal {
                    _ = try await desk.signIn.secondFactor(session, code: codes[0], from: desk.doorstep, now: desk.now)
                }
                #expect(wrong as? SignInRefusal == .wrongCode)
            }
            let sixth = try await refusal {
                _ = try await desk.signIn.secondFactor(session, code: codes[1], from: desk.doorstep, now: desk.now)
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
}
