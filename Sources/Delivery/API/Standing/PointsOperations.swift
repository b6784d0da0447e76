import Access
import Charter
import HTTPTypes
import Languages
import Standing
import Web

/// The points of a member in a time.
struct ToldPoints: Sendable {
    let span: DaySpan
    let answer: PointsOf.Answer
}

extension Shapes {
    static let points = Shape<ToldPoints>(
        "Points",
        [
            .text("member", "The member's key.") { $0.answer.memberKey },
            .text("member_name", "The member's name.") { $0.answer.memberName },
            .day("from", "The first day of the time.") { $0.span.first.description },
            .day("through", "Its last day.") { $0.span.last.description },
            .flag("is_stated", "Whether the charter of the last day says anything of points.") { $0.answer.isStated },
            .number("points", "All of them.") { $0.answer.sum.total.number },
            .objects("rules", "The same by the charter's rules.", Shapes.pointLine) { $0.answer.sum.lines },
            .objects("earned", "What earned them, the latest first.", Shapes.earnedPoints) { $0.answer.earned },
        ]
    )

    static let pointLine = Shape<PointSum.Line>(
        "PointLine",
        [
            .text("rule", "The id of the charter's rule.", example: "points.speaking") { $0.rule.id },
            .text("name", "What it is called.") { $0.rule.name },
            .number("weight", "What one record earns: by the rule, or as it was asked for.") { $0.weight.number },
            .integer("count", "How many records earned it.") { $0.count },
            .number("points", "What they come to.") { $0.points.number },
        ]
    )

    static let earnedPoints = Shape<EarnedPoints>(
        "EarnedPoints",
        [
            .text("rule", "The id of the charter's rule.") { $0.rule.id },
            .number("points", "What it earned.") { $0.points.number },
            .day("earliest", "The earliest day on which it can have been.") { $0.when.earliest.description },
            .day("latest", "The latest such day, on which it counts.") { $0.when.latest.description },
            .text("text", "What it was.") { $0.words.english },
            .object("record", "What earned it.", Shapes.recordLink) { $0.record },
            .optionalObject("source", "Where that was read; null for a fee.", Shapes.source) { $0.source },
            .flag("is_invented", "Whether the record is made up.") { $0.isInvented },
        ]
    )

    static let rankedMember = Shape<Ranking.Row>(
        "RankedMember",
        always: ["member"],
        [
            .integer("rank", "From 1; after two that are first comes a third.") { $0.rank },
            .flag("is_shared", "Whether others have the same rank.") { $0.isShared },
            .text("member", "The member's key.") { $0.memberKey },
            .text("member_name", "The member's name.") { $0.memberName },
            .text("category", "The key of its category.") { $0.category },
            .number("points", "All that it earned.") { $0.sum.total.number },
            .objects("rules", "The same by the charter's rules.", Shapes.pointLine) { $0.sum.lines },
            .flag("is_invented", "Whether a record that earned some of it is made up.") { $0.isInvented },
        ]
    )
}

extension Charter.Points {
    fileprivate var number: Double { Double(tenths) / 10 }
}

/// Other points than the charter's, to see what would be.
private enum Weights {
    static let parameter = Parameter<[String]>(
        "weight",
        .list(
            "What a record earns instead, rule by rule, with commas between: `participation=2,speaking=0.5`.",
            of: .text("The key of a rule, and points from 0 to 1000.", .weight),
            atLeast: 1,
            atMost: 50
        )
    ) { value in
        guard case .list(let values) = value else { return nil }
        return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    static func of(_ call: Call, on day: Day) throws -> PointWeights {
        guard let texts = try call.value(parameter) else { return .asStated }
        return try PointWeights(texts, charter: call.context.charter, on: day)
    }
}

extension Operation {
    static let getMemberPoints = one(
        "/members/{key}/points",
        id: "getMemberPoints",
        topic: .standing,
        summary: "Read the points of a member",
        detail: """
            What a member earned in a time by the charter in force on its last day, each with the record that earned \
            it. Give other weights to see what it would be.
            """,
        of: Shapes.points,
        access: .token(.readStanding, .readPortal),
        parameters: [MemberKey.parameter, DaySpan.from, DaySpan.through, Weights.parameter],
        problems: [.conflict]
    ) { call in
        let (key, span) = (try call.required(MemberKey.parameter), try DaySpan(call))
        let question = PointsOf(
            key,
            from: span.first,
            to: span.last,
            weights: try Weights.of(call, on: span.last),
            charter: call.context.charter,
            dues: call.context.duesRecord
        )
        return Record("points of \(key)", Shapes.points, question) { found, _ in ToldPoints(span: span, answer: found) }
    }

    static let listRanking: Operation = {
        let size = 200
        return pages(
            "/standing/ranking",
            id: "listRanking",
            topic: .standing,
            summary: "Rank the members",
            detail: """
                The members on the roll of the last day by the points that they earned in the time, the most first; \
                who has as many shares the rank, and who has none is not there.
                """,
            of: Shapes.rankedMember,
            named: "RankingPage",
            access: .token(.readStanding, .readStanding),
            parameters: [DaySpan.from, DaySpan.through, Weights.parameter],
            size: size,
            problems: [.conflict]
        ) { call, page in
            let span = try DaySpan(call)
            let question = Ranking(
                from: span.first,
                to: span.last,
                weights: try Weights.of(call, on: span.last),
                limit: page * size,
                charter: call.context.charter,
                dues: call.context.duesRecord
            )
            let found = try await call.ask(question)
            return Rows(rows: Array(found.rows.dropFirst((page - 1) * size)), total: found.ranked)
        }
    }()
}
