public import Languages

/// What a file is, known by its content. Everything else is refused.
public enum FileType: String, Sendable, CaseIterable {
    case png, jpeg, webp, gif, pdf, xlsx, docx, pptx, ods, odt, odp, csv
    case text = "txt"

    /// The media type that the file is sent with.
    public var mediaType: String {
        switch self {
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .webp: "image/webp"
        case .gif: "image/gif"
        case .pdf: "application/pdf"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .odp: "application/vnd.oasis.opendocument.presentation"
        case .csv: "text/csv; charset=utf-8"
        case .text: "text/plain; charset=utf-8"
        }
    }

    /// How a file of this type ends its name, without the dot.
    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }

    /// Whether a page may show it; all others are sent to be saved.
    public var isPicture: Bool { [.png, .jpeg, .webp, .gif].contains(self) }

    /// What the bytes are, `nil` for what is refused; `recognise` says why.
    public static func detect(_ bytes: [UInt8]) -> FileType? { try? recognise(bytes) }
}

/// Why a file is not taken.
public enum FileRefusal: Error, Sendable, Equatable {
    case empty
    /// HTML, SVG, XML or a script: a browser could run it.
    case markup
    case program
    /// An office document that brings macros.
    case macros
    /// It is two kinds of file at once.
    case mixed
    /// It begins like one kind, but is not a sound one.
    case damaged(FileType?)
    case unknown
}

extension FileRefusal: CustomStringConvertible {
    public var description: String { sentence.english }

    public var sentence: Phrase {
        switch self {
        case .empty: say("The file is empty. Choose another one.")
        case .markup:
            say(
                "The file holds a web page or a script, which could do harm when it is opened. Send it as PDF or as text."
            )
        case .program: say("The file is a program. Programs are not taken.")
        case .macros: say("The document brings macros, which could do harm. Save it without them and send that.")
        case .mixed:
            say("The file is of two kinds at once, which no honest program makes. Export it anew and send that.")
        case .damaged(let type?):
            say(
                "The file begins like one of the kind \(type.fileExtension), but is damaged. Save it anew and send that."
            )
        case .damaged: say("The file is damaged. Save it anew and send that.")
        case .unknown:
            say(
                "The file is of a kind that is not taken. Taken are pictures (PNG, JPEG, WebP, GIF), PDF, office "
                    + "documents (.xlsx, .docx, .pptx, .ods, .odt, .odp), and text or CSV in UTF-8."
            )
        }
    }
}
