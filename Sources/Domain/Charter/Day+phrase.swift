public import Languages

extension Phrase {
    /// A day as each language writes it.
    public static func day(_ day: Day, _ style: DateStyle = .short) -> Phrase {
        .date(CalendarDate(year: day.year, month: day.month, day: day.day), style)
    }
}

extension PhraseLiteral.StringInterpolation {
    /// A day as each language writes it, as "26 Sept 2023".
    public mutating func appendInterpolation(_ day: Day, _ style: DateStyle = .short) {
        appendInterpolation(Phrase.day(day, style))
    }
}
