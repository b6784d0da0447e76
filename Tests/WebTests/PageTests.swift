import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

@Suite struct PageTests {
    func request(_ path: String = "/", _ fields: HTTPFields = [:]) -> Request {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "x", path: path, headerFields: fields)
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }

    let large = ByteBuffer(string: String(repeating: "<td>Seoul</td>", count: 500))

    @Test func `the tag names the bytes, in every process alike`() {
        #expect(Page(ByteBuffer(string: "hello")).entityTag == Page(ByteBuffer(string: "hello")).entityTag)
        let texts = ["", "a", "b", "hello", "hello ", "hello\0", "12345678", "123456780", "12345679", "87654321"]
        #expect(Set(texts.map { Page(ByteBuffer(string: $0)).entityTag }).count == texts.count)
        #expect(ContentHash.hex(ByteBuffer(string: "hansa")) == "d23c00b9fcc55eb4")
    }

    @Test func `a page that the client has is not sent again`() {
        let page = Page(large, compressionLevel: 5)
        let tag = page.entityTag
        let packed = String(tag.dropLast()) + "-gz\""
        for known in [tag, packed, "W/\(tag)", "\"x\", \(tag)", "\"x\",\(packed), \"y\"", "*"] {
            let response = page.response(to: request("/", [.ifNoneMatch: known]))
            #expect(response.status == .notModified)
            #expect(response.headers[.eTag] == tag)
            #expect(response.headers[.vary] == "accept-encoding")
            #expect(response.body.contentLength == 0)
        }
        for known in ["\"x\"", "x", "", String(tag.dropFirst().dropLast())] {
            #expect(page.response(to: request("/", [.ifNoneMatch: known])).status == .ok)
        }
    }

    @Test(arguments: [
        ("gzip", true), ("gzip, deflate, br", true), ("br;q=1.0, gzip;q=0.8", true), ("GZIP", true), ("*", true),
        ("gzip;q=0", false), ("gzip; q=0.0", false), ("br", false), ("", false), ("identity", false),
    ])
    func `a page is compressed for those who take it`(_ accepted: String, _ isPacked: Bool) throws {
        let page = Page(large, compressionLevel: 5)
        let response = page.response(to: request("/", [.acceptEncoding: accepted]))
        #expect(response.headers[.contentEncoding] == (isPacked ? "gzip" : nil))
        #expect(response.headers[.vary] == "accept-encoding")
        #expect((response.headers[.eTag] == page.entityTag) == !isPacked)
        let length = try #require(response.headers[.contentLength].flatMap { Int($0) })
        #expect(length == response.body.contentLength)
        #expect((length < 500) == isPacked)
    }

    @Test func `what is too small, or packed already, is sent as it is`() {
        let fields: HTTPFields = [.acceptEncoding: "gzip"]
        let small = Page(ByteBuffer(string: "hello"), compressionLevel: 9).response(to: request("/", fields))
        #expect(small.headers[.contentEncoding] == nil)
        let picture = Page(large, contentType: .png, compressionLevel: 9).response(to: request("/", fields))
        #expect(picture.headers[.contentEncoding] == nil)
        #expect(picture.headers[.vary] == nil)
    }

    @Test func `the compressed form is the page`() throws {
        let packed = try #require(Gzip.compress(large, level: 9))
        #expect(try gunzip(packed) == large)
    }
}

@Suite struct PageCacheTests {
    func request(_ path: String) -> Request {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "x", path: path)
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }

    @Test func `a page is rendered once for one revision of the data`() async throws {
        let revision = Count()
        let rendered = Count()
        let cache = PageCache { Int64(revision.now) }
        func ask() async throws -> String? {
            try await cache.response(to: request("/a")) { Page(ByteBuffer(string: "version \(rendered.add())")) }
                .headers[.eTag]
        }
        let first = try await ask()
        #expect(try await ask() == first)
        #expect(rendered.now == 1)
        revision.add()
        #expect(try await ask() != first)
        #expect(rendered.now == 2)
        #expect(cache.contents.pages == 1)
    }

    @Test func `a kept page is compressed when somebody takes that, and rendered only once`() async throws {
        let rendered = Count()
        let cache = PageCache { 1 }
        let text = String(repeating: "<td>Seoul</td>", count: 500)
        var encodings: [String?] = []
        for accepted in ["", "gzip", "gzip", ""] {
            var head = HTTPRequest(method: .get, scheme: "http", authority: "x", path: "/a")
            head.headerFields[.acceptEncoding] = accepted
            let response = try await cache.response(to: Request(head: head, body: RequestBody(buffer: ByteBuffer()))) {
                rendered.add()
                return Page(ByteBuffer(string: text))
            }
            encodings.append(response.headers[.contentEncoding])
        }
        #expect(encodings == [nil, "gzip", "gzip", nil])
        #expect(rendered.now == 1)
    }

    @Test func `many who ask at once wait for one rendering`() async throws {
        let rendered = Count()
        let gate = Gate()
        let cache = PageCache { 1 }
        try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await cache.response(to: self.request("/a?x=1")) {
                        rendered.add()
                        await gate.passed()
                        return Page(ByteBuffer(string: "x"))
                    }.status
                }
            }
            try await Task.sleep(for: .milliseconds(50))
            gate.open()
            for try await status in group { #expect(status == .ok) }
        }
        #expect(rendered.now == 1)
    }

    @Test func `an error reaches those who wait and is not kept`() async throws {
        let cache = PageCache { 1 }
        await #expect(throws: RequestProblem.notFound) {
            try await cache.response(to: request("/a")) { throw RequestProblem.notFound }
        }
        let after = try await cache.response(to: request("/a")) { Page(ByteBuffer(string: "x")) }
        #expect(after.status == .ok)
    }

    @Test func `a change while rendering leaves no stale page behind`() async throws {
        let revision = Count()
        let cache = PageCache { Int64(revision.now) }
        _ = try await cache.response(to: request("/a")) {
            revision.add()
            return Page(ByteBuffer(string: "half old"))
        }
        let next = try await cache.response(to: request("/a")) { Page(ByteBuffer(string: "new")) }
        #expect(next.headers[.eTag] == Page(ByteBuffer(string: "new")).entityTag)
    }

    @Test func `one who hangs up does not take the page from the others`() async throws {
        let gate = Gate()
        let began = Gate()
        let cache = PageCache { 1 }
        let impatient = Task {
            try await cache.response(to: self.request("/a")) {
                began.open()
                await gate.passed()
                try Task.checkCancellation()
                return Page(ByteBuffer(string: "x"))
            }
        }
        await began.passed()
        let patient = Task { try await cache.response(to: self.request("/a")) { throw RequestProblem.notFound } }
        impatient.cancel()
        gate.open()
        #expect(try await patient.value.status == .ok)
    }

    @Test func `the memory it takes is bounded, and what is asked for often stays`() async throws {
        let limit = 8 * 64 * 1024
        let cache = PageCache(limitBytes: limit) { 1 }
        let rendered = Count()
        for number in 0..<2_000 {
            _ = try await cache.response(to: request("/\(number)")) { Page(ByteBuffer(repeating: 1, count: 1_000)) }
            _ = try await cache.response(to: request("/often")) {
                rendered.add()
                return Page(ByteBuffer(string: "often"))
            }
        }
        #expect(cache.contents.bytes <= limit)
        #expect(cache.contents.pages > 100)
        #expect(rendered.now == 1)
    }

    @Test func `a page larger than its share is sent and not kept`() async throws {
        let cache = PageCache(limitBytes: 8 * 1_024) { 1 }
        let response = try await cache.response(to: request("/a")) { Page(ByteBuffer(repeating: 1, count: 5_000)) }
        #expect(response.body.contentLength == 5_000)
        #expect(cache.contents == (0, 0))
    }

    @Test func `turned off, it renders each time`() async throws {
        let rendered = Count()
        let cache = PageCache(isOn: false) { 1 }
        for _ in 0..<3 {
            _ = try await cache.response(to: request("/a")) { Page(ByteBuffer(string: "\(rendered.add())")) }
        }
        #expect(rendered.now == 3)
    }

    @Test(arguments: [
        ("a=1&b=2", "b=2&a=1", true), ("a=1", "a=1&", true), ("a=1&a=2", "a=2&a=1", false), ("a=1", "a=2", false),
        ("a=1&b=2", "a=1&&b=2", true), ("", "a=1", false), ("ab=1&a=2", "a=2&ab=1", true),
    ])
    func `the order of different fields makes no other page`(_ one: String, _ other: String, _ isSame: Bool) {
        let keys = [one, other].map { PageCache.key(path: "/m", query: $0, variant: "") }
        #expect((keys[0] == keys[1]) == isSame)
        #expect(keys[0] != PageCache.key(path: "/m", query: one, variant: "ko"))
    }
}
