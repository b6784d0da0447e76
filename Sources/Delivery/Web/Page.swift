public import HTTPTypes
public import Hummingbird
public import NIOCore

/// A finished answer that may be sent many times: its bytes, what they are, and how long they may be kept.
///
/// Everything that does not change from one request to the next is made here once: header fields, the entity tag, and
/// the compressed form.
public struct Page: Sendable {
    /// The bytes as they are without compression.
    public let body: ByteBuffer
    /// A strong entity tag, made of the bytes and the content type; quotes included.
    public let entityTag: String
    let plain: Form
    let gzip: Form?
    private let notModified: HTTPFields
    private let contentType: ContentType
    private let cacheControl: String
    private let more: HTTPFields

    /// One encoding of the page with its header fields.
    struct Form: Sendable {
        let body: ByteBuffer
        let fields: HTTPFields
    }

    /// - Parameters:
    ///   - cacheControl: By default browsers keep the page, and ask each time whether it is still the same.
    ///   - compressionLevel: From 1 (fast) to 9 (small); nil for no compressed form. A page in a `PageCache` needs none:
    ///     the cache compresses it when somebody asks for that.
    ///   - entityTag: A tag of the state behind the page, quotes included, where that is not the page itself.
    ///   - more: Header fields beside those that every page has.
    public init(
        _ body: ByteBuffer,
        contentType: ContentType = .html,
        cacheControl: String = "no-cache",
        compressionLevel: Int32? = nil,
        entityTag given: String? = nil,
        more: HTTPFields = [:]
    ) {
        self.body = body
        self.contentType = contentType
        self.cacheControl = cacheControl
        self.more = more
        let tag = given ?? Page.tag(of: body)
        entityTag = tag
        var common = more
        common[.cacheControl] = cacheControl
        if contentType.isCompressible { common[.vary] = "accept-encoding" }
        notModified = common

        func form(_ body: ByteBuffer, tag: String, encoding: String?) -> Form {
            var fields = common
            fields[.contentType] = contentType.value
            fields[.contentLength] = String(body.readableBytes)
            fields[.eTag] = tag
            if let encoding { fields[.contentEncoding] = encoding }
            return Form(body: body, fields: fields)
        }
        plain = form(body, tag: entityTag, encoding: nil)
        if let compressionLevel, contentType.isCompressible, let packed = Gzip.compress(body, level: compressionLevel) {
            gzip = form(packed, tag: "\(tag.dropLast())-gz\"", encoding: "gzip")
        } else {
            gzip = nil
        }
    }

    /// A strong entity tag for these bytes, quotes included.
    public static func tag(of bytes: ByteBuffer) -> String { "\"\(ContentHash.hex(bytes))\"" }

    /// The same page with a compressed form, if it has none yet and that is smaller.
    func compressed(level: Int32) -> Page {
        guard gzip == nil else { return self }
        return Page(
            body,
            contentType: contentType,
            cacheControl: cacheControl,
            compressionLevel: level,
            entityTag: entityTag,
            more: more
        )
    }

    /// The number of bytes that this page keeps in memory, about.
    var footprintBytes: Int { body.readableBytes + (gzip?.body.readableBytes ?? 0) + 1024 }

    /// The answer to `request`: 304 without body if the client has this page already, else the page, compressed if the
    /// client takes that.
    public func response(to request: Request, status: HTTPResponse.Status = .ok) -> Response {
        var form = plain
        if let gzip, acceptsGzip(request.headers[.acceptEncoding]) { form = gzip }
        if status == .ok, Page.isKnown(entityTag, to: request) {
            var fields = notModified
            fields[.eTag] = form.fields[.eTag]
            return Response(status: .notModified, headers: fields)
        }
        return Response(status: status, headers: form.fields, body: ResponseBody(byteBuffer: form.body))
    }

    /// Whether one of the tags in the request's If-None-Match field is this one, in either encoding, so that `response`
    /// answers without a body; weak ones count (RFC 9110).
    public static func isKnown(_ entityTag: String, to request: Request) -> Bool {
        guard let field = request.headers[.ifNoneMatch] else { return false }
        if field == entityTag || field == "*" { return true }
        let stem = entityTag.dropLast()
        return field.split(separator: ",").contains { part in
            let tag = part.drop { $0 == " " || $0 == "W" || $0 == "/" }
            return tag.hasPrefix(entityTag) || tag.hasPrefix("\(stem)-gz\"")
        }
    }
}

/// Whether an Accept-Encoding field names gzip and does not refuse it with a weight of zero.
func acceptsGzip(_ field: String?) -> Bool {
    guard let field else { return false }
    for coding in field.split(separator: ",") {
        let parts = coding.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
        guard let name = parts.first?.lowercased(), name == "gzip" || name == "*" else { continue }
        let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
        return weight.map { (Double($0.dropFirst(2)) ?? 0) > 0 } ?? true
    }
    return false
}

/// What the bytes of an answer are.
public struct ContentType: Sendable, Hashable {
    /// The value of the Content-Type field.
    public let value: String
    /// Whether gzip makes such bytes smaller.
    public let isCompressible: Bool

    public init(_ value: String, isCompressible: Bool = true) {
        self.value = value
        self.isCompressible = isCompressible
    }

    public static let html = ContentType("text/html; charset=utf-8")
    public static let text = ContentType("text/plain; charset=utf-8")
    public static let css = ContentType("text/css; charset=utf-8")
    public static let javaScript = ContentType("text/javascript; charset=utf-8")
    public static let json = ContentType("application/json")
    public static let geoJSON = ContentType("application/geo+json")
    public static let problem = ContentType("application/problem+json")
    public static let csv = ContentType("text/csv; charset=utf-8; header=present")
    public static let workbook = ContentType(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        isCompressible: false
    )
    public static let atom = ContentType("application/atom+xml; charset=utf-8")
    public static let xml = ContentType("application/xml; charset=utf-8")
    public static let manifest = ContentType("application/manifest+json")
    public static let svg = ContentType("image/svg+xml")
    public static let png = ContentType("image/png", isCompressible: false)
    public static let jpeg = ContentType("image/jpeg", isCompressible: false)
    public static let webP = ContentType("image/webp", isCompressible: false)
    public static let icon = ContentType("image/x-icon", isCompressible: false)
    public static let woff2 = ContentType("font/woff2", isCompressible: false)
    public static let bytes = ContentType("application/octet-stream", isCompressible: false)
}
