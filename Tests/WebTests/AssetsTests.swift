import HTML
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct AssetsTests {
    /// A folder with a style sheet, a script below it, a hidden file, and a secret beside it.
    func withAssets(_ body: (Assets) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "hansa-\(UUID().uuidString)")
        let folder = root.appending(path: "assets")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "map"),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: root) }
        try Data("secret".utf8).write(to: root.appending(path: "secret.txt"))
        try Data(String(repeating: "p { color: red }\n", count: 200).utf8).write(to: folder.appending(path: "site.css"))
        try Data("export {}".utf8).write(to: folder.appending(path: "map/map.js"))
        try Data("hidden".utf8).write(to: folder.appending(path: ".hidden"))
        try await body(try Assets.load(directory: folder.path))
    }

    func serve(_ assets: Assets, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws
    {
        let server = makeServer { routes in
            routes.get("/assets/**") { request, _ in try assets.response(to: request) }
        }
        try await server.application.test(.live) { try await body($0) }
    }

    @Test func `a file has an address with its hash, kept for ever, and a plain one, asked for again`() async throws {
        try await withAssets { assets in
            let path = assets.url("site.css").description
            #expect(path.wholeMatch(of: /\/assets\/site\.[0-9a-f]{10}\.css/) != nil)
            #expect(assets.url("map/map.js").description.wholeMatch(of: /\/assets\/map\/map\.[0-9a-f]{10}\.js/) != nil)
            #expect(assets.names == ["map/map.js", "site.css"])
            try await serve(assets) { client in
                let hashed = try await client.execute(uri: path, method: .get)
                #expect(hashed.status == .ok)
                #expect(hashed.headers[.contentType] == "text/css; charset=utf-8")
                #expect(hashed.headers[.cacheControl] == "public, max-age=31536000, immutable")
                let plain = try await client.execute(uri: "/assets/site.css", method: .get)
                #expect(plain.headers[.cacheControl] == "no-cache")
                #expect(plain.body == hashed.body)
                let script = try await client.execute(uri: "/assets/map/map.js", method: .get)
                #expect(script.headers[.contentType] == "text/javascript; charset=utf-8")
                let packed = try await client.execute(uri: path, method: .get, headers: [.acceptEncoding: "gzip"])
                #expect(packed.headers[.contentEncoding] == "gzip")
                #expect(try gunzip(packed.body) == plain.body)
                let tag = try #require(packed.headers[.eTag])
                let again = try await client.execute(uri: path, method: .get, headers: [.ifNoneMatch: tag])
                #expect(again.status == .notModified)
            }
        }
    }

    @Test func `no address leads out of the folder`() async throws {
        try await withAssets { assets in
            try await serve(assets) { client in
                for path in [
                    "/assets/../secret.txt", "/assets/%2e%2e/secret.txt", "/assets/..%2fsecret.txt",
                    "/assets/map/../../secret.txt", "/assets/..\\secret.txt", "/assets/%5c..%5csecret.txt",
                    "/assets//secret.txt", "/assets/.hidden", "/assets/site.css%00", "/assets/site.css%00.txt",
                    "/assets/", "/assets", "/assets/map", "/assets/map/", "/assets/./site.css", "/assets/site.css/",
                    "/assets/%252e%252e/secret.txt", "/assets/SITE.CSS", "/assets//etc/passwd",
                ] {
                    let port = try #require(client.port)
                    let answer = try await exchange(
                        port: port,
                        "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                    )
                    #expect(answer.hasPrefix("HTTP/1.1 404 Not Found\r\n"), "\(path)")
                    #expect(!answer.contains("secret"))
                }
            }
        }
    }

    @Test func `a NUL in the address gets an answer that is no file`() async throws {
        try await withAssets { assets in
            try await serve(assets) { client in
                let port = try #require(client.port)
                let answer = try await exchange(
                    port: port,
                    "GET /assets/site.css\0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                )
                #expect(answer.hasPrefix("HTTP/1.1 400") || answer.hasPrefix("HTTP/1.1 404"))
            }
        }
    }

    @Test func `a folder that is not there is named`() {
        let error = #expect(throws: AssetsError.self) { try Assets.load(directory: "/nowhere/assets") }
        #expect(error?.description.contains("/nowhere/assets") == true)
    }
}
