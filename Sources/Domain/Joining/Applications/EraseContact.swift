public import Access
public import Database
public import Foundation
import Journal

/// Erases by whom an applicant can be reached, as its contact has asked: name, position, telephone, address and links.
/// The application stays as it is, and nobody is written to about it any more.
///
/// For contacts without an account; who has one is erased with it. Throws `InvalidInput` (`reason`) and `JoiningRefusal`.
public struct EraseContact: Command {
    public static let action = Action.erasePerson

    let id: String
    let reason: String

    public init(_ id: String, reason: String) {
        self.id = id
        self.reason = reason
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let reason = try Typed.required(reason, "reason", atMost: 1000)
        let writer = ApplicationWriter(
            transaction: transaction,
            application: try Application.lock(transaction, id: id),
            author: .secretariat(actor),
            now: now
        )
        try ApplicationPersonalData.eraseContact(of: writer.application, transaction, now: now)
        try writer.note("contact-erased", reason: reason)
    }
}
