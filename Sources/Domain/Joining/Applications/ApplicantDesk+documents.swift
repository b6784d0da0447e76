import Access
import Charter
import Database
public import Files
public import Foundation
public import Identity
import Journal
import Languages
import Membership

extension ApplicantDesk {
    /// Adds a document that was put into the store. The same file twice under one key is one document.
    ///
    /// Throws `InvalidInput` (`document`), `JoiningRefusal` and `FileError.tooLate`.
    /// - Parameters:
    ///   - key: of one of the charter's wanted documents, or `ApplicationDocument.other`.
    ///   - name: the name that the file had.
    public func attach(_ secret: Secret, _ key: String, _ file: StoredFile, name: String, now: Date) async throws {
        try await database.write { transaction in
            let writer = try editor(transaction, secret, now)
            try ApplicationDocuments(writer: writer, services: services).attach(key, file, name: name)
            try writer.application.touch(transaction, now: now)
        }
    }

    /// Throws `JoiningRefusal.noSuchDocument` also for another application's document.
    public func removeDocument(_ secret: Secret, use id: String, now: Date) async throws {
        try await database.write { transaction in
            let writer = try editor(transaction, secret, now)
            try ApplicationDocuments(writer: writer, services: services).remove(id)
            try writer.application.touch(transaction, now: now)
        }
    }

    /// A document, to be sent to the applicant. Throws `JoiningRefusal.noSuchDocument` also for another application's.
    public func document(_ secret: Secret, use id: String, now: Date) async throws -> FileUse {
        try await database.read { transaction in
            let application = try Application.load(
                transaction,
                id: try ApplicationLink.application(transaction, secret, now: now)
            )
            return try ApplicationDocuments.find(transaction, id, of: application)
        }
    }
}

/// The documents of an application that is locked.
struct ApplicationDocuments {
    let writer: ApplicationWriter
    let services: JoiningServices

    func attach(_ key: String, _ file: StoredFile, name: String) throws {
        let (transaction, application, now) = (writer.transaction, writer.application, writer.now)
        let check = ApplicationCheck(transaction: transaction, services: services, now: now)
        var text = TypedText()
        let name = text.line(name, "document", atMost: 200, required: true)
        if key != ApplicationDocument.other, !check.wanted(application).contains(where: { $0.key == key }) {
            text.refuse("document", say("The charter asks for no such document. Choose one of the list."))
        }
        if name.contains("/") || name.contains("\\") || name.utf8.count > 255 {
            text.refuse("document", say("This is no name for a file. Give the file a short name without slashes."))
        }
        try text.throwProblems()
        let there = try FileUse.list(transaction, of: application.fileOwner)
        let isThere = there.contains { $0.hash == file.hash && $0.label == key }
        guard isThere || there.count < ApplicantDesk.mostDocuments else {
            throw JoiningRefusal.tooManyDocuments(ApplicantDesk.mostDocuments)
        }
        try FileUse.attach(transaction, file, to: application.fileOwner, label: key, name: name, now: now)
        if !isThere { try writer.note("document-added", after: Self.told(key, file.hash, name)) }
    }

    func remove(_ id: String) throws {
        let use = try Self.find(writer.transaction, id, of: writer.application)
        try FileUse.remove(writer.transaction, id, now: writer.now)
        try writer.note("document-removed", before: Self.told(use.label, use.hash, use.name))
    }

    static func find(_ transaction: Transaction, _ id: String, of application: Application) throws -> FileUse {
        guard let use = try FileUse.find(transaction, id), use.owner == application.fileOwner else {
            throw JoiningRefusal.noSuchDocument
        }
        return use
    }

    private static func told(_ key: String, _ hash: String, _ name: String) -> [String: JournalValue] {
        ["document": .text(key), "hash": .text(hash), "name": .personal("name", name)]
    }
}
