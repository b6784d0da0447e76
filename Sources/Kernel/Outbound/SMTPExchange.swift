import CCurl
import Foundation
import Languages

/// One mail handed over. Used by one thread, from the first line to the last.
final class SMTPExchange {
    private let server: SMTPServer
    private let message: [UInt8]
    private var sentBytes = 0
    /// The server's last refusal, code and words. Not its last reply, which is the one to QUIT.
    private var refusal = ""
    /// Whether the server asked for the message, and the code of what it said after that.
    private var isInData = false
    private var verdict: Int?

    init(server: SMTPServer, message: [UInt8]) {
        self.server = server
        self.message = message
    }

    func run(from sender: String, to recipient: String) throws {
        guard Self.isPlain(sender), Self.isPlain(recipient) else {
            throw OutboundError.badRequest(say("a mail address must be ASCII without spaces and angle brackets"))
        }
        let url = try CurlURL(server.url, schemes: ["smtp", "smtps"])
        let curl = try CurlHandle(timeout: server.timeout, authorities: server.authorities)
        curl.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        curl.set(CURLOPT_USE_SSL, Int((server.requiresTLS ? CURLUSESSL_ALL : CURLUSESSL_TRY).rawValue))
        if let user = server.user { curl.set(CURLOPT_USERNAME, user) }
        if let password = server.password { curl.set(CURLOPT_PASSWORD, password) }
        curl.set(CURLOPT_MAIL_FROM, "<\(sender)>")
        curl.set(CURLOPT_MAIL_RCPT, lines: ["<\(recipient)>"])
        curl.set(CURLOPT_UPLOAD, 1)
        curl.setSize(CURLOPT_INFILESIZE_LARGE, message.count)
        listen(curl)
        let code = withExtendedLifetime(self) { curl.perform(url) }
        if code != CURLE_OK { throw failure(code, reply: curl.responseCode, host: url.host) }
    }

    private static func isPlain(_ address: String) -> Bool {
        !address.isEmpty && address.utf8.count <= 320
            && address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
    }

    private func failure(_ code: CURLcode, reply number: Int, host: String) -> OutboundError {
        if isInData, verdict.map({ $0 < 400 }) ?? true, sentBytes == message.count {
            return .outcomeUnknown(
                say(
                    "\(host) was given the whole mail and ended before it said whether it took it "
                        + "(\(CurlHandle.words(code)))."
                )
            )
        }
        switch code {
        case CURLE_LOGIN_DENIED:
            // Its words are left out: a server may repeat what it was told.
            let words = say("\(host) refuses user and password. Check mail.server.")
            return .smtp(code: number, message: words, isPermanent: false)
        case CURLE_USE_SSL_FAILED, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CONNECT_ERROR:
            return .smtp(code: nil, message: encryptionWords(code, host), isPermanent: false)
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED:
            guard number >= 400 else { break }
            return .smtp(code: number, message: words(number), isPermanent: isPermanent(code, number))
        default: break
        }
        return .smtp(code: nil, message: .verbatim("\(host): ") + CurlHandle.words(code), isPermanent: false)
    }

    /// What kept the connection from being encrypted. Nothing of the mail, and no password, has left by then.
    private func encryptionWords(_ code: CURLcode, _ host: String) -> Phrase {
        switch code {
        case CURLE_USE_SSL_FAILED:
            // It answers STARTTLS with a refusal, or does not name it among what it can do.
            return refusal.isEmpty
                ? say("\(host) offers no encryption (STARTTLS), which is required. Check mail.server.")
                : say("\(host) refuses encryption (STARTTLS), which is required. Check mail.server.")
        case CURLE_SSL_CACERT_BADFILE:
            let file = server.authorities.map { Phrase.verbatim("\($0) (mail.authorities)") }
            let read = file ?? say("the system's list of authorities")
            return say(
                "No certificate can be checked, since \(read) cannot be read. Nothing was sent. Check that file."
            )
        case CURLE_PEER_FAILED_VERIFICATION:
            return say(
                "The certificate of \(host) is not trusted: another name, expired, or an unknown authority. "
                    + "Nothing was sent. Check mail.server; an authority of one's own is named in mail.authorities."
            )
        default:
            return say(
                "\(host) and this program cannot agree on encryption. Nothing was sent. Check the port in "
                    + "mail.server: smtps:// is for encryption from the start (465), smtp:// for STARTTLS (587)."
            )
        }
    }

    /// A 5xx answers this mail only after MAIL. At the greeting it speaks of the connection, and 530 to 538 of signing in.
    private func isPermanent(_ code: CURLcode, _ number: Int) -> Bool {
        (500...599).contains(number) && ![530, 534, 535, 538].contains(number)
            && (code == CURLE_SEND_ERROR || verdict == number)
    }

    /// What the server said, as it said it.
    private func words(_ number: Int) -> Phrase {
        guard refusal.hasPrefix("\(number)") else { return say("the mail server said no") }
        return .quoted(String(refusal.dropFirst(4).prefix(300)))
    }

    // What curl calls.

    private func listen(_ curl: CurlHandle) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        curl.onHeader(context) { bytes, size, count, context in
            SMTPExchange.at(context)?.takeReply(bytes, size * count)
            return size * count
        }
        curl.onBody(context) { _, size, count, _ in size * count }
        curl.onUpload(context) { bytes, size, count, context in
            SMTPExchange.at(context)?.give(bytes, size * count) ?? 0
        }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> SMTPExchange? {
        context.map { Unmanaged<SMTPExchange>.fromOpaque($0).takeUnretainedValue() }
    }

    private func takeReply(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) {
        let text = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        let line = String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
            )
        )
        guard let number = Int(line.prefix(3)), number >= 200 else { return }
        if isInData, verdict == nil { verdict = number }
        if number == 354 { isInData = true }
        if number >= 400 { refusal = String(line.prefix(400)) }
    }

    private func give(_ buffer: UnsafeMutablePointer<CChar>?, _ room: Int) -> Int {
        let count = min(room, message.count - sentBytes)
        guard count > 0, let buffer else { return 0 }
        message[sentBytes..<(sentBytes + count)].withUnsafeBytes { bytes in
            UnsafeMutableRawBufferPointer(start: buffer, count: count).copyMemory(from: bytes)
        }
        sentBytes += count
        return count
    }
}
