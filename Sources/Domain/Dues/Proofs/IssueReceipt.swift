public import Access
import Charter
public import Database
public import Foundation
import Journal

/// Gives a member a receipt for a payment, with a number of its own. Asked for again, it is the same one, as long as nothing
/// of what it says has changed.
///
/// Throws `MemberRefusal.noSuchMember` and, for a payment of which the member has nothing,
/// `PaymentRefusal.noSuchPayment`.
public struct IssueReceipt: Command {
    public static let action = Action.certifyDues

    let paymentID: String
    let memberKey: String

    public init(payment: String, memberKey: String) {
        paymentID = payment
        self.memberKey = memberKey
    }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try DuesMember.load(transaction, key: memberKey).id)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> DocumentProof {
        let member = try DuesMember.load(transaction, key: memberKey)
        let payment = try Payment.load(transaction, id: paymentID)
        let paid = try payment.paid(by: member.id)
        guard paid.isPositive else { throw PaymentRefusal.noSuchPayment }
        let known = try DocumentProof.all(transaction, .receipt, subject: paymentID, member: member.id)
        if let same = known.first(where: { $0.amount == paid && $0.memberName == member.name }) { return same }
        let year = payment.receivedOn.year
        let number = try Numbering.receipt.take(transaction, year).upperBound
        let proof = DocumentProof(
            .receipt,
            subject: paymentID,
            member: member.id,
            memberName: member.name,
            number: Numbering.receipt.text(year, number),
            day: payment.receivedOn,
            amount: paid,
            isInvented: payment.isInvented,
            now: now
        )
        try proof.issue(transaction, by: actor, now: now)
        return proof
    }
}

/// Certifies that a member owes nothing of its dues of a year. Asked for again, it is the same certificate, as long as
/// nothing of what it says has changed.
///
/// Throws `MemberRefusal.noSuchMember`, `DuesRefusal.notInvoiced` and `notSettled`.
public struct IssueCertificate: Command {
    public static let action = Action.certifyDues

    let memberKey: String
    let year: Int

    public init(memberKey: String, year: Int) {
        self.memberKey = memberKey
        self.year = year
    }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try DuesMember.load(transaction, key: memberKey).id)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> DocumentProof {
        let member = try DuesMember.load(transaction, key: memberKey)
        let dues = try YearOfDues.load(transaction, member: member.id, year: year)
        guard let asked = dues.asked.first(where: \.isPositive) ?? dues.asked.first, let settled = dues.lastDay else {
            throw DuesRefusal.notInvoiced(year: year)
        }
        if let owed = dues.owed.first(where: \.isPositive) { throw DuesRefusal.notSettled(owed: owed) }
        let known = try DocumentProof.all(transaction, .certificate, subject: String(year), member: member.id)
        if let same = known.first(where: { $0.amount == asked && $0.memberName == member.name }) { return same }
        let number = try Numbering.certificate.take(transaction, year).upperBound
        let proof = DocumentProof(
            .certificate,
            subject: String(year),
            member: member.id,
            memberName: member.name,
            number: Numbering.certificate.text(year, number),
            day: settled,
            amount: asked,
            isInvented: dues.isInvented,
            now: now
        )
        try proof.issue(transaction, by: actor, now: now)
        return proof
    }
}

extension DocumentProof {
    fileprivate func issue(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        try Self.insert(transaction, [self])
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: kind == .receipt ? "receipt.issued" : "certificate.issued",
                subject: .init(Self.subjectKind, number),
                after: [
                    "reference": .text(number), "member": .text(memberID), "day": .text(day.description),
                    "amount": .text(amount.journal), "invented": .flag(isInvented), "content": .text(hash),
                ]
            )
        )
    }
}
