import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Identity

@Suite("People")
struct PersonTests {
    private let noon = Fixture.noon

    private func vouched(
        _ subject: String,
        email: String? = "anna@lund.example",
        verified: Bool = true
    )
        -> OpenIDIdentity
    {
        OpenIDIdentity(
            issuer: "https://id.example",
            subject: subject,
            email: email,
            isEmailVerified: verified,
            name: "Anna"
        )
    }

    private func signIn(_ fixture: Fixture, _ identity: OpenIDIdentity) async throws -> String? {
        try await fixture.database.write { [noon] in
            try ExternalIdentity.person($0, for: identity, now: noon)?.id
        }
    }

    @Test("a person is found by id and by address, and an address belongs to one", arguments: TestEngine.all)
    func found(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let byID = try await fixture.found()
            let email = try #require(EmailAddress("ANNA@lund.example"))
            let byAddress = try await fixture.database.read { try Person.find($0, email: email) }
            #expect(byID == fixture.anna)
            #expect(byAddress == fixture.anna)
            await #expect(throws: DatabaseError.self) {
                try await Fixture.person(fixture.database, "Another", "anna@lund.example")
            }
        }
    }

    @Test("name, language and address change; links to the old address end", arguments: TestEngine.all)
    func changed(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let bo = try await Fixture.person(fixture.database, "Bo", "bo@lund.example")
            let (new, taken) = (EmailAddress("anna@malmo.example"), EmailAddress("bo@lund.example"))
            let (address, bos) = (try #require(new), try #require(taken))
            let link = try await fixture.database.write { [noon, id = fixture.anna.id] in
                let link = try OneTimeLink.make($0, .signIn, person: id, now: noon)
                try Person.rename($0, id: id, to: "Anna Berg")
                try Person.changeLanguage($0, id: id, to: "ko")
                try Person.changeEmail($0, id: id, to: address, now: noon)
                return link
            }
            let person = try await fixture.found()
            #expect([person?.name, person?.language, person?.email] == ["Anna Berg", "ko", "anna@malmo.example"])
            let old = try await fixture.database.write { [noon] in try OneTimeLink.take($0, link, .signIn, now: noon) }
            #expect(old == nil)
            await #expect(throws: PersonError.addressTaken) {
                try await fixture.database.write { [noon, id = fixture.anna.id] in
                    try Person.changeEmail($0, id: id, to: bos, now: noon)
                }
            }
            await #expect(throws: PersonError.noPerson) {
                try await fixture.database.write { try Person.rename($0, id: "nobody", to: "X") }
            }
            try await fixture.database.write { [noon] in try Person.changeEmail($0, id: bo.id, to: bos, now: noon) }
        }
    }

    @Test("a closed person has no session, link or password until reopened", arguments: TestEngine.all)
    func closed(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let database = fixture.database
            let link = try await database.write { [noon, id = fixture.anna.id] in
                try Person.setPassword($0, id: id, hash: "scrypt$hash", now: noon)
                _ = try Session.begin(
                    $0,
                    person: id,
                    method: "link",
                    secondFactor: false,
                    address: "",
                    agent: "",
                    now: noon
                )
                let link = try OneTimeLink.make($0, .signIn, person: id, now: noon)
                try Person.close($0, id: id, now: noon)
                try Person.close($0, id: id, now: noon.after(60))
                return link
            }
            var person = try await fixture.found()
            #expect(person?.closedAt == InstantText.text(noon))
            #expect(person?.isOpen == false)
            let sessions = try await fixture.rows("session")
            #expect(sessions == 0)
            let taken = try await database.write { [noon] in try OneTimeLink.take($0, link, .signIn, now: noon) }
            #expect(taken == nil)
            var hash = try await database.read { [id = fixture.anna.id] in try Person.passwordHash($0, id: id) }
            #expect(hash == nil)
            try await database.write { [id = fixture.anna.id] in try Person.reopen($0, id: id) }
            person = try await fixture.found()
            #expect(person?.isOpen == true)
            hash = try await database.read { [id = fixture.anna.id] in try Person.passwordHash($0, id: id) }
            #expect(hash == "scrypt$hash")
        }
    }

    @Test("of an erased person a tombstone stays and nothing else", arguments: TestEngine.all)
    func erased(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let database = fixture.database
            _ = try await signIn(fixture, vouched("s1"))
            try await database.write { [noon, id = fixture.anna.id] in
                try Person.setPassword($0, id: id, hash: "scrypt$hash", now: noon)
                let app = try SecondFactor.begin($0, person: id)
                _ = try SecondFactor.confirm($0, person: id, code: app.code(step: TimeCode.step(noon)), now: noon)
                _ = try RecoveryCodes.replace($0, person: id)
                _ = try Session.begin(
                    $0,
                    person: id,
                    method: "link",
                    secondFactor: true,
                    address: "",
                    agent: "",
                    now: noon
                )
                _ = try OneTimeLink.make($0, .takeAddress, person: id, detail: "new@lund.example", now: noon)
                try Person.erase($0, id: id, now: noon)
                try Person.erase($0, id: id, now: noon.after(60))
            }
            let instant = InstantText.text(noon)
            let person = try await fixture.found()
            let tombstone = Person(
                id: fixture.anna.id,
                name: "Erased person",
                email: nil,
                language: "en",
                createdAt: instant,
                closedAt: instant,
                erasedAt: instant,
                hasPassword: false,
                hasSecondFactor: false
            )
            #expect(person == tombstone)
            let secrets = try await database.read { [id = fixture.anna.id] in
                try $0.first("SELECT password, totp_secret, totp_last_step FROM person WHERE id = ?", [.text(id)]) {
                    row in
                    (0..<3).allSatisfy { row.isNull($0) }
                }
            }
            #expect(secrets == true)
            for table in ["recovery_code", "external_identity", "session", "one_time_link"] {
                let rows = try await fixture.rows(table)
                #expect(rows == 0, "\(table)")
            }
            await #expect(throws: PersonError.noPerson) {
                try await database.write { [id = fixture.anna.id] in try Person.reopen($0, id: id) }
            }
            // The address is free again, and one tombstone leaves room for another.
            let again = try await Fixture.person(database, "Anna Lindqvist", "anna@lund.example")
            try await database.write { [noon] in try Person.erase($0, id: again.id, now: noon) }
        }
    }

    @Test(
        "a verified address links an unknown identity to its person; afterwards the identity alone counts",
        arguments: TestEngine.all
    )
    func linked(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let first = try await signIn(fixture, vouched("s1", email: "Anna@Lund.Example"))
            let second = try await signIn(fixture, vouched("s1", email: "other@lund.example", verified: false))
            #expect(first == fixture.anna.id)
            #expect(second == fixture.anna.id)
            let links = try await fixture.database.read { [id = fixture.anna.id] in
                try ExternalIdentity.list($0, person: id)
            }
            let expected = ExternalIdentity(
                issuer: "https://id.example",
                subject: "s1",
                linkedAt: InstantText.text(noon)
            )
            #expect(links == [expected])
        }
    }

    @Test("no link without a verified, known address", arguments: TestEngine.all)
    func notLinked(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let outcomes = [
                try await signIn(fixture, vouched("s1", verified: false)),
                try await signIn(fixture, vouched("s1", email: nil)),
                try await signIn(fixture, vouched("s1", email: "stranger@lund.example")),
                try await signIn(fixture, vouched("s1", email: "anna@lund.example\r\n")),
            ]
            #expect(outcomes == [nil, nil, nil, nil])
            let links = try await fixture.rows("external_identity")
            #expect(links == 0)
        }
    }

    @Test(
        "an address that the provider gave to somebody else does not bring the account with it",
        arguments: TestEngine.all
    )
    func recycled(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            _ = try await signIn(fixture, vouched("s1"))
            let stranger = try await signIn(fixture, vouched("s2"))
            #expect(stranger == nil)
            let unlinked = try await fixture.database.write { [id = fixture.anna.id] in
                try ExternalIdentity.unlink($0, issuer: "https://id.example", subject: "s1", person: id)
            }
            #expect(unlinked)
            let after = try await signIn(fixture, vouched("s2"))
            #expect(after == fixture.anna.id)
        }
    }

    @Test("nobody signs in to a closed account, linked or not", arguments: TestEngine.all)
    func closedIdentity(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let bo = try await Fixture.person(fixture.database, "Bo", "bo@lund.example")
            _ = try await signIn(fixture, vouched("s1"))
            try await fixture.database.write { [noon, id = fixture.anna.id] in
                try Person.close($0, id: id, now: noon)
                try Person.close($0, id: bo.id, now: noon)
            }
            let linked = try await signIn(fixture, vouched("s1"))
            let unlinked = try await signIn(fixture, vouched("s3", email: "bo@lund.example"))
            #expect([linked, unlinked] == [nil, nil])
        }
    }
}
