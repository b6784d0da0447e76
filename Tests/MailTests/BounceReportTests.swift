import Foundation
import Testing

@testable import Mail

private let report = """
    From: MAILER-DAEMON@mail.example.com
    To: office@example.org
    Subject: Undelivered Mail Returned to Sender
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status;
    \tboundary="9B095B5ADSN=_01"

    This is a MIME-encapsulated message.

    --9B095B5ADSN=_01
    Content-Type: text/plain

    I am sorry.

    --9B095B5ADSN=_01
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mail.example.com
    Arrival-Date: Sun, 15 Jun 2025 15:06:40 +0000

    Final-Recipient: rfc822; minji@example.com
    Original-Recipient: rfc822;minji@example.com
    Action: failed
    Status: 5.1.1 (no such user)
    Diagnostic-Code: smtp; 550 5.1.1 <minji@example.com>:
        Recipient address rejected

    --9B095B5ADSN=_01
    Content-Type: text/rfc822-headers

    From: office@example.org
    Message-ID: <0198-id@example.org>
    Subject: Welcome

    --9B095B5ADSN=_01--
    """

@Suite struct BounceReportTests {
    static func variants(_ text: String) -> [[UInt8]] {
        [Array(text.utf8), Array(text.replacing("\n", with: "\r\n").utf8)]
    }

    @Test func `a report names the mail, the address and the reason`() throws {
        for bytes in Self.variants(report) {
            let read = try BounceReport.parse(bytes)
            #expect(read.messageID == "<0198-id@example.org>")
            #expect(
                read.recipients == [
                    .init(
                        address: "minji@example.com",
                        action: "failed",
                        status: "5.1.1",
                        diagnostic: "550 5.1.1 <minji@example.com>: Recipient address rejected"
                    )
                ]
            )
            #expect(read.isFailure)
            #expect(read.reason == "5.1.1 550 5.1.1 <minji@example.com>: Recipient address rejected")
        }
    }

    @Test func `a report of a delay is no failure`() throws {
        let late = report.replacing("Action: failed", with: "Action: delayed")
        #expect(try !BounceReport.parse(Array(late.utf8)).isFailure)
    }

    @Test func `a returned mail in full serves as well as its headers`() throws {
        let full = report.replacing("text/rfc822-headers", with: "message/rfc822")
        #expect(try BounceReport.parse(Array(full.utf8)).messageID == "<0198-id@example.org>")
    }

    @Test func `parts in base64 are read`() throws {
        let headers = "From: office@example.org\nMessage-ID: <0198-id@example.org>\nSubject: Welcome\n"
        let encoded = report.replacing(
            "text/rfc822-headers\n\n\(headers)",
            with:
                "text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n\(Data(headers.utf8).base64EncodedString())\n"
        )
        #expect(encoded != report)
        #expect(try BounceReport.parse(Array(encoded.utf8)).messageID == "<0198-id@example.org>")
    }

    @Test func `anything else is refused in words`() {
        let without = report.replacing("Message-ID: <0198-id@example.org>\n", with: "")
        #expect(throws: BounceReport.Fault.noMessageID) { try BounceReport.parse(Array(without.utf8)) }
        for text in ["", "Subject: hello\n\nout of office", report.replacing("Action:", with: "X-Action:"), "\0\0\0"] {
            #expect(throws: BounceReport.Fault.noReport) { try BounceReport.parse(Array(text.utf8)) }
        }
        #expect(throws: BounceReport.Fault.tooLarge(limitBytes: 4 << 20)) {
            try BounceReport.parse([UInt8](repeating: 0x0a, count: (4 << 20) + 1))
        }
    }

    @Test func `hostile input ends soon and does not crash`() {
        var generator = SystemRandomNumberGenerator()
        let original = Array(report.utf8)
        for _ in 0..<300 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...20) {
                bytes[Int.random(in: 0..<bytes.count)] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes.removeLast(Int.random(in: 0..<bytes.count))
            _ = try? BounceReport.parse(bytes)
        }
        let many = "Content-Type: multipart/report; boundary=b\n\n" + String(repeating: "--b\n", count: 200_000)
        #expect(throws: BounceReport.Fault.noReport) { try BounceReport.parse(Array(many.utf8)) }
    }
}
