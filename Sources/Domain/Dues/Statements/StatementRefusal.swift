public import Access
public import Languages

/// Why a bank's statement is not read. Nothing of one that is refused is kept.
public enum StatementRefusal: Refusal, Equatable {
    /// The file cannot be read as a statement; the sentence says why and what to do.
    case unreadable(Phrase)
    case tooLarge(Phrase)
    /// A booking cannot be right, by its number in the file.
    case badBooking(Int, Phrase)
    /// The same of a table, by its line.
    case badLine(Int, Phrase)
    /// What the file says of itself does not fit what is in it.
    case wrongSum(Phrase)
    /// A table says nothing of itself: somebody has to tell what its columns hold.
    case needsMapping
    case noSuchMapping(String)
    case noSuchStatement
    /// It was undone already.
    case undone

    public var code: String {
        switch self {
        case .unreadable: "statement.unreadable"
        case .tooLarge: "statement.too-large"
        case .badBooking: "statement.bad-booking"
        case .badLine: "statement.bad-line"
        case .wrongSum: "statement.wrong-sum"
        case .needsMapping: "statement.needs-mapping"
        case .noSuchMapping: "statement.no-such-mapping"
        case .noSuchStatement: "statement.no-such"
        case .undone: "statement.undone"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchMapping, .noSuchStatement: .notFound
        case .undone: .conflict
        default: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .unreadable(let why), .tooLarge(let why), .wrongSum(let why): why
        case .badBooking(let number, let why):
            say("Booking \(plain: number) of the statement cannot be right, so nothing of it was read: \(why)")
        case .badLine(let line, let why):
            say("Line \(plain: line) of the file cannot be right, so nothing of it was read: \(why)")
        case .needsMapping:
            say("This is no camt.053 file. If it is CSV, say which mapping tells what its columns hold.")
        case .noSuchMapping(let name):
            say("There is no mapping named \"\(name)\". Look at the list of mappings, or save one of that name.")
        case .noSuchStatement: say("There is no such statement. Look at the list of statements.")
        case .undone: say("This statement was undone already. Nothing was changed.")
        }
    }
}
