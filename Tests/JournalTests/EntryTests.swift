import Crypto
import Database
import Foundation
import Testing

@testable import Journal

@Suite("Entries and their bytes")
struct EntryTests {
    private let entry = JournalEntry(
        id: "0190c4a6-5c00-7000-8000-000000000001",
        recordedAt: "2023-09-26T01:02:03.000004Z",
        actor: "secretariat",
        action: "member.renamed",
        subject: .init("member", "m1"),
        rule: "art-16-2",
        reason: nil,
        before: #"{"name":"Nur-Sultan"}"#,
        after: ""
    )

    @Test("an entry's bytes are laid out as the documentation says")
    func layout() {
        func field(_ text: String) -> [UInt8] { [0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8) }
        var expected = Array("hansa-journal-entry-v1".utf8)
        expected += field("0190c4a6-5c00-7000-8000-000000000001") + field("2023-09-26T01:02:03.000004Z")
        expected += field("secretariat") + field("member.renamed") + field("member") + field("m1")
        expected += field("art-16-2") + [0xff, 0xff, 0xff, 0xff] + field(#"{"name":"Nur-Sultan"}"#) + field("")
        #expect(entry.canonicalBytes == expected)
        #expect(Array(SHA256.hash(data: [0] + expected)) == entry.leafHash.bytes)
    }

    @Test("the documented example keeps its hash for ever")
    func example() {
        #expect(entry.leafHash.hex == "7fb275e2b7f93c3ec850dfb3d4c9845ab6d0bfe7b25f42dfb81ae9731f171b8a")
    }

    @Test("text that moves from one field to the next makes another entry")
    func noAmbiguity() {
        func hash(_ kind: String, _ id: String, rule: String? = nil) -> MerkleHash {
            JournalEntry(
                id: "a",
                recordedAt: "b",
                actor: "c",
                action: "d",
                subject: .init(kind, id),
                rule: rule,
                reason: nil,
                before: nil,
                after: nil
            ).leafHash
        }
        #expect(hash("member", "1") != hash("membe", "r1"))
        #expect(hash("member", "1", rule: "") != hash("member", "1"))
    }

    @Test(
        "instants are UTC text with microseconds",
        arguments: [
            (0.0, "1970-01-01T00:00:00.000000Z"),
            (-0.000_001, "1969-12-31T23:59:59.999999Z"),
            (951_782_400.5, "2000-02-29T00:00:00.500000Z"),
            (1_695_690_123.000_004, "2023-09-26T01:02:03.000004Z"),
            (4_107_542_399.999_999, "2100-02-28T23:59:59.999999Z"),
            (4_107_542_400.0, "2100-03-01T00:00:00.000000Z"),
            (253_402_300_799.0, "9999-12-31T23:59:59.000000Z"),
        ]
    )
    func instants(seconds: Double, text: String) {
        #expect(InstantText.text(Date(timeIntervalSince1970: seconds)) == text)
        #expect(InstantText.date(text).map(InstantText.text) == text)
    }

    @Test("values become JSON without spaces, keys in byte order, any script readable, controls escaped")
    func json() throws {
        let value: JournalValue = [
            "name": "Łódź \"서울\" \\ \n\u{1}", "Joined": nil, "people": 9_411_000, "area": 605.2, "isFull": true,
            "tags": ["water", "流"], "none": .real(.infinity), "ä": [:],
        ]
        var personal: [PersonalValue] = []
        let text = value.json(side: "after", personal: &personal)
        #expect(
            text
                == #"{"Joined":null,"area":605.2,"isFull":true,"name":"Łódź \"서울\" \\ \n\u0001","none":null,"#
                + #""people":9411000,"tags":["water","流"],"ä":{}}"#
        )
        #expect(personal.isEmpty)
        let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(read?["name"] as? String == "Łódź \"서울\" \\ \n\u{1}")
    }

    @Test("a personal value leaves only its salted hash in the entry, another one each time")
    func personal() throws {
        func make() -> JournalEntry {
            JournalEntry(
                at: Date(timeIntervalSince1970: 0),
                actor: "a",
                action: "person.added",
                subject: .init("person", "p"),
                before: ["mail": .personal("mail", "old@seoul.example")],
                after: ["mail": .personal("mail", "new@seoul.example"), "role": "mayor"]
            )
        }
        let one = make()
        let other = make()
        #expect(one.personal.map(\.field) == ["before.mail", "after.mail"])
        #expect(one.personal.map(\.value) == ["old@seoul.example", "new@seoul.example"])
        let commitment = try #require(one.personal.last).commitment.hex
        #expect(one.after == #"{"mail":{"personal":"after.mail","sha256":"\#(commitment)"},"role":"mayor"}"#)
        #expect(!String(decoding: one.canonicalBytes, as: UTF8.self).contains("seoul"))
        #expect(one.after != other.after)
    }

    @Test("a commitment is the hash that the documentation says")
    func commitment() {
        let value = PersonalValue(field: "after.mail", value: "a@b", salt: [UInt8](repeating: 9, count: 32))
        let bytes =
            Array("hansa-personal-v1".utf8) + [UInt8](repeating: 9, count: 32) + [0, 0, 0, 10]
            + Array("after.mail".utf8)
            + [0, 0, 0, 3] + Array("a@b".utf8)
        #expect(value.commitment.bytes == Array(SHA256.hash(data: bytes)))
    }

    @Test("entries written one after the other have ids in that order")
    func idsAscend() {
        let ids = (0..<500).map { number in
            JournalEntry(at: Date(), actor: "a", action: "b", subject: .init("c", "\(number)")).id
        }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == 500)
    }
}

@Suite("Signing key and heads")
struct SigningKeyTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "/journal-key-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test("the first start makes a key that only its owner reads; the next start has the same")
    func created() throws {
        try withFolder { folder in
            let path = folder + "/keys/journal.key"
            let first = try SigningKey.loadOrCreate(path: path)
            #expect(try SigningKey.loadOrCreate(path: path).publicKey == first.publicKey)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/keys") == ["journal.key"])
            let other = try SigningKey.loadOrCreate(path: folder + "/other.key")
            #expect(other.publicKey != first.publicKey)
        }
    }

    @Test("processes that start at once agree on one key")
    func raced() async throws {
        let folder = NSTemporaryDirectory() + "/journal-key-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let keys = try await withThrowingTaskGroup { group in
            for _ in 0..<16 {
                group.addTask { try SigningKey.loadOrCreate(path: folder + "/journal.key").publicKey }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
    }

    @Test("a key that others may read, or that is none, is refused with what to do")
    func refused() throws {
        try withFolder { folder in
            let path = folder + "/journal.key"
            _ = try SigningKey.loadOrCreate(path: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            #expect(throws: SigningKeyError.open(path)) { try SigningKey.loadOrCreate(path: path) }
            #expect("\(SigningKeyError.open(path))".contains("chmod 600 \(path)"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            try Data("hansa-signing-key-v1 00".utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: SigningKeyError.malformed(path)) { try SigningKey.load(path: path) }
            #expect(throws: SigningKeyError.self) { try SigningKey.load(path: folder + "/none.key") }
        }
    }

    @Test("a printed key shows nothing of its secret")
    func silent() throws {
        try withFolder { folder in
            let path = folder + "/journal.key"
            let key = try SigningKey.loadOrCreate(path: path)
            let secret = try #require(String(contentsOfFile: path, encoding: .utf8).split(separator: " ").last)
            var dumped = ""
            dump(key, to: &dumped)
            for text in ["\(key)", String(reflecting: key), dumped] {
                #expect(!text.contains(secret.prefix(16)))
            }
            #expect("\(key)" == "SigningKey(\(key.publicKey.id))")
        }
    }

    @Test("a head's signature fits that head, that key and nothing else")
    func heads() throws {
        let key = SigningKey()
        let root = MerkleHash.leaf([1])
        let instant = "2023-09-26T01:02:03.000004Z"
        let head = try TreeHead(size: 258, root: root, signedAt: instant, key: key)
        #expect(
            TreeHead.message(size: 258, root: root, signedAt: instant)
                == Array("hansa-tree-head-v1".utf8) + [0, 0, 0, 0, 0, 0, 1, 2] + root.bytes + Array(instant.utf8)
        )
        #expect(head.isSigned(by: key.publicKey))
        #expect(!head.isSigned(by: SigningKey().publicKey))
        func changed(size: Int = 258, root: MerkleHash = root, at: String = instant) -> TreeHead {
            TreeHead(size: size, root: root, signedAt: at, signature: head.signature, keyID: head.keyID)
        }
        #expect(changed() == head)
        #expect(!changed(size: 259).isSigned(by: key.publicKey))
        #expect(!changed(root: .leaf([2])).isSigned(by: key.publicKey))
        #expect(!changed(at: "2023-09-26T01:02:03.000005Z").isSigned(by: key.publicKey))
    }
}
