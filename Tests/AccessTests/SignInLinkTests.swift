import Access
import Database
import DatabaseTesting
import Foundation
import Logging
import Testing

@testable import Identity

@Suite("Links that sign in")
struct SignInLinkTests {
    @Test("a link is sent to who is known, and unknown addresses get the same answer", arguments: TestEngine.all)
    func link(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana", "ana@seoul.test", (.editor, .member("m1")))
            try await desk.signIn.requestLink("Ana@Seoul.TEST", from: desk.doorstep, now: desk.now)
            try await desk.signIn.requestLink("nobody@seoul.test", from: desk.doorstep, now: desk.now)
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
            let outcome = try await desk.signIn.enter(secret, from: desk.doorstep, now: desk.now + 60)
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
            try await desk.signIn.requestLink("ana@seoul.test", from: desk.doorstep, now: desk.now)
            try await desk.signIn.answerRequests(now: desk.now)
            let secret = try await desk.secret(to: "ana@seoul.test")
            let other = try await refusal {
                _ = try await desk.signIn.enter(secret, .invitation, from: desk.doorstep, now: desk.now)
            }
            #expect(other as? SignInRefusal == .worthlessLink)
            let late = try await refusal {
                _ = try await desk.signIn.enter(secret, from: desk.doorstep, now: desk.now + 900)
            }
            #expect(late as? SignInRefusal == .worthlessLink)
            // A scanner that looks at the page uses nothing up.
            for _ in 0..<3 {
                let view = try await desk.signIn.look(secret, .signIn, now: desk.now)
                #expect(view?.person.name == "Ana")
            }
            _ = try await desk.signIn.enter(secret, from: desk.doorstep, now: desk.now + 899)
            let replay = try await refusal {
                _ = try await desk.signIn.enter(secret, from: desk.doorstep, now: desk.now + 899)
            }
            #expect(replay as? SignInRefusal == .worthlessLink)
        }
    }

    @Test("of two who use one link at the same moment one comes in", arguments: TestEngine.all)
    func linkRace(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            _ = try await desk.add("Ana", "ana@seoul.test")
            try await desk.signIn.requestLink("ana@seoul.test", from: desk.doorstep, now: desk.now)
            try await desk.signIn.answerRequests(now: desk.now)
            let secret = try await desk.secret(to: "ana@seoul.test")
            let entered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask { (try? await desk.signIn.enter(secret, from: desk.doorstep, now: desk.now)) != nil }
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
            try await desk.signIn.requestLink("ana@seoul.test", from: desk.doorstep, now: desk.now)
            try await desk.signIn.answerRequests(now: desk.now + 900)
            try await desk.signIn.requestLink("ana@seoul.test", from: desk.doorstep, now: desk.now)
            try await desk.run(ClosePerson(ana))
            try await desk.signIn.answerRequests(now: desk.now)
            let mail = try await desk.mails()
            #expect(mail == [])
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
}
