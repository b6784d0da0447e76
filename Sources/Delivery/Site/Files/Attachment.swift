import Files
import HTTPTypes
import Hummingbird
import Membership
import NIOCore
import Web

extension Room {
    func attachment(_ document: Proposal.Document) async throws -> Response {
        try await attachment(document.hash, document.type, document.name)
    }

    func attachment(_ document: FileUse) async throws -> Response {
        try await attachment(document.hash, document.type, document.name)
    }

    /// A stored document, to be saved and never shown within this site: what somebody sent must not run here.
    private func attachment(_ hash: String, _ type: FileType, _ name: String) async throws -> Response {
        let bytes = try await site.rooms.files.bytes(hash)
        var headers: HTTPFields = [
            .contentType: type.mediaType, .cacheControl: "private, no-store",
            .contentDisposition: contentDisposition(name), .contentLength: String(bytes.count),
        ]
        if let policy = HTTPField.Name("Content-Security-Policy") { headers[policy] = "default-src 'none'; sandbox" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
