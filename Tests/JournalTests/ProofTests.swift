import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Journal

@Suite("Proofs")
struct ProofTests {
    @Test("every entry's proof is checked from its text alone", arguments: TestEngine.all)
    func proofs(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let ids = try await journal.sealed40()
            for (position, id) in ids.enumerated() {
                let text = try await journal.database.read { try Journal.proof($0, entry: id).json }
                let proved = try JournalProof.check(json: text, publicKey: journal.key.publicKey)
                #expect(proved.journalEntry.id == id)
                #expect(proved.leafIndex == position && proved.treeSize == 40)
                #expect(proved.entry.subjectID == "city-\(position)")
                #expect(!text.contains("Mayor"))
            }
        }
    }

    @Test("an entry that is not there or not yet sealed has no proof", arguments: TestEngine.all)
    func noProof(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            let id = try await journal.append(0..<1)[0]
            await #expect(throws: JournalError.notSealed(id)) {
                try await journal.database.read { try Journal.proof($0, entry: id) }
            }
            await #expect(throws: JournalError.unknownEntry("x")) {
                try await journal.database.read { try Journal.proof($0, entry: "x") }
            }
        }
    }

    @Test("a changed proof is refused with what was changed")
    func tampered() async throws {
        try await Fixture.with(.sqlite) { journal in
            let ids = try await journal.sealed40()
            let (good, other) = try await journal.database.read { transaction in
                (try Journal.proof(transaction, entry: ids[17]), try Journal.proof(transaction, entry: ids[18]))
            }
            let key = journal.key.publicKey
            try good.check(publicKey: key)
            func refusal(_ change: (inout JournalProof) -> Void) -> JournalProofError? {
                var proof = good
                change(&proof)
                do throws(JournalProofError) {
                    try JournalProof.check(json: proof.json, publicKey: key)
                    return nil
                } catch { return error }
            }
            let changes: [(inout JournalProof) -> Void] = [
                { $0.entry.id = other.entry.id }, { $0.entry.recordedAt += "0" }, { $0.entry.actor = "mayor" },
                { $0.entry.action = "member.terminated" }, { $0.entry.subjectKind = "office" },
                { $0.entry.subjectID = "city-18" }, { $0.entry.rule = nil }, { $0.entry.reason = "" },
                { $0.entry.before = "{}" }, { $0.entry.after = $0.entry.after.map { $0 + " " } },
            ]
            for (number, change) in changes.enumerated() {
                guard case .entryChanged(good.leafHash, _) = refusal(change) else {
                    Issue.record("change \(number) of the entry gives \(String(describing: refusal(change)))")
                    continue
                }
            }
            #expect(
                refusal {
                    $0.entry = other.entry
                    $0.leafHash = other.leafHash
                }.map(isRootWrong) == true
            )
            #expect(refusal { $0.leafIndex = 18 }.map(isRootWrong) == true)
            #expect(refusal { $0.auditPath.swapAt(0, 1) }.map(isRootWrong) == true)
            #expect(refusal { $0.auditPath[0] = other.leafHash + "0" } == .malformed(field: "auditPath[0]"))
            #expect(refusal { $0.auditPath.removeLast() } == .pathLength(expected: 6, found: 5))
            #expect(refusal { $0.leafIndex = 40 } == .outsideTree(leaf: 40, size: 40))
            #expect(refusal { $0.leafIndex = -1 } == .outsideTree(leaf: -1, size: 40))
            #expect(refusal { $0.treeSize = 41 } == .signatureWrong)
            #expect(refusal { $0.rootHash = $0.leafHash } == .signatureWrong)
            #expect(refusal { $0.signedAt = "2020-01-01T00:00:00.000000Z" } == .signatureWrong)
            #expect(refusal { $0.signature = "00" } == .malformed(field: "signature"))
            #expect(refusal { $0.rootHash = "zz" } == .malformed(field: "rootHash"))
            #expect(refusal { $0.keyID = "k" } == .otherKey(expected: key.id, found: "k"))
            #expect(refusal { $0.format = "v0" } == .otherFormat("v0"))
        }
    }

    private func isRootWrong(_ error: JournalProofError) -> Bool {
        if case .rootWrong = error { true } else { false }
    }

    @Test("a proof that somebody signed himself fails against the association's key")
    func foreignKey() async throws {
        try await Fixture.with(.sqlite) { journal in
            let forger = SigningKey()
            let id = try await journal.append(0..<1)[0]
            try await journal.sealer(key: forger).sealNow()
            let proof = try await journal.database.read { try Journal.proof($0, entry: id) }
            try proof.check(publicKey: forger.publicKey)
            #expect(throws: JournalProofError.otherKey(expected: journal.key.publicKey.id, found: forger.publicKey.id))
            {
                try proof.check(publicKey: journal.key.publicKey)
            }
        }
    }

    @Test(
        "what is no proof is refused in words",
        arguments: [
            ("", JournalProofError.notAProof("it is not JSON")),
            ("[]", .notAProof("the field  has another type")),
            ("{}", .notAProof("the field format is missing")),
        ]
    )
    func noProofText(text: String, error: JournalProofError) {
        #expect(throws: error) { try JournalProof(json: text) }
    }

    @Test("who kept an old head is shown that the log only grew", arguments: TestEngine.all)
    func consistency(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { journal in
            _ = try await journal.sealed40()
            let (old, new, path) = try await journal.database.read { transaction in
                (
                    try Journal.head(transaction, size: 3), try Journal.head(transaction),
                    try Journal.consistencyProof(transaction, from: 3, to: 40)
                )
            }
            let oldHead = try #require(old)
            let newHead = try #require(new)
            func holds(_ root: MerkleHash) -> Bool {
                MerkleProof.isConsistent(old: 3, oldRoot: root, new: 40, newRoot: newHead.root, path: path)
            }
            #expect(holds(oldHead.root))
            #expect(!holds(newHead.root))
            await #expect(throws: JournalError.unknownHead(4)) {
                try await journal.database.read { try Journal.consistencyProof($0, from: 4, to: 40) }
            }
        }
    }
}
