import Access
import Files
import HTML
import Languages
import Web

/// A document that came with a form, stored already.
struct SentDocument: Sendable {
    /// The largest document that is taken, with the rest of its form.
    static let largestBody = FileStore.largestDocument + (1 << 20)

    let file: StoredFile
    /// The name that the file had.
    let name: String
}

extension Room {
    /// The document of a field of the form, known by its content and kept; `nil` where none was chosen.
    ///
    /// Throws `InvalidInput` for what is not taken.
    func sentDocument(_ field: String = "document") async throws -> SentDocument? {
        guard let sent = files.first(where: { $0.name == field }) else { return nil }
        let type: FileType
        do throws(FileRefusal) { type = try FileType.recognise(sent.bytes, name: sent.fileName) } catch {
            throw InvalidInput(field, error.sentence)
        }
        return SentDocument(file: try await site.rooms.files.put(sent.bytes, as: type, now: now), name: sent.fileName)
    }

    /// The document of one of several forms of a page; what is wrong with it is told as of the field `document`.
    func sentDocument(of form: NamedForm) async throws -> SentDocument? {
        do { return try await sentDocument(form.field("document")) } catch let input as InvalidInput {
            throw InvalidInput(input.fields.map { .init("document", $0.message) })
        }
    }
}

extension HTMLWriter {
    /// The field for one document.
    func documentField(_ name: String, label: Phrase, problems: FormProblems, _ more: Attribute...) {
        field(
            name,
            label: label,
            help: say("PDF, picture, office document or text, up to 20 MB."),
            problems: problems
        ) { input($0 + [.type(.file)] + more) }
    }
}
