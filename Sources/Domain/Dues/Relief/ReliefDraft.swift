public import Files

/// A request for relief as somebody typed it.
public struct ReliefDraft: Sendable, Equatable {
    /// An instalment as somebody typed it.
    public struct Instalment: Sendable, Equatable {
        /// The ISO day by which it is paid.
        public var dueOn: String
        /// Digits with a point, as `500.00`.
        public var amount: String

        public init(dueOn: String, amount: String) {
            self.dueOn = dueOn
            self.amount = amount
        }
    }

    /// The letter itself, stored already, with the name that the file had.
    public struct Document: Sendable, Equatable {
        let file: StoredFile
        let name: String

        public init(_ file: StoredFile, name: String) {
            self.file = file
            self.name = name
        }
    }

    public var kind: ReliefKind
    /// The first year of dues that it is about; of an early end, the first for which relief holds no more.
    public var fromYear: String
    /// The last year; empty for the first one alone.
    public var toYear: String
    /// By how many of a hundred parts a fee is lowered.
    public var percent: String
    /// In the currency of the fee: by how much it is lowered, or what is paid in its place.
    public var amount: String
    /// In the order of their days.
    public var instalments: [Instalment]
    /// The relief that ends, by its id or its number as `2026-3`.
    public var ends: String
    /// The ISO day that the letter bears. Of what a representative asks in the member's room, the day is today, whatever
    /// is given.
    public var letterDay: String
    /// The grounds.
    public var words: String
    /// Who signed the letter, or for whom a member's program asks; empty for what a representative asks.
    public var signedBy: String
    public var document: Document?

    public init(
        _ kind: ReliefKind,
        fromYear: String = "",
        toYear: String = "",
        percent: String = "",
        amount: String = "",
        instalments: [Instalment] = [],
        ends: String = "",
        letterDay: String = "",
        words: String,
        signedBy: String = "",
        document: Document? = nil
    ) {
        self.kind = kind
        self.fromYear = fromYear
        self.toYear = toYear
        self.percent = percent
        self.amount = amount
        self.instalments = instalments
        self.ends = ends
        self.letterDay = letterDay
        self.words = words
        self.signedBy = signedBy
        self.document = document
    }
}
