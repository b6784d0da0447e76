public import Access
public import Database
public import Documents
public import Foundation

/// A document about dues, written in a language: a page that can be shown and printed, and made a PDF of.
public struct DuesDocument: Sendable, Equatable {
    /// A name for its file, without an ending: `invoice-2024-0001`.
    public let name: String
    /// The whole page, as UTF-8.
    public let page: [UInt8]

    /// Throws `DuesRefusal.noPDF`.
    public func pdf(_ maker: PDFMaker) async throws(DuesRefusal) -> [UInt8] {
        do { return try await maker.pdf(of: page) } catch { throw .noPDF(error) }
    }
}

/// A document that was issued, by its number, in a language.
///
/// Throws `DuesRefusal.noSuchDocument`.
public struct DocumentByNumber: Question {
    public static let action = Action.readMemberDues

    let number: String
    let member: String?
    let language: String?
    let services: DuesServices

    /// - Parameters:
    ///   - number: of an invoice, a credit note, a receipt or a certificate.
    ///   - member: the id of the only member whose document it may be; whoever's it is for `nil`.
    ///   - language: its code; `nil` for that of the invoice, or the association's.
    public init(_ number: String, of member: String? = nil, language: String? = nil, services: DuesServices) {
        self.number = number
        self.member = member
        self.language = language
        self.services = services
    }

    public func place(_ transaction: Transaction) throws -> Place { .member(try proof(transaction).memberID) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> DuesDocument {
        let proof = try proof(transaction)
        switch proof.kind {
        case .invoice:
            let invoice = try Invoice.load(transaction, named: proof.subjectID)
            return DocumentWriting(proof, services, language ?? invoice.language).invoice(invoice)
        case .creditNote:
            guard let note = try CreditNote.find(transaction, named: proof.subjectID) else {
                throw DuesRefusal.noSuchDocument
            }
            let invoice = try Invoice.load(transaction, named: note.invoiceID)
            return DocumentWriting(proof, services, language ?? invoice.language).creditNote(note, of: invoice)
        case .receipt:
            let payment = try Payment.load(transaction, id: proof.subjectID)
            return DocumentWriting(proof, services, language).receipt(payment)
        case .certificate:
            return DocumentWriting(proof, services, language).certificate()
        }
    }

    private func proof(_ transaction: Transaction) throws -> DocumentProof {
        guard let proof = try DocumentProof.find(transaction, number: number),
            member.map({ $0 == proof.memberID }) ?? true
        else { throw DuesRefusal.noSuchDocument }
        return proof
    }
}
