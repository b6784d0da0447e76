import CCurl
import Foundation
import Languages

/// One curl exchange. Made, used and cleaned up on one thread.
final class CurlHandle {
    private let curl: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private static let isReady = hansa_curl_begin() == CURLE_OK

    /// Starts with what holds for every exchange. Throws `unreachable` when curl itself cannot start.
    init(timeout: Duration, authorities: String?) throws(OutboundError) {
        guard Self.isReady, let curl = curl_easy_init() else {
            throw .unreachable(host: "libcurl", reason: say("libcurl could not start"))
        }
        self.curl = curl
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_TIMEOUT_MS, max(1, timeout.milliseconds))
        set(CURLOPT_FOLLOWLOCATION, 0)
        // A proxy of the environment would look names up itself, past the check of addresses.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NETRC, 0)
        if let authorities { set(CURLOPT_CAINFO, authorities) }
    }

    deinit {
        curl_easy_cleanup(curl)
        for list in lists { curl_slist_free_all(list) }
    }

    func set(_ option: CURLoption, _ value: Int) { hansa_curl_set_long(curl, option, value) }
    func set(_ option: CURLoption, _ value: String) { hansa_curl_set_text(curl, option, value) }
    func setSize(_ option: CURLoption, _ value: Int) { hansa_curl_set_size(curl, option, curl_off_t(value)) }

    func set(_ option: CURLoption, lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = curl_slist_append(list, line) }
        guard let list else { return }
        lists.append(list)
        hansa_curl_set_list(curl, option, list)
    }

    /// curl copies the bytes.
    func setBody(_ bytes: [UInt8]) {
        setSize(CURLOPT_POSTFIELDSIZE_LARGE, bytes.count)
        // An empty array has no address, and without one curl would ask its read function.
        if bytes.isEmpty {
            set(CURLOPT_COPYPOSTFIELDS, "")
        } else {
            bytes.withUnsafeBytes { _ = hansa_curl_set_pointer(curl, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
        }
    }

    /// Runs the exchange to its end. `url` is parsed by curl's own parser, so that what was checked is what is called.
    func perform(_ url: CurlURL) -> CURLcode {
        hansa_curl_set_url(curl, url.pointer)
        return curl_easy_perform(curl)
    }

    var responseCode: Int { hansa_curl_response_code(curl) }

    // The functions that curl calls get a pointer to an object that outlives `perform`.
    func onBody(_ context: UnsafeMutableRawPointer, _ function: @escaping curl_write_callback) {
        hansa_curl_on_body(curl, function, context)
    }
    func onHeader(_ context: UnsafeMutableRawPointer, _ function: @escaping curl_write_callback) {
        hansa_curl_on_header(curl, function, context)
    }
    func onUpload(_ context: UnsafeMutableRawPointer, _ function: @escaping curl_read_callback) {
        hansa_curl_on_upload(curl, function, context)
    }
    func onSocket(_ context: UnsafeMutableRawPointer, _ function: @escaping curl_opensocket_callback) {
        hansa_curl_on_socket(curl, function, context)
    }
    func onProgress(_ context: UnsafeMutableRawPointer, _ function: @escaping curl_xferinfo_callback) {
        hansa_curl_on_progress(curl, function, context)
    }

    /// What libcurl says of it, in English.
    static func words(_ code: CURLcode) -> Phrase { .quoted(String(cString: curl_easy_strerror(code))) }
}

/// A URL as curl understands it.
final class CurlURL {
    let pointer: OpaquePointer

    /// Parses an absolute URL. Throws `badURL`.
    init(_ text: String, schemes: Set<String>, allowsUser: Bool = false) throws(OutboundError) {
        guard text.utf8.count <= 8192, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw .badURL(say("it is too long, or has a space, a control character or one beyond ASCII"))
        }
        guard let pointer = curl_url() else { throw .badURL(say("libcurl could not start")) }
        self.pointer = pointer
        let flags = allowsUser ? 0 : UInt32(CURLU_DISALLOW_USER)
        guard text.contains("://"), curl_url_set(pointer, CURLUPART_URL, text, flags) == CURLUE_OK else {
            throw .badURL(say("it must be absolute, as https://example.org/path, without a user or password"))
        }
        guard let scheme = part(CURLUPART_SCHEME)?.lowercased(), schemes.contains(scheme) else {
            let known = schemes.sorted().map { $0 + "://" }.joined(separator: ", ")
            throw .badURL(say("it must begin with one of \(known)"))
        }
        guard !host.isEmpty else { throw .badURL(say("it names no host")) }
    }

    deinit { curl_url_cleanup(pointer) }

    var host: String { part(CURLUPART_HOST) ?? "" }

    /// One part, percent-decoded when asked for.
    func part(_ part: CURLUPart, decoded: Bool = false) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(pointer, part, &text, decoded ? UInt32(CURLU_URLDECODE) : 0) == CURLUE_OK, let text else {
            return nil
        }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
