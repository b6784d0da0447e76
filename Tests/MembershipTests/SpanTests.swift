import Testing

@testable import Membership

@Suite struct SpanTests {
    private func spans(_ events: [(String, String, String)], names: [ProjectedMember.Name] = []) throws -> [Span] {
        var member = ProjectedMember(id: "1", key: "astana", category: "local-government", mainName: "Astana")
        member.statuses = events.map { .init(status: $0.0, earliest: $0.1, latest: $0.2) }
        member.names = names
        return try RollProjection(charter: Records.charter()).spans(of: member)
    }

    @Test func eachStatusLastsUntilTheNext() throws {
        let spans = try spans([
            ("member", "2010-01-01", "2010-12-31"), ("suspended", "2023-09-27", "2023-09-27"),
            ("terminated", "2024-03-01", "2024-03-01"),
        ])
        #expect(spans.map(\.status) == ["member", "suspended", "terminated"])
        #expect(spans.map(\.validFrom) == ["2010-12-31", "2023-09-27", "2024-03-01"])
        #expect(spans.map(\.validTo) == ["2023-09-27", "2024-03-01", "9999-12-31"])
        #expect(spans.map(\.perhapsFrom) == ["2010-01-01", "2023-09-27", "2024-03-01"])
        #expect(spans[0].since == spans[1].since)
        #expect(spans[2].since == nil)
    }

    @Test func leavingOnAnUnknownDayMakesTheTimeBeforeDoubtful() throws {
        let spans = try spans([("member", "2010-01-01", "2010-12-31"), ("left", "2011-01-01", "2020-12-31")])
        #expect(spans.first?.doubtfulFrom == "2011-01-01")
        #expect(spans.first?.validTo == "2020-12-31")
    }

    @Test func aNewNameBeginsANewSpan() throws {
        let spans = try spans(
            [("member", "2012-05-01", "2012-05-01")],
            names: [.init(name: "Nur-Sultan", kind: "name", from: "2019-03-23", to: "2022-09-16")]
        )
        #expect(spans.map(\.name) == ["Astana", "Nur-Sultan", "Astana"])
        #expect(spans.map(\.validFrom) == ["2012-05-01", "2019-03-23", "2022-09-17"])
    }

    @Test func comingBackBeginsAnew() throws {
        let spans = try spans([
            ("member", "2012-01-01", "2012-01-01"), ("withdrawn", "2015-01-01", "2015-01-01"),
            ("member", "2018-01-01", "2018-01-01"),
        ])
        #expect(spans.map { $0.since?.latest } == ["2012-01-01", nil, "2018-01-01"])
    }
}
