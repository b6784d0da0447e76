import Database
import Foundation
import Mail
import Outbound
import Webhooks

extension Installation {
    /// What tells other programs what happened.
    func webhooks() -> WebhookSender {
        let policy = OutboundPolicy(allowsPrivateAddresses: settings.flag(.webhooksAllowPrivate), timeout: .seconds(20))
        let web = WebClient(policy: policy)
        return WebhookSender(
            database: database,
            send: { try await web.send($0) },
            logger: logger,
            memberKey: { transaction, id in
                try transaction.first("SELECT key FROM member WHERE id = ?", [.text(id)]) { try $0.text(0) }
            }
        )
    }

    /// What sends this installation's mail, or `nil` when mail is to wait (`mail.transport` is `none`).
    func mailer() throws -> Mailer? {
        let transport: any MailTransport
        switch MailTransportKind(rawValue: settings.text(.mailTransport)) ?? .nowhere {
        case .nowhere: return nil
        case .folder: transport = FolderTransport(folder: settings.text(.mailFolder))
        case .smtp:
            let authorities = settings.text(.mailAuthorities)
            let server = try SMTPServer(
                setting: settings.text(.mailServer),
                authorities: authorities.isEmpty ? nil : authorities
            )
            transport = SMTPTransport(server: server)
        }
        return Mailer(
            database: database,
            transport: transport,
            sender: try Mailbox(parsing: settings.text(.mailFrom)),
            logger: logger
        )
    }
}
