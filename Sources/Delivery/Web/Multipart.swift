import Foundation
public import Hummingbird
public import Languages
public import NIOCore

/// What a form with files sent (`multipart/form-data`, RFC 7578): its fields and its files, each in the order of the page.
public struct FormParts: Sendable, Equatable {
    /// One file as it was sent. Nothing about it is to be believed but its bytes.
    public struct File: Sendable, Equatable {
        /// The field's name.
        public let name: String
        /// The last component of the name that it had, cleaned: fit to be shown, never empty, never a path.
        public let fileName: String
        /// What the sender says that it is.
        public let declaredType: String
        public let bytes: [UInt8]

        public init(name: String, fileName: String, declaredType: String, bytes: [UInt8]) {
            self.name = name
            self.fileName = fileName
            self.declaredType = declaredType
            self.bytes = bytes
        }
    }

    public let values: FormValues
    /// Inputs that were left empty are left out.
    public let files: [File]

    public init(values: FormValues, files: [File]) {
        self.values = values
        self.files = files
    }

    /// The first file of that field.
    public func file(_ name: String) -> File? { files.first { $0.name == name } }

    /// Reads a body, with its boundary from `contentType`. Strict: whatever two programs might read differently is refused.
    public init(_ body: ByteBuffer, contentType: String, limits: MultipartLimits = .standard) throws(MultipartError) {
        guard body.readableBytes <= limits.totalBytes else { throw .tooLarge(limit: limits.totalBytes) }
        let boundary = try MultipartBoundary(contentType).text
        var reader = MultipartReader(bytes: Array(body.readableBytesView), boundary: boundary, limits: limits)
        self = try reader.parts()
    }
}

/// How much of a form with files is read.
public struct MultipartLimits: Sendable {
    public var parts: Int
    /// Bytes of one part's header.
    public var headerBytes: Int
    /// Bytes of all fields that are no files.
    public var fieldBytes: Int
    /// Bytes of one file.
    public var fileBytes: Int
    /// Bytes of everything.
    public var totalBytes: Int

    public init(
        parts: Int = 1000,
        headerBytes: Int = 4096,
        fieldBytes: Int = 1 << 20,
        fileBytes: Int = 20 << 20,
        totalBytes: Int = 32 << 20
    ) {
        self.parts = parts
        self.headerBytes = headerBytes
        self.fieldBytes = fieldBytes
        self.fileBytes = fileBytes
        self.totalBytes = totalBytes
    }

    /// A form with a few documents or photos.
    public static let standard = MultipartLimits()
}

/// Why a form with files is not read.
public enum MultipartError: Error, Sendable, Equatable {
    /// It is no such form; the text is what it says that it is.
    case otherType(String)
    case malformed(Phrase)
    /// A field's bytes are no text in UTF-8, or it holds control characters.
    case notText(field: String)
    case tooManyParts(limit: Int)
    case headerTooLong(limit: Int)
    case fieldsTooLarge(limit: Int)
    case fileTooLarge(name: String, limit: Int)
    case tooLarge(limit: Int)

    /// The answer: 400, 413 or 415.
    public var problem: RequestProblem {
        switch self {
        case .otherType:
            RequestProblem(
                .unsupportedMediaType,
                title: say("The form cannot be read"),
                detail: say("It was not sent as a form with files. Go back, load the page again and send it once more.")
            )
        case .malformed(let text): .badRequest(say("The form is damaged: \(text). Go back and send it once more."))
        case .notText(let field):
            .badRequest([.init(name: field, message: say("holds bytes that are no text in UTF-8; write it anew."))])
        case .tooManyParts(let limit): .badRequest(say("The form has more than \(limit) parts."))
        case .headerTooLong(let limit):
            .badRequest(
                say("A part of the form has a header of more than \(limit) bytes. Give the file a shorter name.")
            )
        case .fieldsTooLarge(let limit):
            tooMuch(say("The text in the form has more than \(limit >> 10) KB. Shorten it."))
        case .fileTooLarge(let name, let limit):
            tooMuch(say("The file \(name) is larger than \(MultipartError.size(limit)). Send a smaller one."))
        case .tooLarge(let limit):
            tooMuch(say("What was sent is larger than \(MultipartError.size(limit)). Send smaller or fewer files."))
        }
    }

    private func tooMuch(_ detail: Phrase) -> RequestProblem {
        RequestProblem(.contentTooLarge, title: say("That is too much at once"), detail: detail)
    }

    private static func size(_ bytes: Int) -> String { bytes >= 1 << 20 ? "\(bytes >> 20) MB" : "\(bytes >> 10) KB" }
}

extension Request {
    /// The body as a form with files. Throws `RequestProblem` 400, 413 or 415.
    public func formParts(limits: MultipartLimits = .standard) async throws -> FormParts {
        let body = try await bytes(atMost: limits.totalBytes)
        do { return try FormParts(body, contentType: headers[.contentType] ?? "", limits: limits) } catch {
            throw error.problem
        }
    }
}
