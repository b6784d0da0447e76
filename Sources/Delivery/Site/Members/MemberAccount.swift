import Charter
import HTML
import Languages
import Membership

/// What the records tell of a member: standing, figures, people, and where reports contradict each other.
func memberAccount(_ h: HTMLWriter, _ model: MemberPage) {
    membershipSection(h, model)
    figuresSection(h, model)
    peopleSection(h, model)
    contradictionsSection(h, model.profile)
}

private func membershipSection(_ h: HTMLWriter, _ model: MemberPage) {
    let profile = model.profile
    h.section(.aria(.labelledby, "membership")) {
        h.h2(.id("membership"), text: say("Membership"))
        let first = model.charter.versions.first?.effective.year ?? model.today.year
        let strip = StatusStrip(profile.statuses, firstYear: first, today: model.today, words: model.words)
        if strip.segments.isEmpty {
            h.p(.class("quiet"), text: say("No standing is on record."))
        } else {
            h.statusStrip(strip, sentence: strip.sentence(profile.statuses, model.words), model.words)
        }
        let entries = HistoryEntry.all(profile, model.words)
        if !entries.isEmpty {
            h.ol(.class("timeline")) {
                for entry in entries {
                    h.timelineRow(entry.range, source: entry.source, note: entry.note, id: entry.anchor) {
                        h.text(entry.sentence)
                    }
                }
            }
        }
        printedOtherwise(h, profile)
    }
}

/// Misprints, with what is meant.
private func printedOtherwise(_ h: HTMLWriter, _ profile: MemberProfile) {
    let printed = profile.names.filter { $0.kind == "printed" }
    guard !printed.isEmpty else { return }
    h.div(.class("notice caution")) {
        for name in printed {
            let sentence =
                name.note.map { note in
                    say("\(part: 0) A report has “\(name.name)”: \(Phrase.record(lowercasedFirst(note))) \(part: 1)")
                } ?? say("\(part: 0) A report has “\(name.name)”. \(part: 1)")
            h.p { h.sentence(sentence, { h.b(say("Printed otherwise.")) }, { h.cited(name.source) }) }
        }
    }
}

private func figuresSection(_ h: HTMLWriter, _ model: MemberPage) {
    let groups = FigureGroup.all(model.profile)
    guard !groups.isEmpty else { return }
    h.section(.aria(.labelledby, "numbers")) {
        h.h2(.id("numbers"), text: say("Figures"))
        h.table {
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("What"))
                    h.th(.scope(.col), .class("num"), text: say("Value"))
                    h.th(.scope(.col), .class("num"), text: say("Year"))
                    h.th(.scope(.col), .class("narrow-hide"), text: say("Source"))
                }
            }
            for group in groups {
                h.tbody(.when(group.differs, .class("differs"))) {
                    for (index, figure) in group.figures.enumerated() {
                        figureRow(h, figure, differs: group.differs && index == 0)
                    }
                }
            }
        }
    }
}

private func figureRow(_ h: HTMLWriter, _ figure: MemberProfile.Figure, differs: Bool) {
    h.tr {
        h.th(.scope(.row)) {
            h.text(FigureGroup.name(figure.kind))
            if differs { h.span(.class("also differs-word"), text: say("Sources differ")) }
            if let note = figure.note { h.span(.class("also"), text: .record(note)) }
            h.span(.class("also only-narrow")) { h.cited(figure.source) }
        }
        h.td(.class("num"), text: FigureGroup.value(figure))
        h.td(.class("num"), text: FigureGroup.year(figure))
        h.td(.class("narrow-hide")) { h.cited(figure.source) }
    }
}

/// The figures of one kind, the latest first.
struct FigureGroup: Equatable {
    let figures: [MemberProfile.Figure]

    /// Two sources give other values for the same time.
    var differs: Bool {
        figures.contains { one in
            figures.contains { $0.yearLatest == one.yearLatest && $0.value != one.value }
        }
    }

    static func all(_ profile: MemberProfile) -> [FigureGroup] {
        var kinds: [String] = []
        for figure in profile.figures where !kinds.contains(figure.kind) { kinds.append(figure.kind) }
        var groups = kinds.map { kind in FigureGroup(figures: profile.figures.filter { $0.kind == kind }) }
        // One with contradictions is split by year, so that only those that differ are marked.
        groups = groups.flatMap(\.byContradiction)
        return groups
    }

    private var byContradiction: [FigureGroup] {
        let years = figures.reduce(into: [Int]()) { if !$0.contains($1.yearLatest) { $0.append($1.yearLatest) } }
        return years.map { year in FigureGroup(figures: figures.filter { $0.yearLatest == year }) }
    }

    static func name(_ kind: String) -> Phrase {
        switch kind {
        case "population": say("Population")
        case "area": say("Area")
        case "employees": say("Employees")
        default: .verbatim(capitalisedFirst(kind))
        }
    }

    static func value(_ figure: MemberProfile.Figure) -> Phrase {
        let value = Phrase.decimal(figure.value)
        return switch figure.unit {
        case "people": value
        case "km2": say("\(value) km²")
        default: .joined([value, .verbatim(figure.unit)], by: " ")
        }
    }

    static func year(_ figure: MemberProfile.Figure) -> Phrase {
        guard let earliest = figure.yearEarliest else {
            return say("by \(plain: figure.yearLatest)", context: "a year")
        }
        return .verbatim(earliest == figure.yearLatest ? "\(earliest)" : "\(earliest)–\(figure.yearLatest)")
    }
}

private func peopleSection(_ h: HTMLWriter, _ model: MemberPage) {
    let heads = model.profile.people.filter { $0.role == "head-of-government" }
    let others = model.profile.people.filter { $0.role != "head-of-government" }
    guard !(heads.isEmpty && others.isEmpty) else { return }
    h.section(.aria(.labelledby, "people")) {
        h.h2(.id("people"), text: say("People", context: "whom reports name"))
        h.p(
            .class("quiet"),
            text: say("As the reports show them, and on which day; who holds the post today they do not tell.")
        )
        h.table {
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("Name", context: "of a person"))
                    h.th(.scope(.col), text: say("Position"))
                    h.th(.scope(.col), .class("num"), text: say("Shown"))
                }
            }
            h.tbody {
                for person in heads { personRow(h, person, role: say("At its head")) }
                for person in others { personRow(h, person, role: say("Representative")) }
            }
        }
    }
}

private func personRow(_ h: HTMLWriter, _ person: MemberProfile.Person, role: Phrase) {
    h.tr {
        h.th(.scope(.row)) {
            h.text(person.name)
            h.span(.class("also"), text: role)
        }
        h.td {
            h.text(person.positionWords)
            h.text(" ")
            h.cited(person.source)
        }
        h.td(.class("num"), text: shown(person))
    }
}

private func shown(_ person: MemberProfile.Person) -> Phrase {
    // The last day of a year stands for the year of a report.
    person.shownOn.hasSuffix("-12-31")
        ? .verbatim(String(person.shownOn.prefix(4))) : DayRange(person.shownOn, person.shownOn).label
}

private func contradictionsSection(_ h: HTMLWriter, _ profile: MemberProfile) {
    guard !profile.contradictions.isEmpty else { return }
    h.section(.aria(.labelledby, "contradictions")) {
        h.h2(.id("contradictions"), text: say("Where sources differ"))
        for contradiction in profile.contradictions { h.contradiction(contradiction) }
    }
}

extension HTMLWriter {
    /// Two readings of one thing, each with its source, and which of them the records take.
    func contradiction(_ contradiction: MemberProfile.Contradiction) {
        div(.class("differs")) {
            h3(.record(capitalisedFirst(contradiction.topic)))
            dl(.class("facts")) {
                reading(contradiction.readingA, contradiction.sourceA)
                reading(contradiction.readingB, contradiction.sourceB)
            }
            if let note = contradiction.note { p(.class("note"), text: .record(note)) }
        }
    }

    private func reading(_ text: String, _ source: MemberProfile.Source) {
        div {
            dt { cited(source) }
            dd(.record(text))
        }
    }
}

/// The members nearest to this one and most like it.
func memberNeighbours(_ h: HTMLWriter, _ model: MemberPage) {
    if !model.nearest.isEmpty {
        h.section(.aria(.labelledby, "near")) {
            h.h2(.id("near"), text: say("Nearest members"))
            h.dl(.class("facts")) {
                for neighbour in model.nearest {
                    h.div {
                        h.dt(.class("num"), text: neighbour.kilometres.map { say("\($0) km") } ?? .verbatim("–"))
                        h.dd { neighbourLink(h, neighbour.row, model) }
                    }
                }
            }
        }
    }
    if !model.similar.isEmpty {
        h.section(.aria(.labelledby, "similar")) {
            h.h2(.id("similar"), text: say("Most similar"))
            let hasPeople = model.similar.contains { $0.population != nil }
            h.dl(.class("facts")) {
                for row in model.similar {
                    h.div {
                        if hasPeople {
                            h.dt(.class("num"), text: row.population.map(Phrase.number) ?? .verbatim("–"))
                        } else {
                            h.dt(row.country.map(model.countries.name) ?? "–")
                        }
                        h.dd { neighbourLink(h, row, model, showsCountry: hasPeople) }
                    }
                }
            }
            h.p(.class("note"), text: say("Of the same category, alike in people, region and country."))
        }
    }
}

private func neighbourLink(_ h: HTMLWriter, _ row: RollRow, _ model: MemberPage, showsCountry: Bool = true) {
    h.a(.href("/members/\(row.key)"), text: row.name)
    if showsCountry, let country = row.country { h.text(", \(model.countries.name(country))") }
    if row.isSample {
        h.text(" ")
        h.sampleTag()
    }
}
