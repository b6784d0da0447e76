import Database
import Foundation
import Logging
import Mail
import Synchronization

/// A morning in June.
let morning = Date(timeIntervalSince1970: 1_750_000_000)

enum Letters {
    static func office() throws -> Mailbox { try Mailbox(name: "Office of the Cities", address: "office@example.org") }

    static func letter(
        _ cause: String = "invitation:1",
        to: String = "minji@example.com",
        secret: Bool = false
    )
        -> OutgoingMail
    {
        OutgoingMail(
            cause: cause,
            to: to,
            toName: "김민지",
            content: MailContent(subject: "Welcome", text: "Hello\n", html: "<p>Hello</p>"),
            person: "person-1",
            member: "member-1",
            isConfidential: secret
        )
    }
}

/// A mail server that answers by a script, and counts.
final class ScriptedTransport: MailTransport {
    private let answers: Mutex<[DeliveryFailure?]>
    private let taken = Mutex<[MailMessage]>([])
    private let pause: Duration

    /// The first answers, in order; every later mail is taken.
    init(_ answers: [DeliveryFailure?] = [], pause: Duration = .zero) {
        self.answers = Mutex(answers)
        self.pause = pause
    }

    var messages: [MailMessage] { taken.withLock { $0 } }

    func deliver(_ message: MailMessage) async throws {
        if pause > .zero { try await Task.sleep(for: pause) }
        if let failure = answers.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw failure }
        taken.withLock { $0.append(message) }
    }
}

/// A clock that tests move.
final class TestClock: Sendable {
    private let time: Mutex<Date>

    init(_ start: Date = morning) { time = Mutex(start) }

    var now: Date { time.withLock { $0 } }
    func pass(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }
}
