public import Access
public import Documents
public import Languages

/// Why something about invoices and accounts cannot be done.
public enum DuesRefusal: Refusal, Equatable {
    /// The charter in force on the day says nothing of how dues are billed.
    case noDues(year: Int)
    case noSuchInvoice
    case noSuchEntry
    case noSuchRun
    case noSuchProof
    /// Too many wrong codes came from one place.
    case tooManyTries(seconds: Int)
    case noSuchDocument
    /// An entry that was undone, or that undoes one, by its kind.
    case alreadyUndone
    /// More was to be credited than the invoice still asks for.
    case moreThanInvoiced(left: Money)
    /// The member owes something for the year, so that nothing can be certified.
    case notSettled(owed: Money)
    /// No invoice for the year is on record.
    case notInvoiced(year: Int)
    /// The document can be read as a page alone.
    case noPDF(DocumentError)
    /// There are records of dues, beside which nothing is made up.
    case realRecords
    /// People have accounts, so that the records are in use and nothing is made up among them.
    case inUse

    public var code: String {
        switch self {
        case .noDues: "dues.no-rules"
        case .noSuchInvoice: "dues.no-such-invoice"
        case .noSuchEntry: "dues.no-such-entry"
        case .noSuchRun: "dues.no-such-run"
        case .noSuchProof: "dues.no-such-proof"
        case .tooManyTries: "dues.too-many-tries"
        case .noSuchDocument: "dues.no-such-document"
        case .alreadyUndone: "dues.already-undone"
        case .moreThanInvoiced: "dues.more-than-invoiced"
        case .notSettled: "dues.not-settled"
        case .notInvoiced: "dues.not-invoiced"
        case .noPDF(.busy): "dues.pdf-busy"
        case .noPDF: "dues.no-pdf"
        case .realRecords: "dues.real-records"
        case .inUse: "dues.in-use"
        }
    }

    /// After how many seconds it can be asked for again; `nil` where waiting changes nothing.
    public var secondsToWait: Int? {
        switch self {
        case .tooManyTries(let seconds), .noPDF(.busy(let seconds)): seconds
        default: nil
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchInvoice, .noSuchEntry, .noSuchRun, .noSuchProof, .noSuchDocument: .notFound
        case .tooManyTries: .tooMany
        case .alreadyUndone, .notSettled, .notInvoiced, .noPDF, .realRecords, .inUse: .conflict
        case .noDues, .moreThanInvoiced: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noDues(let year):
            say(
                "The charter does not say how dues of \(plain: year) are billed, so nothing can be billed. Add its "
                    + "section \"dues\", or choose another year."
            )
        case .noSuchInvoice: say("There is no such invoice. Look at the list of invoices.")
        case .noSuchEntry: say("There is no such entry in any account. Look at the member's account.")
        case .noSuchRun: say("There is no such run. Look at the list of runs.")
        case .noSuchProof:
            say(
                "No document was issued with this code. Compare it letter by letter; if it is right, the document is not "
                    + "ours."
            )
        case .tooManyTries(let seconds):
            say(
                max(1, (seconds + 59) / 60),
                one: "There were too many tries. Wait a minute, then try again.",
                other: "There were too many tries. Wait \(max(1, (seconds + 59) / 60)) minutes, then try again."
            )
        case .noSuchDocument: say("No document has this number. Look at the list of invoices.")
        case .alreadyUndone: say("Nothing was changed: the entry was undone already, or is what undoes another one.")
        case .moreThanInvoiced(let left):
            say("The invoice asks for \(left) and no more. Give at most that.")
        case .notSettled(let owed):
            say("This cannot be certified: \(owed) is still owed for the year. Book the payment first.")
        case .notInvoiced(let year):
            say("This cannot be certified: the member has no invoice for \(plain: year). Choose another year.")
        case .noPDF(let error): error.words
        case .realRecords:
            say(
                "Nothing was made up: there are invoices, payments, statements or requests for relief here that are not "
                    + "made up, and both would share their numbers. Use a database of its own."
            )
        case .inUse:
            say(
                "Nothing was made up: people have accounts here, so these records are in use, and what is made up can "
                    + "never be taken out of them again. Use a database of its own, in which nobody has an account."
            )
        }
    }
}
