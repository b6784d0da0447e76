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

/// The header field of a download under any name (RFC 6266): plain letters for old programs, all of it for others.
func contentDisposition(_ name: String) -> String {
    let plain = String(
        name.unicodeScalars.map { scalar in
            let isSafe = scalar.isASCII && scalar.value >= 0x20 && !"\"\\%;/\u{7f}".unicodeScalars.contains(scalar)
            return isSafe ? Character(scalar) : "_"
        }
    )
    var escaped = ""
    for byte in name.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            escaped.append(Character(UnicodeScalar(byte)))
        default:
            let digits = Array("0123456789ABCDEF")
            escaped += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
    }
    return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(escaped)"
}
