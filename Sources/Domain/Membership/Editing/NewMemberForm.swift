import Access
import Charter
import Database
import Languages

/// Checks what a form says of a new member, by the charter of the day on which it joined, and turns it into facts.
struct NewMemberForm {
    private let command: AddMember
    private let today: Day
    private var check = FormCheck()

    init(_ command: AddMember, today: Day) {
        self.command = command
        self.today = today
    }

    /// Throws `InvalidInput` with all that is wrong.
    mutating func facts(_ transaction: Transaction) throws -> RowFacts {
        var facts = RowFacts()
        let joined = joined()
        let day = joined.flatMap { Day($0.latest) } ?? today
        let charter = command.rules.charter
        guard let version = charter.version(on: day) ?? charter.versions.first else {
            throw InvalidInput("joined", say("The charter says nothing of this day. Enter a later one."))
        }
        facts.name = command.entered[.name]
        check.language(command.language, "language")
        facts.language = command.language
        facts.furtherName = furtherName()
        try decision(transaction)
        facts.decision = command.decision.isEmpty ? nil : command.decision
        standing(joined, on: day, &facts)
        check.grounds(command.grounds)
        let problems = fill(&facts, version, day) + check.problems
        if !problems.isEmpty { throw InvalidInput(problems) }
        return facts
    }

    /// The fields that a member's form has too, read as they are read there.
    private func fill(_ facts: inout RowFacts, _ version: CharterVersion, _ day: Day) -> [InvalidInput.Field] {
        let entered = command.entered
        var reader = FactReader(
            current: MemberDraft(),
            entered: entered,
            nameChange: .corrected,
            effective: day,
            version: version,
            countries: command.rules.countries.codes,
            today: today
        )
        _ = reader.read(.name)
        if case .column(_, let category) = reader.read(.category) { facts.category = category }
        if case .column(_, let country) = reader.read(.country) { facts.country = country }
        if case .column(_, let region) = reader.read(.region) { facts.region = region }
        if case .column(_, let website) = reader.read(.website) { facts.website = website }
        if case .coordinates(let place) = reader.read(.coordinates) { facts.coordinates = place }
        let hasPopulation = !entered[.population].isEmpty || !entered[.populationYear].isEmpty
        if hasPopulation, case .population(let people, let year) = reader.read(.population) {
            facts.population = Int(people)
            facts.populationYear = year
        }
        place(&facts, version, day, &reader.check)
        return reader.check.problems
    }

    /// A country has one region by the charter; only where it names none, somebody chooses.
    private func place(_ facts: inout RowFacts, _ version: CharterVersion, _ day: Day, _ check: inout FormCheck) {
        guard let country = facts.country else {
            return check.refuse("country", say("Choose the country: the roll lists members by it."))
        }
        guard let region = version.region(forCountry: country) else {
            if facts.region == nil {
                check.refuse("region", say("The charter of \(day) names no region for this country. Choose one."))
            }
            return
        }
        if let chosen = facts.region, chosen != region.key {
            check.refuse(
                "region",
                say(
                    "By the charter of \(day) this country is in \(Phrase.name(region.name)). Choose that, or leave it to the charter."
                )
            )
        }
        facts.region = region.key
    }

    private mutating func joined() -> DayBounds? {
        guard let bounds = DayBounds(command.joined) else {
            check.refuse("joined", say("Enter a day, a month or a year, as in 2026-03-01, 2026-03 or 2026."))
            return nil
        }
        guard bounds.earliest <= today.description else {
            check.refuse("joined", say("\(bounds.text) has not come yet. Enter this when it has."))
            return nil
        }
        // Whoever joined in a year that is not over has joined by today.
        return DayBounds(earliest: bounds.earliest, latest: min(bounds.latest, today.description))
    }

    private mutating func standing(_ joined: DayBounds?, on day: Day, _ facts: inout RowFacts) {
        let possible = StatusOrder(charter: command.rules.charter, day: day).possible(after: nil)
        let chosen = command.status.isEmpty ? possible.first : possible.first { $0.key == command.status }
        guard let chosen else {
            let names = Phrase.list(possible.map { .name($0.name) }, .or)
            return check.refuse("status", say("By the charter of \(day) a membership begins as \(names). Choose that."))
        }
        if chosen.key == UploadVocabulary(command.rules, printed: []).beginning {
            facts.joined = joined
        } else {
            facts.status = chosen.key
            facts.statusDay = joined
        }
    }

    private mutating func furtherName() -> FurtherName? {
        guard let further = command.furtherName else { return nil }
        check.name(further.name, "other_name")
        check.language(further.language, "other_language")
        if further.name == command.entered[.name], further.language == command.language {
            check.refuse("other_name", say("This is the name above. Enter another one, or none."))
        }
        return further
    }

    private mutating func decision(_ transaction: Transaction) throws {
        guard !command.decision.isEmpty else { return }
        if try !RecordedDecision.exists(command.decision, transaction) {
            check.refuse("decision", RecordedDecision.unknown)
        }
    }
}
