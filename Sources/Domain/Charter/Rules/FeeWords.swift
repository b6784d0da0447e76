public import Languages

extension FeeAnswer {
    /// The fee and all that it follows from: "USD 2,000: 240 employees (31 Dec 2022, AR2021), in no row of
    /// “Corporations” (GA6, Annex 3, Current Statutes). By ruling of 22 Nov 2026 (Secretariat): …"
    public var sentence: Phrase {
        let money = Phrase.money(minor: fee, places: 0, code: currency)
        let (name, source) = (Phrase.name(schedule.name), citation.words)
        let told = say(
            "\(said(figure.value)) \(Phrase.name(measure.name)) (\(figure.origin))",
            context: "a figure, what it counts, and its day and source"
        )
        let known = Phrase.joined([told] + kindKnown, by: ", ")
        var sentences: [Phrase] = []
        if let band {
            sentences.append(say("\(money): \(known), in the row “\(band.words)” of “\(name)” (\(source))."))
        } else {
            sentences.append(say("\(money): \(known), in no row of “\(name)” (\(source))."))
        }
        if value != figure.value { sentences.append(say("The figure is read as \(said(value)).")) }
        sentences += rulings.map(\.words)
        if isUnpublished {
            sentences.append(say("The schedule is not published; these amounts stand in for it."))
        }
        return .sentences(sentences)
    }

    private var kindKnown: [Phrase] {
        guard let kind, let name = schedule.kinds.first(where: { $0.key == kind.value })?.name else { return [] }
        return [say("kind “\(Phrase.name(name))” (\(kind.origin))")]
    }
}

extension FeeMissing {
    /// What is missing, as a sentence.
    public var words: Phrase {
        switch self {
        case .kind(let choices):
            let names = Phrase.list(choices.map { .name($0.kind.name) }, .or)
            return say("It is not known of which kind it is: \(names).")
        case .figure(let measure):
            return say("No figure is known: \(Phrase.name(measure.name)).")
        case .noBand(let value, let schedule):
            let name = Phrase.name(schedule.name)
            let measure = schedule.measure.map { Phrase.name($0.name) } ?? .empty
            return say("The table “\(name)” has no row for “\(measure): \(said(value))”, and no ruling settles it.")
        case .unpublished(let schedule):
            return say("“\(Phrase.name(schedule.name))” is not published. \(Phrase.name(schedule.unpublished ?? ""))")
        }
    }

    /// Stable and made for machines.
    public var code: String {
        switch self {
        case .kind: "kind"
        case .figure: "figure"
        case .noBand: "no-row"
        case .unpublished: "unpublished"
        }
    }
}

extension FeeFact {
    /// Of when and whence it is: "31 Dec 2022, AR2021, page 4".
    public var origin: Phrase {
        if isAssumed { return say("assumed", context: "a figure") }
        var parts: [Phrase] = [.day(asOf, precision.style), .record(source)]
        if let locator { parts.append(.record(locator)) }
        if isInvented { parts.append(say("made up", context: "a figure")) }
        return .joined(parts, by: ", ")
    }
}

extension Charter.Band {
    /// The criterion as the source prints it, otherwise the range.
    public var words: Phrase { printed.map { .name($0) } ?? range }
}

extension DatePrecision {
    fileprivate var style: DateStyle {
        switch self {
        case .day: .short
        case .month: .month
        case .year: .year
        }
    }
}

private func said(_ value: Double) -> Phrase { .decimal(value, places: 2) }
