import Charter
import Foundation
import Languages
import Testing

@testable import Membership
@testable import Site

/// The invented association, so that nothing here can know a real one's categories.
func riverPorts(on day: String = "2001-01-01") throws -> Words {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../CharterTests/Fixtures/river-ports.yaml").standardizedFileURL.path()
    return Words(charter: try Charter.load(path: path), day: try #require(Day(day)))
}

@Suite struct FiguresTests {
    private func finding(
        _ published: Double,
        _ derived: Double?,
        unit: String = "members",
        subject: Subject = .members,
        category: String? = nil,
        region: String? = nil,
        text: String = "Ports of 2000",
        derivation: String = "members on the roll of 2000-12-31",
        explanations: [Finding.Explanation] = []
    ) -> Finding {
        Finding(
            statement: "s",
            subject: subject.rawValue,
            text: text,
            from: "2000-12-31",
            through: "2000-12-31",
            category: category,
            region: region,
            published: published,
            unit: unit,
            source: "DEED",
            locator: nil,
            note: nil,
            derived: derived,
            derivation: .init(words: .verbatim(derivation), sentence: .verbatim("\(derivation).")),
            difference: derived.map { $0 - published },
            explanations: explanations,
            members: []
        )
    }

    private let known = Finding.Explanation(member: nil, memberName: nil, kind: "unknown", text: "Three are not named.")
    private let open = Finding.Explanation(member: nil, memberName: nil, kind: "unexplained", text: "Nobody knows.")

    @Test func `a figure that agrees says so`() {
        let same = finding(1_210, 1_210)
        #expect(same.sentence.english == "Published: 1,210. The records give the same.")
        #expect(same.agreement == .agrees)
        #expect(same.signedDifference?.english == "0")
    }

    @Test func `a figure that differs says by how much and in which direction`() {
        #expect(finding(34, 31).sentence.english == "Published: 34. The records give 31, 3 less.")
        #expect(finding(34, 31).signedDifference?.english == "−3")
        #expect(finding(4, 6).sentence.english == "Published: 4. The records give 6, 2 more.")
        #expect(finding(4, 6).signedDifference?.english == "+2")
        #expect(
            finding(26, 30, unit: "percent").sentence.english
                == "Published: 26 %. The records give 30 %, 4 percentage points more."
        )
    }

    @Test func `a figure that the records cannot give says why`() {
        let none = finding(113_400_000, nil, derivation: "viewers are not in the records")
        #expect(
            none.sentence.english
                == "Published: 113,400,000. The records cannot give this figure: viewers are not in the records."
        )
        #expect(none.agreement == .underivable)
        #expect(none.signedDifference == nil)
    }

    @Test func `a difference is explained only when all of it is`() {
        #expect(finding(34, 31).agreement == .unexplained)
        #expect(finding(34, 31, explanations: [known]).agreement == .explained)
        #expect(finding(34, 31, explanations: [known, open]).agreement == .unexplained)
    }

    @Test func `members that are counted and not named are told by number`() throws {
        let words = try riverPorts()
        #expect(
            finding(34, 31, category: "shipyard").notNamed(words)?.english
                == "34 shipyards are published, 31 are named here: 3 not named."
        )
        #expect(finding(2, 1).notNamed(words)?.english == "2 members are published, 1 is named here: 1 not named.")
        #expect(
            finding(1, 0, category: "shipyard").notNamed(words)?.english
                == "1 shipyard is published and not named here."
        )
        #expect(finding(31, 34, category: "shipyard").notNamed(words) == nil)
        #expect(finding(41, 40, subject: .quorum).notNamed(words) == nil)
        #expect(finding(41, nil).notNamed(words) == nil)
    }

    @Test func `a title names the category or region that the statement's words leave open`() throws {
        let words = try riverPorts()
        #expect(finding(1, 1, text: "New in 2000").title(words).english == "New in 2000")
        #expect(finding(1, 1, category: "port", text: "New in 2000").title(words).english == "New in 2000: ports")
        #expect(finding(1, 1, category: "port", text: "Ports of 2000").title(words).english == "Ports of 2000")
        #expect(
            finding(1, 1, subject: .membersInRegion, category: "port", region: "rhine", text: "Of this river").title(
                words
            ).english
                == "Of this river: Rhine"
        )
    }

    @Test func `the counts of agreement are one sentence`() {
        #expect(AgreementCounts([]).sentence.english == "The records hold no published figure.")
        #expect(AgreementCounts([finding(1, 1)]).sentence.english == "1 published figure: 1 agrees with the records.")
        let all = [finding(1, 1), finding(2, 2), finding(3, 1, explanations: [known]), finding(3, 1), finding(9, nil)]
        #expect(
            AgreementCounts(all).sentence.english
                == "5 published figures: 2 agree with the records, 1 differs for a reason that is known, "
                + "1 differs and not all of it is explained and 1 cannot be counted from records of members."
        )
    }
}
