import Charter
import Languages
import Membership

extension Shapes {
    static let change = Shape<RollChange>(
        "RollChange",
        [
            .text("member", "The member's key.") { $0.memberKey },
            .text("name", "The member's name.") { $0.memberName },
            .text("status", "The key of the status that it came into.") { $0.status },
            .day("earliest", "The earliest day on which it can have taken effect.") { $0.earliest },
            .day("latest", "The latest such day; the same where the day is known.") { $0.latest },
            .optionalText("grounds", "Why.") { $0.grounds.map { Phrase.record($0).english } },
            .text("category", "The key of the member's category.") { $0.category },
            .optionalText("country", "ISO 3166 alpha-2.") { $0.country },
            .object("source", "Where it was read.", Shapes.source) {
                MemberProfile.Source(code: $0.sourceCode, locator: $0.locator)
            },
        ]
    )
}

/// How many members of one category there were.
struct CategoryCount: Sendable {
    let category: String
    let members: Int
}

extension Shapes {
    static let categoryCount = Shape<CategoryCount>(
        "CategoryCount",
        [
            .text("category", "The key of the category.") { $0.category },
            .integer("members", "How many were on the roll.") { $0.members },
        ]
    )
}

extension Shapes {
    static let growthYear = Shape<GrowthYear>(
        "GrowthYear",
        [
            .integer("year", "The roll at its end.") { $0.year },
            .integer("members", "Members that the records show for sure.") { $0.total },
            .integer("perhaps", "Members that may have joined by then: no report gives the day.") { $0.perhaps },
            .objects("categories", "The same by category.", Shapes.categoryCount) { year in
                year.byCategory.sorted { $0.key < $1.key }.map { CategoryCount(category: $0.key, members: $0.value) }
            },
        ]
    )
}

extension Shapes {
    static let explanation = Shape<Finding.Explanation>(
        "FigureExplanation",
        [
            .optionalText("member", "The key of the member that it is about.") { $0.member },
            .text("kind", "`adds`, `removes`, `unknown`, `recorded` or `unexplained`.") { $0.kind },
            .text("text", "The reason.") { $0.text },
        ]
    )
}

extension Shapes {
    static let figure = Shape<Finding>(
        "PublishedFigure",
        always: ["key"],
        [
            .text("key", "The figure's key: the last part of its address.") { $0.statement },
            .text("subject", "What sort of thing is counted.") { $0.subject },
            .text("text", "What the report counts, in a few words.") { $0.text },
            .day("from", "The day, or the first of the period, that it is about.") { $0.from },
            .day("through", "The last day of the period.") { $0.through },
            .optionalText("category", "The key of the category that is counted.") { $0.category },
            .optionalText("region", "The key of the region that is counted.") { $0.region },
            .number("published", "The figure as printed.") { $0.published },
            .optionalText("unit", "Its unit; null for a plain number.") { $0.unit },
            .optionalNumber("derived", "The figure that the records give; null where they cannot give it.") {
                $0.derived
            },
            .text("derivation", "How it was derived, or why it cannot be.") { $0.derivation.words.english },
            .optionalNumber("difference", "`derived` less `published`.") { $0.difference },
            .objects("explanations", "Why the two differ.", Shapes.explanation) { $0.explanations },
            .texts("members", "The keys of the members that were counted.") { $0.members },
            .object("source", "Where it was printed.", Shapes.source) {
                MemberProfile.Source(code: $0.source, locator: $0.locator)
            },
            .optionalText("note", "What is to be known of it.") { $0.note },
        ]
    )
}

/// A country with members.
struct CountryCount: Sendable {
    let code: String
    let name: String
    let members: Int
}

extension Shapes {
    static let country = Shape<CountryCount>(
        "Country",
        [
            .text("code", "ISO 3166 alpha-2.", example: "KR") { $0.code },
            .text("name", "In English.") { $0.name },
            .integer("members", "How many members it has on the roll of the day.") { $0.members },
        ]
    )
}

/// One rule of the charter, with the version that it is of.
struct StatedRule: Sendable {
    let rule: Rule
    let version: CharterVersion
    let sourceTitle: String
}

extension Shapes {
    static let rule = Shape<StatedRule>(
        "Rule",
        [
            .text("id", "The rule's path in the charter.", example: "bodies.general-assembly.quorum") { $0.rule.id },
            .text("statement", "What it says.") { $0.rule.statement.english },
            .optionalText("article", "The article of the statutes.") { $0.rule.citation.article },
            .text("source", "The code of the source that it is cited from.") { $0.rule.citation.source },
            .optionalText("heading", "The heading there.") { $0.rule.citation.heading },
            .text("source_title", "The title of the source.") { $0.sourceTitle },
            .day("version", "The day from which this version of the charter holds.") {
                $0.version.effective.description
            },
            .optionalText("note", "What the author of the charter wants known.") { $0.rule.note?.english },
        ]
    )
}
