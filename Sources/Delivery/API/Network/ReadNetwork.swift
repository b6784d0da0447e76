import Charter
import HTTPTypes
import Membership
import Web

extension Operation {
    /// The steps of the roll, the newest first.
    static func listChanges(_ context: APIContext) -> Operation {
        let since = Parameter<Day>.day("since", "Steps that took effect on this day or later.")
        let asOf = Parameter<Day>.day("as_of", "Steps that took effect by this day; by today without it.")
        let status = Parameter.choice("status", "Steps into this status of the charter.", context.statuses)
        let member = Parameter.text("member", "Steps of the member with this key.", .key())
        let list = ListAnswer.shape("ChangePage", of: Shapes.change, "Steps, the newest first.")
        let writer = list.writer
        return Operation(
            .get,
            "/changes",
            id: "listChanges",
            topic: .network,
            summary: "List changes of the roll",
            detail: "Who joined, left, was suspended or ended, the newest first, each with its source.",
            parameters: [since, asOf, status, member, Cursor.limit, Cursor.parameter],
            answers: [AnswerDescription(.ok, "Changes.", list.schema("Changes."), headers: [.entityTag])]
        ) { call in
            let filter = ChangeFilter(
                since: try call.value(since),
                through: try call.value(asOf) ?? call.context.today(),
                status: try call.value(status),
                member: try call.value(member)
            )
            let mark = try call.value(Cursor.parameter).map(ChangeMark.init(cursor:))
            let slice = try await call.context.directory.changes(filter, after: mark, size: call.limit)
            let next = slice.next?.cursor
            let answer = ListAnswer(rows: slice.rows, next: next, total: nil, writer: Shapes.change.writer)
            return Answer(writer.bytes(answer), headers: call.linkToNext(next).map { [.link: $0] } ?? [:])
        }
    }

    /// The roll at the end of each year.
    static func getGrowth(_ context: APIContext) -> Operation {
        let asOf = Parameter<Day>.day("as_of", "Years to the one of this day; to this year without it.")
        return .list(
            "/growth",
            id: "getGrowth",
            topic: .network,
            summary: "Read the growth of the network",
            detail: "How many members there were at the end of each year, by category.",
            of: Shapes.growthYear,
            named: "Growth",
            parameters: [asOf]
        ) { call in
            let last = try call.value(asOf) ?? call.context.today()
            return try await call.context.directory.growth(through: last.year)
        }
    }

    /// The published figures beside the derived ones.
    static func listFigures(_ context: APIContext) -> Operation {
        .list(
            "/figures",
            id: "listFigures",
            topic: .network,
            summary: "List published figures",
            detail: "Every figure that the association has published, beside the one that the records give.",
            of: Shapes.figure,
            named: "Figures"
        ) { call in try await call.context.directory.reconcile() }
    }

    static func getFigure(_ context: APIContext) -> Operation {
        let key = Parameter.text("key", in: .path, "The figure's key.", .key(), isRequired: true)
        let shape = Shapes.figure
        return Operation(
            .get,
            "/figures/{key}",
            id: "getFigure",
            topic: .network,
            summary: "Read a published figure",
            detail: "One published figure with the members that were counted for it and the reasons for a difference.",
            parameters: [key],
            answers: [AnswerDescription(.ok, "The figure.", shape.schema("The figure."), headers: [.entityTag])]
        ) { call in
            let wanted = try call.required(key)
            guard let found = try await call.context.directory.reconcile().first(where: { $0.statement == wanted })
            else {
                throw RequestProblem.noSuchRecord
            }
            return Answer(shape.writer.bytes(found))
        }
    }

    /// The countries with members.
    static func listCountries(_ context: APIContext) -> Operation {
        let asOf = Parameter<Day>.day("as_of", "The roll of this day; of today without it.")
        return .list(
            "/countries",
            id: "listCountries",
            topic: .network,
            summary: "List countries",
            detail: "The countries that have members on the roll, those with most members first.",
            of: Shapes.country,
            named: "Countries",
            parameters: [asOf]
        ) { call in
            let cube = try await call.context.directory.cube(call.value(asOf) ?? call.context.today())
            return cube.countries().map { found in
                let name = call.context.countries[found.country] ?? found.country
                return CountryCount(code: found.country, name: name, members: found.count)
            }
        }
    }

    /// The charter in force on a day.
    static func listRules(_ context: APIContext) -> Operation {
        let asOf = Parameter<Day>.day("as_of", "The rules in force on this day; those of today without it.")
        return .list(
            "/charter/rules",
            id: "listRules",
            topic: .rules,
            summary: "List the rules in force",
            detail: "Every rule of the association's charter, with the article or report that it is from.",
            of: Shapes.rule,
            named: "Rules",
            parameters: [asOf]
        ) { call in
            let charter = call.context.charter
            guard let version = charter.version(on: try call.value(asOf) ?? call.context.today()) else { return [] }
            return version.rules.map { rule in
                let title = charter.source(rule.citation.source)?.title ?? rule.citation.source
                return StatedRule(rule: rule, version: version, sourceTitle: title)
            }
        }
    }
}

extension ChangeMark {
    fileprivate init(cursor: String) throws {
        let parts = try Cursor.parts(cursor, kind: "changes", count: 3)
        guard let latest = parts[0], let key = parts[1], let status = parts[2] else { throw RequestProblem.oldCursor }
        self.init(latest: latest, key: key, status: status)
    }

    fileprivate var cursor: String { Cursor.text(kind: "changes", [latest, key, status]) }
}
