import Files
import HTTPTypes
import Hummingbird
import Membership
import NIOCore
import Web

extension Site {
    /// Pictures of profiles, for everybody. Only what this program made anew and what a profile shows at present; nothing
    /// else of the store has an address here.
    static func addPictureFiles(to routes: Routes, _ context: SiteContext) {
        routes.get("/files/:name") { request, web -> Response in
            let parts = try web.parameters.require("name").split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].utf8.count == 64, parts[0].utf8.allSatisfy(isHexDigit) else {
                throw RequestProblem.notFound
            }
            let hash = String(parts[0])
            guard let format = try await context.directory.publicPicture(hash: hash), parts[1] == format.ending else {
                throw RequestProblem.notFound
            }
            return try await pictureAnswer(request, hash, format, context)
        }
    }

    private static func pictureAnswer(
        _ request: Request,
        _ hash: String,
        _ format: PictureFile.Format,
        _ context: SiteContext
    ) async throws -> Response {
        let tag = "\"\(hash.prefix(32))\""
        // A day: the bytes of a hash never change, but a member may take a picture off.
        var headers: HTTPFields = [.eTag: tag, .cacheControl: "public, max-age=86400", .vary: "accept-encoding"]
        if let known = request.headers[.ifNoneMatch], known.contains(tag) {
            return Response(status: .notModified, headers: headers)
        }
        let bytes: [UInt8]
        do throws(FileError) { bytes = try await context.rooms.files.bytes(hash) } catch {
            if case .missing = error { throw RequestProblem.notFound }
            throw error
        }
        headers[.contentType] = (format == .jpeg ? ContentType.jpeg : .png).value
        headers[.contentDisposition] = "inline"
        if let sandbox = HTTPField.Name("Content-Security-Policy") { headers[sandbox] = "default-src 'none'; sandbox" }
        headers[.contentLength] = String(bytes.count)
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}

extension ProfilePicture {
    /// Where everybody finds it.
    var address: String { "/files/\(fileName)" }
}
