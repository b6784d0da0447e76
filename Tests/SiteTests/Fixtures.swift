import Charter
import DatabaseTesting
import Foundation
import HTML
import NIOCore
import Testing

@testable import Membership
@testable import Site
@testable import Web

/// The charter of a made-up association, so that no test leans on the words of a real one.
enum Ports {
    static let charter: Charter = {
        let (charter, problems) = Charter.lint(text: PortsCharter.text, file: "ports.yaml")
        guard let charter else { preconditionFailure("the charter of the tests is wrong: \(problems)") }
        return charter
    }()

    static func day(_ text: String) -> Day {
        guard let day = Day(text) else { preconditionFailure("\(text) is no day") }
        return day
    }

    static let today = day("2024-06-01")
    static let words = Words(charter: charter, day: today)
    static let countries: Countries = {
        do {
            return try Countries(
                text: """
                    a2,a3,name_en,name_ko,name_es,name_zh
                    DE,DEU,Germany,독일,Alemania,德国
                    NL,NLD,Netherlands,네덜란드,Países Bajos,荷兰
                    """,
                file: "test"
            )
        } catch { preconditionFailure("\(error)") }
    }()
}

/// What a piece of a page writes.
func markup(_ content: (HTMLWriter) -> Void) -> String {
    String(buffer: HTMLWriter.render(content))
}

extension RollRow {
    static func port(
        _ key: String,
        _ name: String,
        otherNames: String = "",
        category: String = "port",
        country: String? = "DE",
        region: String? = "upper",
        status: String = "moored",
        population: Int? = nil,
        sinceEarliest: String? = "2001-05-02",
        since: String? = "2001-05-02",
        isSample: Bool = false
    ) -> RollRow {
        RollRow(
            memberID: "id-\(key)",
            key: key,
            name: name,
            otherNames: otherNames,
            category: category,
            country: country,
            region: region,
            status: status,
            population: population,
            populationYear: population == nil ? nil : 2020,
            sinceEarliest: sinceEarliest,
            since: since,
            isSample: isSample
        )
    }
}

extension MemberProfile {
    static func port(_ key: String, _ name: String, isSample: Bool = false) -> MemberProfile {
        MemberProfile(
            id: "id-\(key)",
            key: key,
            name: name,
            category: "port",
            country: "DE",
            region: "upper",
            areaKm2: nil,
            website: nil,
            latitude: nil,
            longitude: nil,
            coordinatesSource: nil,
            tags: [],
            description: nil,
            source: Source(code: "S", locator: "Roll"),
            note: nil,
            isSample: isSample
        )
    }
}

extension MemberProfile.StatusEvent {
    init(_ status: String, _ earliest: String, _ latest: String, grounds: String? = nil) {
        self.init(
            status: status,
            earliest: earliest,
            latest: latest,
            grounds: grounds,
            decision: nil,
            source: MemberProfile.Source(code: "S", locator: "Roll"),
            note: nil
        )
    }
}
