import Database
import Languages

extension RowDraft {
    /// A step to a status; one of the same status and day whose bounds differ is made more exact.
    private mutating func addStep(_ status: String, _ day: DayBounds, to member: KnownMember?) {
        let same = member?.statuses.first { $0.text("status") == status && $0.text("latest") == day.latest }
        guard var after = same else {
            return add(
                .status,
                [
                    "status": .text(status), "earliest": .text(day.earliest), "latest": .text(day.latest),
                    "decision": .optional(facts.decision),
                ]
            )
        }
        after["earliest"] = .text(day.earliest)
        after["source"] = .text(citation.source)
        after["locator"] = .text(citation.locator)
        after["origin"] = "entry"
        put(same, after)
    }

    private func words(_ step: RecordRow) -> Phrase { words(step.text("status") ?? "", since: step.bounds) }

    /// A status and its first day, as exactly as that is known.
    private func words(_ status: String, since day: DayBounds) -> Phrase {
        say("\(words.statusName(status)) since \(day.text)", context: "a status and its day")
    }

    private static let dayMissing = say("the day on which this status began is missing")
    private static let dayAlone = say("the day of a status stands here, but no status beside it")

    mutating func joined(_ member: KnownMember) {
        guard let day = facts.joined else { return }
        guard let since = member.joining(words) else {
            guard let status = words.beginning else { return }
            change(.joined, nil, day.text)
            return addStep(status, day, to: member)
        }
        let isKnown = member.statuses.contains { step in
            words.isOnRoll(step.text("status") ?? "", on: step.bounds.latest) && step.bounds == day
        }
        // A file that knows only the year does not contradict records that know the day.
        if isKnown || day.contains(since.bounds) { return }
        guard day.latest <= since.bounds.latest, let status = words.beginning else {
            return refuse(
                .joined,
                say("the records say joined \(since.bounds.text), so it cannot be later; correct the member by hand")
            )
        }
        change(.joined, since.bounds.text, day.text)
        addStep(status, day, to: member)
    }

    mutating func status(_ member: KnownMember) {
        guard let status = facts.status else {
            if facts.statusDay != nil { refuse(.statusDay, Self.dayAlone) }
            return
        }
        let current = member.step(on: today)
        guard let day = facts.statusDay else {
            if current?.text("status") == status { return }
            // The joining of the same row says since when.
            if facts.joined != nil, status == words.beginning, member.statuses.isEmpty { return }
            guard let current else { return refuse(.status, Self.dayMissing) }
            return refuse(
                .status,
                say("the day on which this status began is missing; the records say \(words(current))")
            )
        }
        let isKnown = member.statuses.contains { $0.text("status") == status && day.contains($0.bounds) }
        if isKnown { return }
        let inForce = member.statuses.last { $0.bounds.latest <= day.latest }
        if let inForce, inForce.text("status") == status, inForce.bounds.latest != day.latest {
            return note(say("The records say \(words(inForce)) already; \(day.text) as its day changes nothing."))
        }
        change(.status, (inForce ?? current).map { words($0) }, words(status, since: day))
        if let last = member.statuses.last, last.bounds.latest > day.latest, last.text("status") != status {
            note(say("The records have a later step: \(words(last))."))
        }
        addStep(status, day, to: member)
    }

    /// All that the row says of a member that the records do not hold.
    mutating func create(key: String) {
        guard let name = facts.name else { return refuse(.name, say("a new member needs a name")) }
        guard let category = facts.category else {
            return refuse(.category, say("no member is known as \"\(name)\", and a new one needs a category"))
        }
        let region = facts.region ?? words.region(ofCountry: facts.country)
        change(.key, nil, key)
        change(.name, nil, name)
        change(.category, nil, category)
        let texts: [(UploadField, String?)] = [
            (.country, facts.country), (.region, region), (.website, facts.website), (.description, facts.description),
            (.tags, facts.tags.map { Self.unique($0).joined(separator: " ") }),
        ]
        for (field, text) in texts { if let text { change(field, nil, text) } }
        add(
            .member,
            [
                "key": .text(key), "name": .text(name), "category": .text(category),
                "country": .optional(facts.country),
                "region": .optional(region), "website": .optional(facts.website),
                "description": .optional(facts.description), "entered": "",
                "tags": .text(Self.unique(facts.tags ?? []).joined(separator: " ")),
                "latitude": .optional(facts.coordinates?.latitude),
                "longitude": .optional(facts.coordinates?.longitude),
                "coordinates_source": .optional(facts.coordinates == nil ? nil : citation.source),
            ]
        )
        let language = facts.language ?? "und"
        add(.name, ["name": .text(name), "language": .text(language), "kind": "name", "valid_from": ""])
        otherNames([NameIndex.fold(name)])
        if let further = facts.furtherName {
            change(.otherNames, nil, further.name)
            add(
                .name,
                [
                    "name": .text(further.name), "language": .text(further.language),
                    "kind": .text(further.kind.rawValue), "valid_from": "",
                ]
            )
        }
        standingOfNew()
        if let value = facts.population {
            if let year = facts.populationYear {
                change(.population, nil, "\(value) (\(year))")
                addPopulation(value, year)
            } else {
                refuse(.population, Self.hasNoYear)
            }
        }
        if let person = facts.headOfGovernment {
            change(.headOfGovernment, nil, person)
            addHead(person)
        }
    }

    private mutating func standingOfNew() {
        if let joined = facts.joined, let status = words.beginning {
            change(.joined, nil, joined.text)
            addStep(status, joined, to: nil)
        }
        if let status = facts.status, let day = facts.statusDay {
            guard status != words.beginning || facts.joined == nil else { return }
            if let joined = facts.joined, joined.latest >= day.latest {
                return refuse(.statusDay, say("the status begins before the member joined"))
            }
            change(.status, nil, words(status, since: day))
            addStep(status, day, to: nil)
        } else if let status = facts.status, status != words.beginning || facts.joined == nil {
            refuse(.status, Self.dayMissing)
        } else if facts.joined == nil {
            refuse(.joined, say("a new member needs the day on which it joined, or a status with its day"))
        } else if facts.statusDay != nil {
            refuse(.statusDay, Self.dayAlone)
        }
    }
}
