import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Files
import Foundation
import Identity
import Languages
import Membership
import Testing

@testable import Joining

/// What is enclosed.
@Suite("Documents of applications")
struct ApplicationDocumentTests {
    @Test(arguments: TestEngine.all)
    func `a document has a key of the charter and a name, and the same file twice is one`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            func attach(_ key: String, name: String) async throws {
                let file = try await RequestHouse.file()
                try await house.desk.attach(secret, key, file, name: name, now: RequestHouse.now)
            }
            for (key, name) in [("passport", "a.txt"), ("other", "../a.txt"), ("other", " "), ("other", "a\u{0}.txt")] {
                #expect(await house.fields { try await attach(key, name: name) } == ["document"], "\(key) \(name)")
            }
            try await attach(RequestHouse.letterOfIntent, name: "letter\r\nof intent.txt")
            try await attach(RequestHouse.letterOfIntent, name: "letter.txt")
            try await attach(ApplicationDocument.other, name: "letter.txt")
            let record = try await house.desk.open(secret, now: RequestHouse.now)
            #expect(record.documents.map(\.key) == [RequestHouse.letterOfIntent, "other"])
            #expect(record.documents.map(\.use.name) == ["letter.txt", "letter.txt"])
            #expect(record.missing == [])
            let added = try await house.deeds(record.application.id).filter { $0 == "application.document-added" }
            #expect(added.count == 2)
        }
    }

    @Test(arguments: TestEngine.all)
    func `twenty documents are taken, and one that was removed makes room`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            let secret = try await house.start()
            for number in 1...20 { try await house.attach(secret, "other", "Document \(number).") }
            await #expect(throws: JoiningRefusal.tooManyDocuments(20)) {
                try await house.attach(secret, "other", "Document 21.")
            }
            try await house.attach(secret, "other", "Document 20.")
            let documents = try await house.desk.open(secret, now: RequestHouse.now).documents
            #expect(documents.count == 20)
            try await house.desk.removeDocument(secret, use: documents[0].use.id, now: RequestHouse.now)
            try await house.attach(secret, "other", "Document 21.")
            #expect(try await house.desk.open(secret, now: RequestHouse.now).documents.count == 20)
        }
    }
}
