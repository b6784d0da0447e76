import Access
import Dues
import Files
import Foundation
import Languages
import Membership
import Standing

/// A file that an operation takes as its body, as it is. The media type lets it in at the door; what it really is, is
/// known by its content, as on the site.
struct FileBody: Sendable {
    /// What is sent, in a few words.
    let detail: String
    /// The media types under which it is taken.
    let types: [String]
    let largestBytes: Int

    /// What the document and the reference page say of it.
    var words: String { "\(detail), at most \(largestBytes >> 20) MB. What it is, is known by its content." }
}

extension FileBody {
    static let picture = FileBody(
        detail: "The picture",
        types: FileType.allCases.filter(\.isPicture).map(\.bareMediaType),
        largestBytes: PictureLimits.standard.bytes
    )

    static let document = FileBody(
        detail: "The document",
        types: FileType.allCases.map(\.bareMediaType),
        largestBytes: FileStore.largestDocument
    )

    static let memberSheet = FileBody(
        detail: "The spreadsheet: CSV or an Excel workbook",
        types: sheets,
        largestBytes: StageImport.largestBytes
    )

    static let participantSheet = FileBody(
        detail: "The spreadsheet: CSV or an Excel workbook",
        types: sheets,
        largestBytes: ReadParticipants.largestBytes
    )

    static let feeSheet = FileBody(
        detail: "The spreadsheet: CSV or an Excel workbook",
        types: sheets,
        largestBytes: ImportFeeInputs.largestBytes
    )

    /// Less than is read of a file of this machine: a request is held in memory.
    static let bankStatement = FileBody(
        detail: "The bank's file: camt.053 or CSV",
        types: ["application/xml", "text/xml"] + [FileType.csv, .text].map(\.bareMediaType),
        largestBytes: min(StatementFile.largestBytes, 20 << 20)
    )

    private static let sheets =
        [FileType.csv, .text, .xlsx].map(\.bareMediaType) + ["text/tab-separated-values"]

    /// What the file is called; its bytes do not say.
    static let name = Parameter.text(
        "name",
        "What the file is called.",
        .fileName(),
        isRequired: true,
        example: "letter.pdf"
    )

    /// Which sheet of a workbook is read.
    static let sheet = Parameter.text(
        "sheet",
        "The sheet of a workbook that is read; the first one with rows without it.",
        .line(1, 100)
    )
}

extension FileType {
    /// The media type without parameters, as requests are compared with it.
    fileprivate var bareMediaType: String { String(mediaType.prefix { $0 != ";" }) }
}

/// A document that was sent, stored already.
struct SentDocument: Sendable {
    let file: StoredFile
    let name: String
}

extension Call {
    /// The name of the file that was sent. Throws `InvalidInput` for one under which nothing can be kept.
    func fileName() throws -> String {
        let name = try required(FileBody.name)
        // As it is kept, in bytes: the schema counts characters.
        let isKept = name.precomposedStringWithCanonicalMapping.utf8.count <= 255
        guard isKept, name.contains(where: { !$0.isWhitespace }) else {
            throw InvalidInput("name", say("This is no name for a file. Give the file a short name without slashes."))
        }
        return name
    }

    /// Keeps the document that was sent, known by its content. Throws `InvalidInput` for what is not taken.
    func document() async throws -> SentDocument {
        let name = try fileName()
        let type: FileType
        do throws(FileRefusal) { type = try FileType.recognise(file, name: name) } catch {
            throw InvalidInput("body", error.sentence)
        }
        return SentDocument(file: try await context.files.put(file, as: type, now: now), name: name)
    }
}
