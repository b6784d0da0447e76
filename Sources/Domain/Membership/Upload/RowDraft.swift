import Database
import Languages

/// The records of one member as a row of a spreadsheet would make them: what changes, and the steps that it takes.
struct RowDraft {
    let facts: RowFacts
    let words: UploadVocabulary
    let citation: RowCitation
    let today: String
    private(set) var changes: [RowPlan.Change] = []
    private(set) var notes: [Phrase] = []
    private(set) var problems: [RowPlan.Problem] = []
    private(set) var steps: [RecordStep] = []
    var memberID: String
    var known: KnownMember?

    /// What new rows cite: of an import the file's source and the line, of an entry by hand who and when.
    struct RowCitation {
        let source: String
        let locator: String
        let line: Int
        let file: String

        init(source: String, line: Int, file: String) {
            self.source = source
            self.line = line
            self.file = file
            locator = "line \(line)"
        }

        init(source: String, locator: String) {
            self.source = source
            self.locator = locator
            line = 0
            file = ""
        }
    }

    init(
        _ facts: RowFacts,
        of known: KnownMember?,
        memberID: String,
        citing citation: RowCitation,
        today: String,
        _ words: UploadVocabulary
    ) {
        self.facts = facts
        self.words = words
        self.citation = citation
        self.today = today
        self.known = known
        self.memberID = memberID
    }

    mutating func change(_ field: UploadField, _ old: String?, _ new: String) {
        change(field, old.map { .verbatim($0) }, .verbatim(new))
    }

    mutating func change(_ field: UploadField, _ old: Phrase?, _ new: Phrase) {
        changes.append(.init(field: field, old: old, new: new))
    }

    mutating func note(_ text: Phrase) { notes.append(text) }

    mutating func refuse(_ field: UploadField, _ message: Phrase) {
        problems.append(.init(column: facts.places[field], message: message))
    }

    mutating func add(_ table: RecordTable, _ given: [String: Value]) {
        var values = given
        values["source"] = .text(citation.source)
        values["locator"] = .text(citation.locator)
        values["origin"] = "entry"
        put(nil, RecordRow(table, memberID: memberID, values))
    }

    mutating func put(_ before: RecordRow?, _ after: RecordRow) {
        steps.append(RecordStep(line: citation.line, before: before, after: after))
    }

    /// Compares each field that the row has with the records.
    /// - Parameter wasChosen: a person said which member is meant, so the row's name may be anything.
    mutating func compare(with member: KnownMember, wasChosen: Bool) {
        var row = member.row
        func text(_ field: UploadField, _ column: String, _ new: String?, _ draft: inout RowDraft) {
            guard let new, row.text(column).map(UploadFile.trimmed) != new else { return }
            draft.change(field, row.text(column), new)
            row[column] = .text(new)
        }
        nameChange(member, wasChosen: wasChosen, &row)
        otherNames(member.foldedNames.union(facts.name.map { [NameIndex.fold($0)] } ?? []))
        text(.category, "category", facts.category, &self)
        text(.country, "country", facts.country, &self)
        text(.region, "region", facts.region, &self)
        text(.website, "website", facts.website, &self)
        text(.description, "description", facts.description, &self)
        if let tags = facts.tags, Set(tags) != Set(member.tags) {
            let new = Self.unique(tags).joined(separator: " ")
            change(.tags, member.tags.isEmpty ? nil : member.tags.joined(separator: " "), new)
            row["tags"] = .text(new)
        }
        if row != member.row {
            // What was entered here is left alone when the reports' own files are imported again.
            let changed = RecordTable.member.columns.filter { row[$0] != member.row[$0] }
            let entered = Set((row.text("entered") ?? "").split(separator: " ").map(String.init)).union(changed)
            row["entered"] = .text(entered.sorted().joined(separator: " "))
            put(member.row, row)
        }
        population(member)
        joined(member)
        status(member)
        head(member)
    }

    private mutating func nameChange(_ member: KnownMember, wasChosen: Bool, _ row: inout RecordRow) {
        guard let name = facts.name, !member.foldedNames.contains(NameIndex.fold(name)) else { return }
        if wasChosen {
            // So that the next file with this spelling is matched without asking.
            change(.otherNames, nil, name)
            add(
                .name,
                [
                    "name": .text(name), "language": "und", "kind": "printed", "valid_from": "",
                    "note": .text(say("As spelt in \(citation.file); means \(member.name).").recorded),
                ]
            )
            return
        }
        change(.name, member.name, name)
        row["name"] = .text(name)
        add(.name, ["name": .text(name), "language": .text(member.language), "kind": "name", "valid_from": ""])
    }

    mutating func otherNames(_ known: Set<String>) {
        var seen = known
        let new = facts.otherNames.filter { seen.insert(NameIndex.fold($0)).inserted }
        guard !new.isEmpty else { return }
        change(.otherNames, nil, new.joined(separator: "; "))
        for name in new { add(.name, ["name": .text(name), "language": "und", "kind": "alias", "valid_from": ""]) }
    }

    static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }

    private mutating func population(_ member: KnownMember) {
        guard let value = facts.population else { return }
        let stored = member.populations
        guard let year = facts.populationYear else {
            if stored.contains(where: { $0.real("value") == Double(value) }) { return }
            return refuse(.population, Self.hasNoYear)
        }
        let ofYear = stored.filter { $0.integer("year_latest") == year }
        if ofYear.contains(where: { $0.real("value") == Double(value) }) { return }
        change(.population, stored.last.map(Self.words), "\(value) (\(year))")
        if let latest = stored.last?.integer("year_latest"), latest > year {
            note(say("The records have a later population, of \(plain: latest); that one stays the one that is shown."))
        }
        addPopulation(value, year, replacing: ofYear.last { $0.text("origin") == "entry" })
    }

    static let hasNoYear = say("the population has no year; add a column for it, or write Population 2023 above")

    mutating func addPopulation(_ value: Int, _ year: Int, replacing before: RecordRow? = nil) {
        let after = RecordRow(
            .figure,
            memberID: memberID,
            [
                "kind": "population", "value": .real(Double(value)), "unit": "people", "year_earliest": .int(year),
                "year_latest": .int(year), "source": .text(citation.source), "locator": .text(citation.locator),
                "origin": "entry",
            ]
        )
        put(before, after)
    }

    static func words(_ population: RecordRow) -> String {
        "\(Int(population.real("value") ?? 0)) (\(population.integer("year_latest") ?? 0))"
    }

    private mutating func head(_ member: KnownMember) {
        guard let person = facts.headOfGovernment else { return }
        let latest = member.heads.last?.text("person")
        if latest.map(NameIndex.fold) == NameIndex.fold(person) { return }
        change(.headOfGovernment, latest, person)
        // What was entered today is corrected; what a report shows stays, with its day.
        let entered = member.heads.last { $0.text("shown_on") == today && $0.text("origin") == "entry" }
        addHead(person, replacing: entered)
    }

    mutating func addHead(_ person: String, replacing before: RecordRow? = nil) {
        let after = RecordRow(
            .person,
            memberID: memberID,
            [
                "person": .text(person), "position": .text(MemberProfile.Person.unnamedPosition),
                "role": "head-of-government",
                "shown_on": .text(today), "source": .text(citation.source), "locator": .text(citation.locator),
                "origin": "entry",
            ]
        )
        put(before, after)
    }
}
