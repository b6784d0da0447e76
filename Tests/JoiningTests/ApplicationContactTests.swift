import Access
import Database
import DatabaseTesting
import Decisions
import Foundation
import Identity
import Testing

@testable import Joining

/// Whose an application is, when addresses change and pass from one person to the next.
@Suite("The contact of an application")
struct ApplicationContactTests {
    private static let mayor = "mayor@tallinn.example"

    /// Somebody with an account; who came in has shown that the address is theirs.
    private func person(_ house: RequestHouse, _ name: String, _ email: String, cameIn: Bool) async throws -> String {
        try await house.database.write { transaction in
            let address = try #require(EmailAddress(email))
            let now = RequestHouse.now
            let person = try Person.create(transaction, name: name, email: address, language: "en", now: now)
            if cameIn {
                try transaction.execute(
                    "UPDATE person SET signed_in_at = created_at WHERE id = ?",
                    [.text(person.id)]
                )
            }
            return person.id
        }
    }

    private func move(_ house: RequestHouse, _ id: String, to email: String) async throws {
        try await house.run(
            EditPerson(
                id,
                name: "Somebody",
                email: email,
                language: "en",
                sources: JoiningPersonalData.all,
                letters: house.services.invitations
            ),
            as: .operatorNamed("operator")
        )
    }

    private func erase(_ house: RequestHouse, _ id: String) async throws {
        try await house.run(
            ErasePerson(id, sources: JoiningPersonalData.all, letters: house.services.invitations),
            as: .operatorNamed("operator")
        )
    }

    /// What somebody is told that they applied with, as JSON.
    private func told(_ house: RequestHouse, _ id: String) async throws -> String {
        let source = try #require(JoiningPersonalData.all.first { $0.name == "applications" })
        let value = try await house.database.read { transaction in
            try source.collect(transaction, try #require(try Person.find(transaction, id: id)))
        }
        return String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    /// By whom an application can be reached.
    private func contact(_ house: RequestHouse, _ id: String) async throws -> [String] {
        let application = try await house.record(id).application
        return [application.email, application.values[.contactName]]
    }

    @Test(arguments: TestEngine.all, [true, false])
    func `whoever leaves an address keeps what they applied with, and their successor what came later`(
        _ engine: Database.Engine,
        _ isPredecessorFirst: Bool
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let anna = try await person(house, "Anna Mets", Self.mayor, cameIn: true)
            let (_, early) = try await house.sent(
                RequestHouse.form("Tallinn", contact: "Anna Mets", email: Self.mayor)
            )
            try await move(house, anna, to: "anna@home.example")
            let bo = try await person(house, "Bo Kask", Self.mayor, cameIn: true)
            let (_, late) = try await house.sent(RequestHouse.form("Tartu", contact: "Bo Kask", email: Self.mayor))
            let (annas, bos) = (try await told(house, anna), try await told(house, bo))
            #expect(annas.contains("Anna Mets") && !annas.contains("Bo Kask"))
            #expect(bos.contains("Bo Kask") && !bos.contains("Anna Mets"))

            let order = isPredecessorFirst ? [(anna, early), (bo, late)] : [(bo, late), (anna, early)]
            let left = try await contact(house, order[1].1)
            try await erase(house, order[0].0)
            #expect(try await contact(house, order[0].1) == ["", ""])
            #expect(try await contact(house, order[1].1) == left && left[0] == Self.mayor)
            try await erase(house, order[1].0)
            #expect(try await contact(house, order[1].1) == ["", ""])
            let names = try await house.database.read { transaction in
                try transaction.query("SELECT value FROM journal_personal") { try $0.text(0) }
            }
            #expect(!names.contains { $0.contains("Anna Mets") || $0.contains("Bo Kask") || $0 == Self.mayor })
        }
    }

    @Test(arguments: TestEngine.all)
    func `whoever was invited as the first representative is the contact, whatever their address became`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (_, id, circular) = try await house.asked(RequestHouse.form(email: Self.mayor))
            try await house.meet(circular, .adopted)
            let invited = try await house.database.read { transaction in
                try Person.find(transaction, email: try #require(EmailAddress(Self.mayor)))
            }
            let kadri = try #require(invited).id
            // Before she comes in for the first time, the secretariat writes down the address that she prefers.
            try await move(house, kadri, to: "kadri@home.example")
            let (_, late) = try await house.sent(RequestHouse.form("Narva", contact: "Bo Kask", email: Self.mayor))
            #expect(try await contact(house, id) == [Self.mayor, "Kadri Tamm"])
            try await erase(house, kadri)
            #expect(try await contact(house, id) == ["", ""])
            #expect(try await contact(house, late) == [Self.mayor, "Bo Kask"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `an address that somebody never showed to be theirs brings them nothing`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let (_, id) = try await house.sent(RequestHouse.form(email: Self.mayor))
            // Invited with the wrong address, and corrected.
            let oskar = try await person(house, "Oskar Saar", Self.mayor, cameIn: false)
            try await move(house, oskar, to: "oskar@tallinn.example")
            try await erase(house, oskar)
            #expect(try await contact(house, id) == [Self.mayor, "Kadri Tamm"])
            // What was begun from an address after its account was closed is somebody else's, whatever follows.
            let closed = try await person(house, "Pille Rand", "pille@tallinn.example", cameIn: true)
            try await house.run(ClosePerson(closed), as: .operatorNamed("operator"))
            let form = RequestHouse.form("Tartu", email: "pille@tallinn.example")
            let secret = try await house.start(form, at: RequestHouse.later(1))
            let begun = try await house.desk.open(secret, now: RequestHouse.later(1)).application.id
            try await move(house, closed, to: "pille@home.example")
            try await erase(house, closed)
            #expect(try await contact(house, begun) == ["pille@tallinn.example", "Kadri Tamm"])
        }
    }
}
