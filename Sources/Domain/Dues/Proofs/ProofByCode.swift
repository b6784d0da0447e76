public import Database
public import Languages

/// Whether a document is genuine, and what became since of what it says. Anybody who holds the document may ask: the code
/// stands on it and cannot be guessed.
public struct ProofByCode: Sendable {
    /// What became since of what a document says.
    public enum Since: Sendable, Equatable {
        /// It says what is still so.
        case nothing
        /// So much of the invoice was credited or remitted.
        case lowered(by: Money)
        /// What it tells of was undone.
        case undone
        /// So much of it is left.
        case changed(to: Money)
        /// Of a year that a certificate is about, so much is owed again.
        case owed(Money)

        /// As a sentence; `nil` where nothing did.
        public var words: Phrase? {
            switch self {
            case .nothing: nil
            case .lowered(let amount):
                say("Of this amount, \(amount) was taken off since, by a credit note or by relief.")
            case .undone: say("What it says was undone since: the document is no longer valid.")
            case .changed(let amount): say("This was changed since: the amount is now \(amount).")
            case .owed(let amount): say("It is no longer valid: \(amount) is owed for the year.")
            }
        }
    }

    public struct Answer: Sendable, Equatable {
        public let document: DocumentProof
        public let since: Since
        /// False where the records do not say any more what was issued: somebody changed them.
        public let isWhole: Bool
    }

    let code: String

    /// - Parameter typed: the code as somebody typed it or a telephone read it.
    public init(_ typed: String) { code = DocumentProof.code(typed: typed) }

    /// Throws `DuesRefusal.noSuchProof`.
    public func answer(_ transaction: Transaction) throws -> Answer {
        guard let proof = try DocumentProof.find(transaction, code: code) else { throw DuesRefusal.noSuchProof }
        return Answer(document: proof, since: try since(proof, transaction), isWhole: proof.isWhole)
    }

    private func since(_ proof: DocumentProof, _ transaction: Transaction) throws -> Since {
        switch proof.kind {
        case .invoice:
            let invoice = try Invoice.load(transaction, named: proof.subjectID)
            let asked = try invoice.balance(transaction).asked
            let lowered = try proof.amount - asked
            // Relief that ended asks for more again.
            if lowered.isNegative { return .changed(to: asked) }
            return lowered.isZero ? .nothing : .lowered(by: lowered)
        case .creditNote:
            return try AccountEntry.isUndone(transaction, creditNote: proof.subjectID) ? .undone : .nothing
        case .receipt:
            let paid = try Payment.load(transaction, id: proof.subjectID).paid(by: proof.memberID)
            if paid.isZero { return .undone }
            return paid == proof.amount ? .nothing : .changed(to: paid)
        case .certificate:
            guard let year = Int(proof.subjectID) else { return .nothing }
            let owed = try YearOfDues.load(transaction, member: proof.memberID, year: year).owed
            return owed.first { $0.isPositive }.map { .owed($0) } ?? .nothing
        }
    }
}

extension Database {
    /// Whether a document is genuine. Throws `DuesRefusal.noSuchProof`.
    public func proof(_ question: ProofByCode) async throws -> ProofByCode.Answer {
        try await read { try question.answer($0) }
    }
}
