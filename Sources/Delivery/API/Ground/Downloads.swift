import Files
import HTTPTypes
import Web

/// A file that is kept, as it was sent.
struct KeptFile: Sendable {
    /// SHA-256 of its bytes, as 64 hexadecimal digits.
    let hash: String
    let type: FileType
    let name: String

    init(hash: String, type: FileType, name: String) {
        (self.hash, self.type, self.name) = (hash, type, name)
    }

    init(_ use: FileUse) { self.init(hash: use.hash, type: use.type, name: use.name) }
}

extension Operation {
    /// Sends a document on, to be saved.
    ///
    /// - Parameter file: finds it, as whoever asks may.
    static func download(
        _ path: String,
        id: String,
        topic: Topic,
        summary: String,
        detail: String,
        access: OperationAccess,
        parameters: [any AnyParameter],
        file: @escaping @Sendable (Call) async throws -> KeptFile
    ) -> Operation {
        Operation(
            .get,
            path,
            id: id,
            topic: topic,
            summary: summary,
            detail: detail,
            access: access,
            parameters: parameters,
            answers: [
                AnswerDescription(
                    .ok,
                    "The document, byte by byte as it was sent.",
                    nil,
                    files: FileBody.document.types,
                    headers: [.entityTag]
                )
            ]
        ) { call in
            let found = try await file(call)
            return Answer(
                try await call.context.files.bytes(found.hash),
                contentType: ContentType(found.type.mediaType, isCompressible: false),
                entityTag: "\"\(found.hash.prefix(32))\"",
                headers: [
                    .contentDisposition: contentDisposition(found.name),
                    // What somebody sent must not run here, whatever a browser takes it for.
                    .contentSecurityPolicy: "default-src 'none'; sandbox",
                ]
            )
        }
    }
}
