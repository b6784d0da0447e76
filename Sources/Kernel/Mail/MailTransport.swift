import Foundation
public import Languages
public import Outbound

/// A way for mail to leave.
public protocol MailTransport: Sendable {
    /// Hands one mail over. Returns when it was taken; throws `DeliveryFailure` for anything else.
    func deliver(_ message: MailMessage) async throws
}

/// Why a mail was not taken. The words are for people and hold no secret.
public enum DeliveryFailure: Error, Sendable, Equatable {
    /// This mail to this address will be refused again.
    case refused(Phrase)
    /// Not now; the next mail may be taken.
    case deferred(Phrase)
    /// Nothing can be sent now at all.
    case unreachable(Phrase)
    /// It may have been taken.
    case uncertain(Phrase)
}

/// Hands mail to a mail server.
public struct SMTPTransport: MailTransport {
    let server: SMTPServer

    public init(server: SMTPServer) { self.server = server }

    public func deliver(_ message: MailMessage) async throws {
        do {
            try await server.submit(
                from: message.sender.address,
                to: message.recipient.address,
                message: message.bytes
            )
        } catch let error as OutboundError { throw Self.failure(error) }
    }

    private static func failure(_ error: OutboundError) -> DeliveryFailure {
        switch error {
        case .smtp(_, _, isPermanent: true): .refused(error.sentence)
        case .smtp(let code?, _, isPermanent: false) where !signingIn.contains(code): .deferred(error.sentence)
        case .outcomeUnknown: .uncertain(error.sentence)
        case .badRequest: .refused(error.sentence)
        default: .unreachable(error.sentence)
        }
    }

    /// Replies that speak of us and not of the mail: the service closes, or wants another sign-in (RFC 4954).
    private static let signingIn: Set<Int> = [421, 454, 530, 534, 535, 538]
}

/// Writes each mail into a folder as a file that mail programs open: the default of development.
public struct FolderTransport: MailTransport {
    let folder: String

    public init(folder: String) { self.folder = folder }

    /// The file of a mail.
    public func path(_ id: String) -> String { "\(folder)/\(id).eml" }

    public func deliver(_ message: MailMessage) async throws {
        do {
            // Mails hold links to sign in with: nobody else on the machine reads them.
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            let partial = "\(folder)/.\(message.id).part"
            guard
                FileManager.default.createFile(
                    atPath: partial,
                    contents: Data(message.bytes),
                    attributes: [.posixPermissions: 0o600]
                ), rename(partial, path(message.id)) == 0
            else { throw DeliveryFailure.unreachable(say("The mail cannot be written into the folder \(folder).")) }
        } catch let error as DeliveryFailure { throw error } catch {
            throw DeliveryFailure.unreachable(say("The folder \(folder) cannot be written to."))
        }
    }
}
