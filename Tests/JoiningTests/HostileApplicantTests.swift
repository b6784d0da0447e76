import Access
import Charter
import Database
import DatabaseTesting
import Files
import Foundation
import Identity
import Languages
import Membership
import Testing

@testable import Joining

/// What somebody sends who means harm.
@Suite("Hostile applicants")
struct HostileApplicantTests {
    @Test(arguments: TestEngine.all)
    func `no line break gets into a letter's header, no markup into its page`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let form = RequestHouse.form(
                "Tallinn\r\nBcc: victim@example.org",
                contact: "<script>alert(1)</script>\u{2028}Eve"
            )
            let secret = try await house.start(form)
            let values = try await house.values(secret)
            #expect(values[.name] == "Tallinn Bcc: victim@example.org")
            #expect(values[.contactName] == "<script>alert(1)</script> Eve")
            try await house.fill(secret)
            _ = try await house.desk.submit(secret, now: RequestHouse.now)
            let letter = try #require(try await house.letters("application-submitted").first)
            #expect(!letter.person.contains { $0.isNewline } && !letter.subject.contains(where: \.isNewline))
            #expect(!letter.html.contains("<script>") && letter.html.contains("&lt;script&gt;"))
            #expect(!letter.subject.contains("victim"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is too long or has characters that nobody sees is refused, box by box`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            let before = try await house.values(secret)
            let hostile: [ApplicationField: String] = [
                .name: String(repeating: "x", count: 201), .contactName: String(repeating: "😀", count: 121),
                .head: "Mari\u{0}Maasikas", .reason: String(repeating: "long ", count: 1001),
                .contactPosition: "\u{202e}rosivdA",
                .website: "https://a.example/" + String(repeating: "a", count: 300),
                .otherName: "a" + String(repeating: "\u{0301}", count: 300), .population: "9\u{7}",
            ]
            let fields = await house.fields { try await house.type(secret, hostile) }
            #expect(Set(fields) == Set(hostile.keys.map(\.rawValue)))
            #expect(try await house.values(secret) == before, "nothing of it is kept")
            // As much as is allowed can be kept, and written to.
            let whole = String(repeating: "😀", count: 119) + "a"
            try await house.fill(secret)
            try await house.type(secret, [.contactName: whole])
            #expect(try await house.desk.submit(secret, now: RequestHouse.now) == .sent)
            #expect(try await house.letters("application-submitted").first?.person == whole)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an application begins with nothing that is wrong`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let form = RequestHouse.form(
                "…",
                country: "ESTONIA",
                contact: "\u{0}",
                email: "kadri@tallinn.example\nBcc: eve@example.org",
                language: "xx",
                category: "guild"
            )
            let fields = await house.fields {
                try await house.desk.start(form, from: RequestHouse.network, now: RequestHouse.now)
            }
            #expect(Set(fields) == ["category", "name", "country", "contact_name", "email", "language"])
            let (applications, letters) = (try await house.count("application"), try await house.count("mail"))
            #expect(applications == 0 && letters == 0)
        }
    }
}
