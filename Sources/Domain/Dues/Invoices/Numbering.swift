import Database

/// Gives numbers of a series, each year's from 1, without a gap.
///
/// Whoever asks holds the counter until the transaction ends: another one waits, or begins again. So a number is used by
/// who took it, or nobody took it.
enum Numbering: String {
    case invoice
    case creditNote = "credit-note"
    case receipt
    case certificate

    private var letter: String {
        switch self {
        case .invoice: ""
        case .creditNote: "C"
        case .receipt: "R"
        case .certificate: "D"
        }
    }

    /// `2024-0001`, `C2024-0001`.
    func text(_ year: Int, _ number: Int) -> String {
        let digits = String(number)
        return "\(letter)\(year)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
    }

    /// Waits until nobody else takes a number of this year.
    func hold(_ transaction: Transaction, _ year: Int) throws {
        try transaction.execute(
            """
            INSERT INTO dues_counter (series, year, last) VALUES (?, ?, 0)
            ON CONFLICT (series, year) DO UPDATE SET last = dues_counter.last
            """,
            [.text(rawValue), .int(year)]
        )
    }

    /// The next numbers, so many of them.
    func take(_ transaction: Transaction, _ year: Int, count: Int = 1) throws -> ClosedRange<Int> {
        precondition(count > 0, "no number is no range")
        let last = try transaction.first(
            """
            INSERT INTO dues_counter (series, year, last) VALUES (?, ?, ?)
            ON CONFLICT (series, year) DO UPDATE SET last = dues_counter.last + excluded.last RETURNING last
            """,
            [.text(rawValue), .int(year), .int(count)]
        ) { try $0.integer(0) }
        guard let last else { throw DatabaseError.decoding(column: 0, expected: "the last number") }
        return (last - count + 1)...last
    }
}
