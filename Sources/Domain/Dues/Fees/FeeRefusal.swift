public import Access
public import Languages

/// Why something about fees cannot be told, entered or brought in.
public enum FeeRefusal: Refusal, Equatable {
    case noRules(year: Int)
    case noSuchMember
    case noSuchInput
    /// The input was corrected or withdrawn before.
    case noLongerInForce
    /// The very same is on record.
    case nothingDiffers
    /// The file cannot be read; the sentence says why and what to do.
    case unreadable(Phrase)
    /// Rows of the file cannot be taken: at most `listed` reasons, and how many rows they are in all.
    case rows([FeeInputProblem], count: Int)

    static let listed = 50

    public var code: String {
        switch self {
        case .noRules: "fees.no-rules"
        case .noSuchMember: "fees.no-such-member"
        case .noSuchInput: "fees.no-such-input"
        case .noLongerInForce: "fees.input-no-longer-in-force"
        case .nothingDiffers: "fees.nothing-differs"
        case .unreadable: "fees.file-unreadable"
        case .rows: "fees.rows-refused"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchMember, .noSuchInput: .notFound
        case .noLongerInForce: .conflict
        case .noRules, .nothingDiffers, .unreadable, .rows: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noRules(let year):
            say("The charter has no rules for \(plain: year), so no fee of that year can be told. Choose another year.")
        case .noSuchMember: say("There is no such member. Look at the list of members.")
        case .noSuchInput: say("There is no such figure. Look at the list of what was entered for fees.")
        case .noLongerInForce:
            say("Nothing was changed: the figure was corrected or withdrawn already. Look at the list again.")
        case .nothingDiffers: say("The very same is on record already, so nothing was written.")
        case .unreadable(let why): why
        case .rows(let problems, let count):
            Phrase.joined(
                [Self.refused(count)] + problems.map(\.words) + Self.more(count - Set(problems.map(\.line)).count),
                by: " "
            )
        }
    }

    private static func refused(_ count: Int) -> Phrase {
        say(
            count,
            one: "Nothing was written: 1 row cannot be taken. Correct it and bring the file in again.",
            other: "Nothing was written: \(count) rows cannot be taken. Correct them and bring the file in again."
        )
    }

    private static func more(_ count: Int) -> [Phrase] {
        count > 0 ? [say("And \(count) more.", context: "rows of a file")] : []
    }
}

/// Why a row of a file of figures cannot be taken.
public struct FeeInputProblem: Sendable, Equatable {
    /// The line in the file, from 1.
    public let line: Int
    /// The heading of the column that is wrong.
    public let column: String
    /// What is wrong and what is expected, as a sentence.
    public let message: Phrase

    /// By itself.
    public var words: Phrase { say("Line \(plain: line), \(column): \(message)") }
}
