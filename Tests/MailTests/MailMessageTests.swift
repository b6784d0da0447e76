import Foundation
import Testing

@testable import Mail

private func message(_ content: MailContent, name: String? = nil) throws -> String {
    let made = MailMessage(
        id: "0198-id",
        sender: try Letters.office(),
        recipient: try Mailbox(name: name, address: "minji@example.com"),
        content: content,
        date: morning
    )
    return String(decoding: made.bytes, as: UTF8.self)
}

@Suite struct MailMessageTests {
    @Test func `a mail in ASCII reads as it is written`() throws {
        let made = try message(
            MailContent(subject: "Welcome", text: "Hello = you\n", html: "<p>Hello</p>"),
            name: "Kim \"M\""
        )
        #expect(
            made
                == """
                From: "Office of the Cities" <office@example.org>
                To: "Kim \\"M\\"" <minji@example.com>
                Subject: Welcome
                Date: Sun, 15 Jun 2025 15:06:40 +0000
                Message-ID: <0198-id@example.org>
                Auto-Submitted: auto-generated
                X-Auto-Response-Suppress: OOF, AutoReply
                MIME-Version: 1.0
                Content-Type: multipart/alternative;
                 boundary="=_0198-id"

                --=_0198-id
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Hello =3D you
                --=_0198-id
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <p>Hello</p>
                --=_0198-id--

                """.replacing("\n", with: "\r\n")
        )
    }

    @Test func `no line is longer than 78 characters or beyond ASCII, and words are not cut within a sign`() throws {
        let subject = String(repeating: "총회 초대 ", count: 12) + "é"
        let text = String(repeating: "서울 São Paulo ", count: 60) + "\n" + String(repeating: "x", count: 3000)
        let made = try message(MailContent(subject: subject, text: text, html: text), name: "김민지")
        for line in made.split(separator: "\r\n", omittingEmptySubsequences: false) {
            #expect(line.utf8.count <= 78 && line.utf8.allSatisfy { $0 < 0x80 })
        }
        #expect(!made.replacing("\r\n", with: "").contains { $0 == "\n" || $0 == "\r" })
        let header = try #require(made.firstRange(of: "Subject: "))
        let end = try #require(made.firstRange(of: "\r\nDate:"))
        let decoded = made[header.upperBound..<end.lowerBound].split(separator: "\r\n ").map { word in
            let inner = String(word.dropFirst("=?UTF-8?B?".count).dropLast(2))
            return Data(base64Encoded: inner).flatMap { String(data: $0, encoding: .utf8) } ?? "a sign cut in two"
        }
        #expect(decoded.joined() == subject)
    }

    @Test func `what is encoded is decoded to itself`() {
        let texts = [
            "a line with a space at its end \r\nand = signs =3D\r\n", String(repeating: "é", count: 200) + "\r\n",
            "\t\r\n",
            ".\r\n..\r\nFrom me\r\n", "\0\u{1b}\r\n",
        ]
        for text in texts {
            for encoding in [TransferEncoding.quotedPrintable, .base64] {
                let encoded = Array(encoding.encode(Array(text.utf8)).utf8)
                #expect(TransferEncoding.decode(encoded, named: encoding.rawValue) == Array(text.utf8))
            }
        }
    }

    @Test func `a repeated attempt sends the same bytes`() throws {
        let content = MailContent(subject: "S", text: "t", html: "h")
        #expect(try message(content) == message(content))
    }

    @Test(arguments: ["\n", "\r", "\r\n", "\0", "\u{7f}", "\u{85}", "\u{2028}", "\u{2029}", "\u{b}"])
    func `a control character in a header is refused`(_ sign: String) {
        let bad = "Hello\(sign)Bcc: everybody@example.org"
        #expect(throws: MailProblem.controlCharacter(field: "name")) {
            try Mailbox(name: bad, address: "a@example.org")
        }
        #expect(throws: MailProblem.badAddress) { try Mailbox(address: "a@example.org\(sign)") }
        #expect(throws: MailProblem.controlCharacter(field: "subject")) {
            try OutgoingMail(cause: "c", to: "a@example.org", content: MailContent(subject: bad, text: "", html: ""))
                .check()
        }
    }

    @Test(arguments: [
        "", "a", "@example.org", "a@", "a@b@c.org", "a b@example.org", "a@example..org", "a@.org", "é@example.org",
        "a@exämple.org", "<a@example.org>", "a@example.org,b@example.org", "\"a\"@example.org",
    ])
    func `what is no address is refused`(_ text: String) {
        #expect(throws: MailProblem.badAddress) { try Mailbox(address: text) }
    }

    @Test func `a sender is read with and without its name`() throws {
        let plain = try Mailbox(parsing: "office@example.org")
        #expect(plain.name == nil && plain.address == "office@example.org")
        let named = try Mailbox(parsing: "\"Office, of\" <office@example.org>")
        #expect(named.name == "Office, of" && named.address == "office@example.org")
        #expect(throws: MailProblem.badAddress) { try Mailbox(parsing: "Office <>") }
    }
}
