import Charter
import HTML
import Languages
import Testing

@testable import Membership
@testable import Site

@Suite struct HomeTests {
    private func change(
        _ key: String,
        _ status: String,
        _ day: String,
        grounds: String? = nil,
        category: String = "port",
        source: String = "S"
    ) -> RollChange {
        RollChange(
            memberKey: key,
            memberName: key.uppercased(),
            status: status,
            earliest: day,
            latest: day,
            grounds: grounds,
            category: category,
            country: "DE",
            sourceCode: source,
            locator: "Annex 1"
        )
    }

    private func told(_ changes: [RollChange]) -> [String] {
        LatelyLine.joined(changes).map { line in markup { latelySentence($0, line, Ports.words) } }
    }

    @Test func `a step of one member is told with its name`() {
        #expect(told([change("a", "moored", "2024-01-01")]) == [#"<a href="/members/a">A</a> joined."#])
        #expect(
            told([change("a", "sunk", "2024-01-01", grounds: "no dues")])
                == [#"<a href="/members/a">A</a> is now “Sunk”: no dues."#]
        )
    }

    @Test func `the same step of many on one day is one line that leads to their list`() {
        let changes = ["d", "a", "c", "b"].map { change($0, "sunk", "2024-01-01", grounds: "no dues") }
        #expect(
            told(changes) == [#"<a href="/members?category=port&amp;status=sunk">4 ports</a> are now “Sunk”: no dues."#]
        )
        #expect(
            told(Array(changes.prefix(3))) == [
                #"<a href="/members/a">A</a>, <a href="/members/c">C</a> and <a href="/members/d">D</a> are now “Sunk”: "#
                    + "no dues."
            ]
        )
    }

    @Test func `other days, categories, statuses and sources are other lines, the newest first`() {
        let changes = [
            change("a", "sunk", "2024-02-01"), change("b", "sunk", "2024-01-01"),
            change("c", "sunk", "2024-02-01", category: "guild"), change("d", "adrift", "2024-02-01"),
            change("e", "sunk", "2024-02-01", source: "T"), change("f", "sunk", "2024-02-01"),
        ]
        #expect(
            LatelyLine.joined(changes).map { $0.members.map(\.key) } == [["a", "f"], ["b"], ["c"], ["d"], ["e"]]
        )
    }

    @Test func `grounds that differ within a line are left out`() {
        let changes = [
            change("a", "sunk", "2024-01-01", grounds: "x"), change("b", "sunk", "2024-01-01", grounds: "y"),
        ]
        #expect(LatelyLine.joined(changes).map(\.grounds) == [nil])
    }

    @Test func `what a report counts and does not name is the latest figure less the named ones`() {
        func finding(
            _ key: String,
            _ category: String?,
            _ day: String,
            _ published: Double,
            _ derived: Double?
        ) -> Finding {
            Finding(
                statement: key,
                subject: "members",
                text: key,
                from: day,
                through: day,
                category: category,
                region: nil,
                published: published,
                unit: "members",
                source: "S",
                locator: nil,
                note: nil,
                derived: derived,
                derivation: .init(words: .empty, sentence: .empty),
                difference: derived.map { $0 - published },
                explanations: [],
                members: []
            )
        }
        let gaps = NotNamed.all(
            [
                finding("old", "guild", "2020-12-31", 35, 1), finding("new", "guild", "2021-12-31", 34, 5),
                finding("all", nil, "2021-12-31", 200, 100), finding("ports", "port", "2021-12-31", 10, 10),
            ],
            Ports.words
        )
        #expect(
            gaps == [
                NotNamed(
                    statement: "new",
                    category: "guild",
                    day: Ports.day("2021-12-31"),
                    published: 34,
                    named: 5,
                    source: FactSource(code: "S", locator: nil)
                )
            ]
        )
        #expect(gaps.map(\.missing) == [29])
    }

}
