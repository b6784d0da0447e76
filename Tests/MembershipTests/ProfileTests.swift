import Access
import Database
import DatabaseTesting
import Files
import Foundation
import Identity
import Journal
import Languages
import Testing

@testable import Membership

@Suite struct ProfileTests {
    @Test(arguments: TestEngine.all) func aMemberDescribesItselfInSeveralLanguages(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            let seen = ProfileText.unwritten
            try await room.run(
                EditDescription(member: Room.visby, language: "EN", text: " A town \r\n\r\n\r\nof roses ", seen: seen),
                as: room.editor
            )
            try await room.run(
                EditDescription(member: Room.visby, language: "sv", text: "En stad.", seen: seen),
                as: room.representative
            )
            let content = try await room.content()
            #expect(
                content.texts == [
                    ProfileText(language: "en", text: "A town\n\nof roses"),
                    ProfileText(language: "sv", text: "En stad."),
                ]
            )
            #expect(content.texts.first?.paragraphs == ["A town", "of roses"])
            try await room.run(
                EditDescription(
                    member: Room.visby,
                    language: "sv",
                    text: "",
                    seen: try #require(content.texts.last).mark
                ),
                as: room.editor
            )
            let after = try await room.content().texts.map(\.language)
            #expect(after == ["en"])
            let actions = try await room.actions("member", Room.visby)
            #expect(actions == Array(repeating: "profile.description-changed", count: 3))
            let revision = try await room.revision()
            #expect(revision == 4)
        }
    }

    @Test(arguments: TestEngine.all) func theSecondOfTwoEditorsSeesWhatTheFirstWrote(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            let seen = ProfileText.unwritten
            func write(_ text: String, _ seen: PartMark, _ actor: Actor) async throws {
                let command = EditDescription(member: Room.visby, language: "en", text: text, seen: seen)
                try await room.run(command, as: actor)
            }
            try await write("First", seen, room.editor)
            let refusal = await room.refusal { try await write("Second", seen, room.representative) }
            guard case ProfileRefusal.changedMeanwhile(let conflict)? = refusal as? ProfileRefusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(conflict.theirs.map(\.value.english) == ["First"])
            #expect(conflict.yours.map(\.value.english) == ["Second"])
            #expect(conflict.changedBy?.english == "Nils Berg")
            #expect(conflict.changedAt == InstantText.text(Room.now))
            // The same again is no conflict, and neither is another part.
            try await write("First", seen, room.representative)
            try await room.run(
                EditWebsite(member: Room.visby, website: "visby.example.org", seen: WebsiteField.mark(nil)),
                as: room.representative
            )
            try await write("Second", conflict.mark, room.representative)
            let content = try await room.content()
            #expect(content.texts.map(\.text) == ["Second"])
            #expect(content.website == "https://visby.example.org")
        }
    }

    @Test(arguments: TestEngine.all) func everybodySeesPublicContactsOnly(_ engine: Database.Engine) async throws {
        try await Room.with(engine) { room in
            let contacts = [
                Contact(.email, " Office@Visby.Example ", label: "City office", isPublic: true),
                Contact(.phone, "+46 498 26 90 00", label: "Inga", isPublic: false),
                Contact(.social, "social.example/@visby", isPublic: true),
                Contact(.address, "Stora Torget 1\n621 56 Visby", isPublic: true),
            ]
            try await room.run(
                EditContacts(member: Room.visby, contacts: contacts, seen: Contact.mark([])),
                as: room.representative
            )
            let all = try await room.content().contacts
            #expect(
                all.map(\.value) == [
                    "office@visby.example", "+46 498 26 90 00", "https://social.example/@visby",
                    "Stora Torget 1\n621 56 Visby",
                ]
            )
            let directory = Directory(database: room.database, charter: room.charter)
            let shown = try await directory.publicSelf(of: Room.visby).contacts
            #expect(shown.map(\.kind) == [.email, .social, .address])
            // No value of a contact stands in the log itself, where nothing can be erased.
            let log = try await room.database.read { try Journal.entries($0, of: .init("member", Room.visby)) }
            #expect(log.count == 1)
            #expect(log.allSatisfy { !($0.entry.after ?? "").contains("visby.example") })
        }
    }

    @Test(
        arguments: [
            (Contact.Kind.web, "javascript:alert(1)"), (.social, "JaVaScRiPt://x.example/%0aalert(1)"),
            (.web, "data:text/html,x"), (.web, "https://user:pass@evil.example"), (.web, "https://nodot"),
            (.web, "https://a.example/\"><script>"), (.email, "a@b.example\nBcc: x@y.example"),
            (.email, "a b@c.example"),
            (.phone, "call me"), (.phone, "12"), (.address, ""), (.address, "Quay \u{202e}1"),
            (.address, String(repeating: "a", count: 401)),
        ]
    ) func aContactThatIsNoneIsRefused(_ contact: (kind: Contact.Kind, value: String)) {
        var typed = TypedText()
        _ = Contact(contact.kind, contact.value, isPublic: true).checked(3, &typed)
        #expect(typed.problems.map(\.name) == ["contacts.3.value"], "\(contact)")
    }

    @Test(
        arguments: [
            ("en", "en"), ("EN", "en"), ("pt-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("de-1996", "de-1996"),
            ("yue", "yue"), ("es-419", "es-419"), ("", nil), ("e", nil), ("english", nil), ("en_US", nil), ("en-", nil),
            ("en\"><b>", nil), ("en-US-x-twain", nil),
        ]
    ) func languagesAreTags(_ given: String, _ tag: String?) {
        #expect(LanguageTag(given)?.text == tag)
    }

    @Test(arguments: TestEngine.all) func tagsAreFoundInTheRollAtOnce(_ engine: Database.Engine) async throws {
        try await Room.with(engine) { room in
            try await room.database.write { transaction in
                try RollProjection(charter: room.charter).rebuild([Room.visby], transaction)
            }
            let tags = ["Smart City", "smart-city", "Água", " ", "port"]
            try await room.run(
                EditTags(member: Room.visby, tags: tags, seen: Tags.mark(["port"])),
                as: room.editor
            )
            let projected = try await room.database.read { transaction in
                try transaction.query("SELECT tags FROM roll_span WHERE member_id = ?", [.text(Room.visby)]) {
                    try $0.text(0)
                }
            }
            #expect(projected == ["smart-city agua port"])
            let many = (0...EditTags.most).map { "tag\($0)" }
            let refusal = await room.refusal {
                let seen = Tags.mark(["smart-city", "agua", "port"])
                try await room.run(EditTags(member: Room.visby, tags: many, seen: seen), as: room.editor)
            }
            #expect((refusal as? InvalidInput)?.fields.map(\.name) == ["tags"])
        }
    }

    @Test(arguments: TestEngine.all) func photosHaveAnOrderAWordAndALimit(_ engine: Database.Engine) async throws {
        try await Room.with(engine) { room in
            func add(_ number: Int, _ kind: ProfilePicture.Kind = .photo) async throws -> String {
                let file = try await room.picture(UInt8(number) * 10)
                return try await room.run(
                    AddPicture(member: Room.visby, kind, file, alt: "Picture \(number)"),
                    as: room.editor
                )
            }
            var ids: [String] = []
            for number in 1...ProfilePicture.mostPhotos { ids.append(try await add(number)) }
            let tooMany = await room.refusal { _ = try await add(13) }
            #expect(tooMany as? ProfileRefusal == .tooManyPhotos)
            let wordless = await room.refusal {
                _ = try await room.run(
                    AddPicture(member: Room.visby, .logo, room.picture(1), alt: " "),
                    as: room.editor
                )
            }
            #expect((wordless as? InvalidInput)?.fields.map(\.name) == ["alt"])
            _ = try await add(20, .logo)
            _ = try await add(21, .logo)
            try await room.run(MovePhotoUp(photo: ids[2]), as: room.editor)
            try await room.run(MovePhotoUp(photo: ids[0]), as: room.editor)
            try await room.run(RemovePicture(picture: ids[11]), as: room.editor)
            let content = try await room.content()
            #expect(content.logo?.alt == "Picture 21")
            #expect(content.photos.prefix(3).map(\.alt) == ["Picture 1", "Picture 3", "Picture 2"])
            #expect(content.photos.count == 11)
            let directory = Directory(database: room.database, charter: room.charter)
            let removed = try await room.picture(120)
            let gone = try await directory.publicPicture(hash: removed.stored.hash)
            let there = try await directory.publicPicture(hash: try #require(content.logo).hash)
            #expect(gone == nil && there == .jpeg)
            // Files that no profile shows any more have no use either, and so will be collected.
            let uses = try await room.database.read { transaction in
                try transaction.first("SELECT COUNT(*) FROM file_use") { try $0.integer(0) }
            }
            #expect(uses == 12)
        }
    }

    @Test(arguments: TestEngine.all) func nobodyChangesAProfileWithoutTheRight(_ engine: Database.Engine) async throws {
        try await Room.with(engine) { room in
            let picture = try await room.run(
                AddPicture(member: Room.visby, .logo, room.picture(5), alt: "Rose"),
                as: room.communication
            )
            for actor in [room.stranger, room.delegate, room.auditor] {
                let attempts: [(String, () async throws -> Void)] = [
                    (
                        "contacts",
                        {
                            let command = EditContacts(member: Room.visby, contacts: [], seen: Contact.mark([]))
                            try await room.run(command, as: actor)
                        }
                    ),
                    ("remove", { try await room.run(RemovePicture(picture: picture), as: actor) }),
                    (
                        "describe",
                        {
                            let seen = PartMark("")
                            let command = DescribePicture(picture: picture, alt: "x", caption: "", seen: seen)
                            try await room.run(command, as: actor)
                        }
                    ),
                ]
                for (name, attempt) in attempts {
                    let refusal = await room.refusal(attempt)
                    #expect(refusal as? AccessRefusal == .notAllowed(.editProfile), "\(actor.person.name) \(name)")
                }
            }
        }
    }
}
