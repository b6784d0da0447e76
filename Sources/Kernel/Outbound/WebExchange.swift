import CCurl
import Foundation

/// One request and what comes back. Used by one thread, from the first line to the last.
final class WebExchange {
    private static let largestHeadBytes = 64 * 1024

    private let policy: OutboundPolicy
    private let cancellation: Cancellation
    private var headers: [String: String] = [:]
    private var headBytes = 0
    private var body: [UInt8] = []
    private var isTooLarge = false
    private var isRefused = false

    init(policy: OutboundPolicy, cancellation: Cancellation) {
        self.policy = policy
        self.cancellation = cancellation
    }

    func run(_ request: WebRequest) throws -> WebAnswer {
        if cancellation.isSet { throw CancellationError() }
        let url = try CurlURL(request.url, schemes: ["http", "https"])
        let curl = try CurlHandle(timeout: policy.timeout, authorities: policy.authorities)
        curl.set(CURLOPT_PROTOCOLS_STR, "http,https")
        curl.set(CURLOPT_CUSTOMREQUEST, request.method)
        if request.method == "HEAD" { curl.set(CURLOPT_NOBODY, 1) }
        curl.set(CURLOPT_HTTPHEADER, lines: Self.lines(request))
        if let bytes = request.body { curl.setBody(bytes) }
        listen(curl)
        let code = withExtendedLifetime(self) { curl.perform(url) }
        try check(code, host: url.host)
        return WebAnswer(status: curl.responseCode, headers: headers, body: body)
    }

    private static func lines(_ request: WebRequest) -> [String] {
        var lines = request.headers.map { name, value in
            // "Name:" would tell curl to leave its own header out.
            value.isEmpty ? "\(name);" : "\(name): \(value)"
        }
        let names = Set(request.headers.map { $0.name.lowercased() })
        if !names.contains("user-agent") { lines.append("User-Agent: hansa") }
        if !names.contains("content-type") { lines.append("Content-Type:") }
        // Waiting for "100 Continue" costs a second with servers that do not know it.
        lines.append("Expect:")
        return lines
    }

    private func check(_ code: CURLcode, host: String) throws {
        if code == CURLE_OK { return }
        if isRefused { throw OutboundError.refusedAddress(host: host) }
        if isTooLarge { throw OutboundError.answerTooLarge(host: host, limitBytes: policy.largestAnswerBytes) }
        switch code {
        case CURLE_ABORTED_BY_CALLBACK: throw CancellationError()
        case CURLE_OPERATION_TIMEDOUT: throw OutboundError.timedOut(host: host)
        default: throw OutboundError.unreachable(host: host, reason: CurlHandle.words(code))
        }
    }

    // What curl calls.

    private func listen(_ curl: CurlHandle) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        curl.onBody(context) { bytes, size, count, context in
            WebExchange.at(context)?.takeBody(bytes, size * count) ?? 0
        }
        curl.onHeader(context) { bytes, size, count, context in
            WebExchange.at(context)?.takeHeader(bytes, size * count) ?? 0
        }
        curl.onProgress(context) { context, _, _, _, _ in
            WebExchange.at(context)?.cancellation.isSet == true ? 1 : 0
        }
        curl.onSocket(context) { context, _, address in
            guard let exchange = WebExchange.at(context), let address else { return -1 }
            return exchange.openSocket(address)
        }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> WebExchange? {
        context.map { Unmanaged<WebExchange>.fromOpaque($0).takeUnretainedValue() }
    }

    private func takeBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard body.count + count <= policy.largestAnswerBytes else {
            isTooLarge = true
            return 0
        }
        body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    }

    private func takeHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        headBytes += count
        guard headBytes <= Self.largestHeadBytes else {
            isTooLarge = true
            return 0
        }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        // An answer of "100 Continue" comes before the one that counts.
        if line.hasPrefix("HTTP/") { headers = [:] }
        guard let colon = line.firstIndex(of: ":") else { return count }
        let name = line[..<colon].lowercased()
        let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
        headers[name] = headers[name].map { "\($0), \(value)" } ?? value
        return count
    }

    /// Opens the socket for an address that is about to be connected to, unless the policy refuses it.
    private func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        if !policy.allowsPrivateAddresses {
            guard let bytes = Self.addressBytes(address), PublicAddress.contains(bytes) else {
                isRefused = true
                return -1
            }
        }
        let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        let made = socket(address.pointee.family, kind, address.pointee.protocol)
        // With several addresses curl tries the next; one that is public may answer.
        if made >= 0 { isRefused = false }
        return made
    }

    /// The address in network order; `nil` for a family that is not of the internet.
    private static func addressBytes(_ address: UnsafeMutablePointer<curl_sockaddr>) -> [UInt8]? {
        guard let start = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        let (offset, count): (Int, Int)
        switch address.pointee.family {
        case AF_INET: (offset, count) = (4, 4)
        case AF_INET6: (offset, count) = (8, 16)
        default: return nil
        }
        guard Int(address.pointee.addrlen) >= offset + count else { return nil }
        return [UInt8](UnsafeRawBufferPointer(start: UnsafeRawPointer(address) + start + offset, count: count))
    }
}
