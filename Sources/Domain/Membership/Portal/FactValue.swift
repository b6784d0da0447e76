public import Access
public import Languages

/// The value of an official fact.
public struct FactValue: Sendable, Equatable {
    public let fact: OfficialFact
    /// A name as written, a figure as a decimal number.
    public let value: String
    /// The position of a person, the year of a figure, else empty.
    public let detail: String

    /// Reads what was typed. Throws `InvalidInput` for the fields `value` and `detail`.
    ///
    /// - Parameter year: the present one, the latest that a figure can be of.
    public init(_ fact: OfficialFact, typed value: String, detail: String, year: Int) throws(InvalidInput) {
        var typed = TypedText()
        let value = typed.line(value, "value", atMost: 160, required: true)
        let detail =
            fact.detailTitle == nil ? "" : typed.line(detail, "detail", atMost: 120, required: true)
        self.fact = fact
        self.detail = detail
        switch fact {
        case .name, .headOfGovernment:
            self.value = value
            if !value.isEmpty, !value.contains(where: \.isLetter) {
                typed.refuse("value", say("This is no name: there is no letter in it."))
            }
        case .population, .employees, .area:
            let read = TypedNumber(value, whole: fact.isCounted)
            let number = Self.number(read, whole: fact.isCounted, least: fact == .employees ? 0 : nil)
            self.value = number ?? value
            if case .unclear(let words) = read {
                typed.refuse("value", words)
            } else if number == nil, !value.isEmpty {
                typed.refuse("value", say("This is no number. Write it in digits, as in 9411000."))
            }
            if fact.isCounted, !detail.isEmpty, !(Int(detail).map { (1950...year).contains($0) } ?? false) {
                typed.refuse("detail", say("A year is between 1950 and \(plain: year), in four digits."))
            }
        }
        try typed.throwProblems()
    }

    /// As it was stored.
    init(_ fact: OfficialFact, value: String, detail: String) {
        self.fact = fact
        self.value = value
        self.detail = detail
    }

    /// The value for people: "9,411,000 (2026)", "Park Min-ji, Mayor", "605.2 km²".
    public var words: Phrase {
        switch fact {
        case .name: .verbatim(value)
        case .headOfGovernment: .verbatim(detail.isEmpty ? value : "\(value), \(detail)")
        case .population, .employees: say("\(figure) (\(detail))", context: "a population and its year")
        case .area: say("\(figure) km²")
        }
    }

    private var figure: Phrase { Double(value).map { .decimal($0, places: 6) } ?? .verbatim(value) }

    /// The mark of a fact as somebody saw it; `nil` stands for none on record.
    static func mark(_ value: FactValue?) -> PartMark { PartMark(of: value.map { [$0.value, $0.detail] } ?? []) }

    /// The number as plain digits.
    ///
    /// - Parameter least: the least that it can be; more than nothing when left out.
    private static func number(_ read: TypedNumber, whole: Bool, least: Double?) -> String? {
        guard case .plain(let digits) = read else { return nil }
        let isPlain = digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e }
        guard isPlain, (1...12).contains(digits.utf8.count), let number = Double(digits),
            least.map({ number >= $0 }) ?? (number > 0), !whole || !digits.contains(".")
        else { return nil }
        return NumberText.plain(number)
    }
}

extension EditableMember {
    /// What the records say of a fact, or `nil` where they say nothing.
    func value(_ fact: OfficialFact) -> FactValue? {
        let (value, detail) =
            switch fact {
            case .name: (draft[.name], "")
            case .headOfGovernment: (draft[.head], draft[.headPosition])
            case .population: (draft[.population], draft[.populationYear])
            case .employees: (employees?.value ?? "", employees?.detail ?? "")
            case .area: (draft[.area], "")
            }
        return value.isEmpty ? nil : FactValue(fact, value: value, detail: detail)
    }

    /// The facts with a proposed value put in. The number of employees is none of those that are edited together.
    func draft(with value: FactValue, effectiveOn day: String) -> MemberDraft {
        var entered = draft
        switch value.fact {
        case .name: entered[.name] = value.value
        case .headOfGovernment:
            entered[.head] = value.value
            entered[.headPosition] = value.detail
            entered[.headShownOn] = day
        case .population:
            entered[.population] = value.value
            entered[.populationYear] = value.detail
        case .area: entered[.area] = value.value
        case .employees: break
        }
        return entered
    }
}
