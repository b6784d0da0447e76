extension JournalProof {
    /// Reads and checks a proof against the public key that the checker has from elsewhere.
    ///
    /// Returns what is thereby proved: the entry, its place, and the head. Throws what exactly fails.
    @discardableResult
    public static func check(json: String, publicKey: JournalPublicKey) throws(JournalProofError) -> JournalProof {
        let proof = try JournalProof(json: json)
        try proof.check(publicKey: publicKey)
        return proof
    }

    /// Checks the proof from its outside inwards: key, signature of the head, entry, path.
    public func check(publicKey: JournalPublicKey) throws(JournalProofError) {
        let head = try signedHead()
        guard let stated = JournalPublicKey(hex: self.publicKey) else { throw .malformed(field: "publicKey") }
        guard stated == publicKey, keyID == publicKey.id else {
            throw .otherKey(expected: publicKey.id, found: stated == publicKey ? keyID : stated.id)
        }
        guard head.isSigned(by: publicKey) else { throw .signatureWrong }

        guard let leafHash = MerkleHash(hex: leafHash) else { throw .malformed(field: "leafHash") }
        let computed = journalEntry.leafHash
        guard computed == leafHash else { throw .entryChanged(stated: leafHash.hex, computed: computed.hex) }

        guard leafIndex >= 0, leafIndex < treeSize else { throw .outsideTree(leaf: leafIndex, size: treeSize) }
        var path: [MerkleHash] = []
        for (number, text) in auditPath.enumerated() {
            guard let hash = MerkleHash(hex: text) else { throw .malformed(field: "auditPath[\(number)]") }
            path.append(hash)
        }
        guard let root = MerkleProof.root(leafHash: leafHash, leaf: leafIndex, size: treeSize, path: path) else {
            let length = MerkleProof.pathLength(leaf: leafIndex, size: treeSize)
            throw .pathLength(expected: length, found: path.count)
        }
        guard root == head.root else { throw .rootWrong(signed: head.root.hex, computed: root.hex) }
    }

    /// The head as the proof states it.
    public func signedHead() throws(JournalProofError) -> TreeHead {
        guard let root = MerkleHash(hex: rootHash) else { throw .malformed(field: "rootHash") }
        guard let signature = Hex.bytes(signature), signature.count == 64 else { throw .malformed(field: "signature") }
        return TreeHead(size: treeSize, root: root, signedAt: signedAt, signature: signature, keyID: keyID)
    }
}

/// Why a proof proves nothing.
public enum JournalProofError: Error, Sendable, Equatable {
    case notAProof(String)
    case otherFormat(String)
    /// A field does not hold hexadecimal text of the right length.
    case malformed(field: String)
    case otherKey(expected: String, found: String)
    case signatureWrong
    case entryChanged(stated: String, computed: String)
    case outsideTree(leaf: Int, size: Int)
    case pathLength(expected: Int, found: Int)
    case rootWrong(signed: String, computed: String)
}

extension JournalProofError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAProof(let why): "This is no proof of a journal entry: \(why). Ask for the document anew."
        case .otherFormat(let format):
            "The proof has the format \"\(format)\"; this program checks \"\(JournalProof.format)\"."
        case .malformed(let field): "The proof's field \(field) is not hexadecimal text of the right length."
        case .otherKey(let expected, let found):
            "The proof is signed with the key \(found), not with the key \(expected) that it was to be checked against."
        case .signatureWrong:
            "The signature does not fit the head: treeSize, rootHash, signedAt or signature was changed, or the head was "
                + "never signed with this key."
        case .entryChanged(let stated, let computed):
            "The entry was changed: its fields have the hash \(computed), not the leafHash \(stated)."
        case .outsideTree(let leaf, let size): "The leafIndex \(leaf) lies outside a tree of \(size) entries."
        case .pathLength(let expected, let found):
            "The auditPath has \(found) hashes; this place in the tree needs \(expected)."
        case .rootWrong(let signed, let computed):
            "The head is genuine but does not contain this entry at this place: the path leads to the root \(computed), "
                + "signed was \(signed). leafHash, leafIndex or auditPath was changed."
        }
    }
}
