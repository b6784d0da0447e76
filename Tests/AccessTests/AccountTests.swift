import Access
import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Identity

@Suite("One's own account")
struct AccountTests {
    private let here = Doorstep(address: "203.0.113.9", agent: "Firefox")

    private func begin(
        _ desk: Desk,
        _ person: String,
        method: String,
        at now: Date = Desk.start
    ) async throws -> (
        Secret, Session
    ) {
        try await desk.database.write { transaction in
            let secret = try Session.begin(
                transaction,
                person: person,
                method: method,
                secondFactor: false,
                address: "203.0.113.9",
                agent: "Firefox",
                now: now
            )
            let session = try Session.find(transaction, secret, SessionPolicy(), now: now)
            return (secret, try #require(session))
        }
    }

    private func newPassword(
        _ desk: Desk,
        _ id: String,
        _ password: String,
        old: String?,
        _ session: Session,
        at now: Date = Desk.start
    ) async throws {
        let person = try #require(try await desk.person(id))
        let command = try await desk.signIn.newPassword(
            password,
            old: old,
            for: person,
            in: session,
            association: "WeGO",
            from: here,
            now: now
        )
        try await desk.run(command, as: try await desk.actor(id), at: now)
    }

    @Test("a first password needs a fresh link, a new one the old one; other sign-ins end", arguments: TestEngine.all)
    func password(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana Souza", "ana@seoul.test")
            let (_, fresh) = try await begin(desk, ana, method: "link")
            _ = try await begin(desk, ana, method: "link")
            let weak = try await refusal { try await newPassword(desk, ana, "ana souza 2026", old: nil, fresh) }
            #expect((weak as? InvalidInput)?.fields.map(\.name) == ["password"])
            let stale = try await refusal {
                try await newPassword(desk, ana, "violet tractor soup", old: nil, fresh, at: desk.now + 900)
            }
            #expect(stale as? AccountRefusal == .signInAgain)
            try await newPassword(desk, ana, "violet tractor soup", old: nil, fresh, at: desk.now + 899)
            let left = try await desk.database.read {
                try Session.list($0, person: ana, SessionPolicy(), now: desk.now + 899).map(\.id)
            }
            #expect(left == [fresh.id])
            let (_, byPassword) = try await begin(desk, ana, method: "password")
            let wrong = try await refusal {
                try await newPassword(desk, ana, "orange ladder moon", old: "wrong", byPassword)
            }
            #expect((wrong as? InvalidInput)?.fields.map(\.name) == ["old-password"])
            let missing = try await refusal {
                try await newPassword(desk, ana, "orange ladder moon", old: nil, byPassword)
            }
            #expect(missing as? AccountRefusal == .signInAgain)
            try await newPassword(desk, ana, "orange ladder moon", old: "violet tractor soup", byPassword)
            _ = try await desk.signIn.enter("ana@seoul.test", password: "orange ladder moon", from: here, now: desk.now)
            let mail = try await desk.mails()
            #expect(mail.map(\.subject) == ["Your password at WeGO was changed", "Your password at WeGO was changed"])
            try await desk.run(RemovePassword(ana, letters: desk.letters), as: try await desk.actor(ana))
            let removed = try await desk.person(ana)
            #expect(removed?.hasPassword == false)
        }
    }

    @Test("the old password cannot be found by trying", arguments: TestEngine.all)
    func oldPasswordLimit(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana Souza", "ana@seoul.test")
            try await desk.setPassword(ana, "violet tractor soup")
            let (_, session) = try await begin(desk, ana, method: "password")
            for number in 1...5 {
                _ = try await refusal {
                    try await newPassword(desk, ana, "orange ladder moon", old: "wrong \(number)", session)
                }
            }
            let sixth = try await refusal {
                try await newPassword(desk, ana, "orange ladder moon", old: "violet tractor soup", session)
            }
            #expect(sixth as? SignInRefusal == .tooManyTries(seconds: 900))
        }
    }

    @Test("a password that was changed meanwhile is not overwritten", arguments: TestEngine.all)
    func changedMeanwhile(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana Souza", "ana@seoul.test")
            let (_, session) = try await begin(desk, ana, method: "link")
            let person = try #require(try await desk.person(ana))
            let prepared = try await desk.signIn.newPassword(
                "violet tractor soup",
                old: nil,
                for: person,
                in: session,
                association: "WeGO",
                from: here,
                now: desk.now
            )
            try await newPassword(desk, ana, "orange ladder moon", old: nil, session)
            let actor = try await desk.actor(ana)
            let error = try await refusal { try await desk.run(prepared, as: actor) }
            #expect(error as? AccountRefusal == .changedMeanwhile)
        }
    }

    @Test(
        "an address changes when both have confirmed, in either order, and the old one is told",
        arguments: TestEngine.all
    )
    func address(_ engine: Database.Engine) async throws {
        for isOldFirst in [true, false] {
            try await withDesk(engine) { desk in
                let ana = try await desk.add("Ana Souza", "ana@seoul.test")
                let actor = try await desk.actor(ana)
                try await desk.run(RequestAddressChange(ana, to: "Ana@Busan.test", letters: desk.letters), as: actor)
                let links = [try await desk.secret(to: "ana@seoul.test"), try await desk.secret(to: "ana@busan.test")]
                let (first, second) = isOldFirst ? (links[0], links[1]) : (links[1], links[0])
                let shown = try await desk.signIn.lookAtAddress(first, now: desk.now)
                #expect(shown == "ana@busan.test")
                let half = try await desk.signIn.confirmAddress(first, from: here, now: desk.now)
                #expect(half == .waitsForOther)
                let account = try await desk.ask(MyAccount(ana, policy: SessionPolicy()), as: actor)
                #expect(account.addressChange?.isLeft == isOldFirst)
                #expect(account.addressChange?.isTaken == !isOldFirst)
                let replay = try await refusal {
                    _ = try await desk.signIn.confirmAddress(first, from: here, now: desk.now)
                }
                #expect(replay as? SignInRefusal == .worthlessLink)
                let before = try await desk.person(ana)
                #expect(before?.email == "ana@seoul.test")
                let done = try await desk.signIn.confirmAddress(second, from: here, now: desk.now)
                #expect(done == .done(newAddress: "ana@busan.test"))
                let after = try await desk.person(ana)
                #expect(after?.email == "ana@busan.test")
                let last = try await desk.mails().last
                #expect(last?.to == "ana@seoul.test")
                #expect(last?.subject == "Your address at WeGO was changed")
            }
        }
    }

    @Test("links of an earlier change, a cancelled one or another purpose do nothing", arguments: TestEngine.all)
    func staleAddressLinks(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana Souza", "ana@seoul.test")
            let actor = try await desk.actor(ana)
            try await desk.run(RequestAddressChange(ana, to: "ana@busan.test", letters: desk.letters), as: actor)
            let oldLeave = try await desk.secret(to: "ana@seoul.test")
            try await desk.run(RequestAddressChange(ana, to: "ana@evil.test", letters: desk.letters), as: actor)
            let stale = try await refusal {
                _ = try await desk.signIn.confirmAddress(oldLeave, from: here, now: desk.now)
            }
            #expect(stale as? SignInRefusal == .worthlessLink)
            let take = try await desk.secret(to: "ana@evil.test")
            let entered = try await refusal { _ = try await desk.signIn.enter(take, from: here, now: desk.now) }
            #expect(entered as? SignInRefusal == .worthlessLink)
            try await desk.run(CancelAddressChange(ana), as: actor)
            let cancelled = try await refusal {
                _ = try await desk.signIn.confirmAddress(take, from: here, now: desk.now)
            }
            #expect(cancelled as? SignInRefusal == .worthlessLink)
        }
    }

    @Test("an address of somebody else is asked for alike, and refused only at the end", arguments: TestEngine.all)
    func takenAddress(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana Souza", "ana@seoul.test")
            _ = try await desk.add("Bob", "bob@busan.test")
            let actor = try await desk.actor(ana)
            try await desk.run(RequestAddressChange(ana, to: "bob@busan.test", letters: desk.letters), as: actor)
            let leave = try await desk.secret(to: "ana@seoul.test")
            let take = try await desk.secret(to: "bob@busan.test")
            _ = try await desk.signIn.confirmAddress(leave, from: here, now: desk.now)
            let error = try await refusal { _ = try await desk.signIn.confirmAddress(take, from: here, now: desk.now) }
            #expect(error as? AccountRefusal == .addressTaken)
            for number in 1...4 {
                try await desk.run(RequestAddressChange(ana, to: "x\(number)@x.test", letters: desk.letters), as: actor)
            }
            let flood = try await refusal {
                try await desk.run(RequestAddressChange(ana, to: "x5@x.test", letters: desk.letters), as: actor)
            }
            #expect(flood as? AccountRefusal == .tooManyChanges)
        }
    }

    @Test("sign-ins are listed, ended one by one, and all at once", arguments: TestEngine.all)
    func sessions(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana Souza", "ana@seoul.test")
            let bob = try await desk.add("Bob", "bob@busan.test")
            let (_, first) = try await begin(desk, ana, method: "link")
            let (_, second) = try await begin(desk, ana, method: "password")
            let (_, third) = try await begin(desk, ana, method: "openid")
            let (_, foreign) = try await begin(desk, bob, method: "link")
            let actor = try await desk.actor(ana)
            let theirs = try await refusal { try await desk.run(EndSession(.one(foreign.id), of: ana), as: actor) }
            #expect(theirs as? AccountRefusal == .noSuchSession)
            let others = try await refusal { try await desk.run(EndSession(.one(foreign.id), of: bob), as: actor) }
            #expect(others as? AccessRefusal == .notAllowed(.ownAccount))
            try await desk.run(EndSession(.one(first.id), of: ana), as: actor)
            try await desk.run(EndSession(.allBut(third.id), of: ana), as: actor)
            let account = try await desk.ask(MyAccount(ana, policy: SessionPolicy()), as: actor)
            #expect(account.sessions.map(\.id) == [third.id])
            #expect(second.id != third.id)
            _ = try await begin(desk, ana, method: "link")
            let ended = try await desk.run(EndSession(.all, of: ana), as: actor)
            #expect(ended == 2)
            let none = try await desk.run(EndSession(.all, of: ana), as: actor)
            #expect(none == 0)
            let left = try await desk.count("session")
            #expect(left == 1)
            // What changed nothing is no entry.
            let entries = try await desk.journal(about: ana)
            #expect(entries.filter { $0 == "sessions.ended" }.count == 3)
        }
    }

    @Test("an administrator signs somebody else out everywhere, and only them", arguments: TestEngine.all)
    func signedOut(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let ana = try await desk.add("Ana Souza", "ana@seoul.test", (.editor, .member("m1")))
            let bob = try await desk.add("Bob", "bob@busan.test")
            _ = try await begin(desk, ana, method: "link")
            _ = try await begin(desk, ana, method: "password")
            let (secret, _) = try await begin(desk, bob, method: "link")
            let ended = try await desk.run(SignOutPerson(ana))
            #expect(ended == 2)
            let again = try await desk.run(SignOutPerson(ana))
            #expect(again == 0)
            let bobs = try await desk.database.read { try Session.find($0, secret, SessionPolicy(), now: Desk.start) }
            #expect(bobs != nil)
            let entries = try await desk.journal(about: ana)
            #expect(entries.filter { $0 == "sessions.ended" } == ["sessions.ended"])
            let own = try await refusal { try await desk.run(SignOutPerson(desk.administrator.person.id)) }
            #expect(own as? PersonRefusal == .own)
            let nobody = try await refusal { try await desk.run(SignOutPerson("nobody")) }
            #expect(nobody as? PersonRefusal == .noSuchPerson)
            let closing = try await desk.person(ana)
            #expect(closing?.isOpen == true)
        }
    }

    @Test("a second factor that a role needs is not removed; an administrator resets it", arguments: TestEngine.all)
    func neededFactor(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let officer = try await desk.add("Oh", "oh@wego.test", (.officer, .association))
            _ = try await desk.addSecondFactor(officer)
            _ = try await begin(desk, officer, method: "link")
            let actor = try await desk.actor(officer)
            let error = try await refusal {
                try await desk.run(RemoveSecondFactor(officer, letters: desk.letters), as: actor)
            }
            #expect(error as? AccountRefusal == .secondFactorNeeded(.officer))
            let codes = try await desk.run(NewRecoveryCodes(officer, letters: desk.letters), as: actor)
            #expect(codes.count == 10)
            try await desk.run(ResetSecondFactor(officer, letters: desk.letters))
            let person = try await desk.person(officer)
            let sessions = try await desk.count("session")
            #expect(person?.hasSecondFactor == false)
            #expect(sessions == 0)
            let own = try await refusal {
                try await desk.run(ResetSecondFactor(desk.administrator.person.id, letters: desk.letters))
            }
            #expect(own as? PersonRefusal == .own)
        }
    }
}
