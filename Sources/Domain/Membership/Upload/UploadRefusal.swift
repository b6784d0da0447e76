public import Access
public import Languages

/// Why an import of a spreadsheet cannot go on.
public enum UploadRefusal: Refusal, Equatable {
    case noSuchImport
    /// The file cannot be read as a table; the sentence says why and what to do.
    case unreadable(Phrase)
    case tooLarge(Phrase)
    /// What was asked does not fit the state in which the import is.
    case wrongState(Phrase)
    /// Another process applies it at this moment.
    case underWay
    case nothingToApply
    /// The records changed since the dry run: the lines and members concerned, at most `listed` of them.
    case recordsChanged([Phrase], count: Int)
    /// Something in the records stands in the way of undoing, line by line.
    case cannotUndo([UndoObstacle], count: Int)
    case noSuchRow(Int)
    case noSuchCandidate

    static let listed = 50

    public var code: String {
        switch self {
        case .noSuchImport: "no-such-import"
        case .unreadable: "file-unreadable"
        case .tooLarge: "file-too-large"
        case .wrongState: "import-in-another-state"
        case .underWay: "import-under-way"
        case .nothingToApply: "nothing-to-apply"
        case .recordsChanged: "records-changed"
        case .cannotUndo: "cannot-undo"
        case .noSuchRow: "no-such-row"
        case .noSuchCandidate: "no-such-candidate"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchImport, .noSuchRow: .notFound
        case .unreadable, .tooLarge, .noSuchCandidate, .nothingToApply: .invalid
        case .wrongState, .underWay, .recordsChanged, .cannotUndo: .conflict
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchImport: say("There is no such import. It may have been removed.")
        case .unreadable(let why), .tooLarge(let why), .wrongState(let why): why
        case .underWay:
            say("This import is being applied at this moment. Wait until it is done, then look at its result.")
        case .nothingToApply:
            say("No row that was accepted would change anything: the records hold it all already. Nothing was written.")
        case .recordsChanged(let rows, let count):
            say(
                "The records changed since the dry run, so nothing was written. Run the dry run again and look at "
                    + "\(Self.list(rows, count))."
            )
        case .cannotUndo(let rows, let count):
            say(
                "Nothing was undone, because the records changed since the import: \(Self.list(rows.map(\.words), count)). "
                    + "Undo the rest without these, or correct them by hand."
            )
        case .noSuchRow(let line): say("The file has no row on line \(plain: line).")
        case .noSuchCandidate: say("The member that was chosen is none of those that the row can mean. Choose again.")
        }
    }

    private static func list(_ rows: [Phrase], _ count: Int) -> Phrase {
        .joined(count > rows.count ? rows + [say("and \(count - rows.count) more")] : rows, by: "; ")
    }
}

/// A row of an import that cannot be undone, because what it wrote changed since.
public struct UndoObstacle: Sendable, Equatable {
    /// The line in the file, from 1.
    public let line: Int
    /// The member's name.
    public let name: String
    /// What changed, as the rest of a sentence.
    public let message: Phrase

    /// Within a sentence.
    public var words: Phrase { say("line \(plain: line) (\(name)): \(message)") }
    /// By itself.
    public var title: Phrase { say("Line \(plain: line) (\(name)): \(message)") }
}
