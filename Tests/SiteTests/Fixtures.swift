import Charter
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
        let (charter, problems) = Charter.lint(text: text, file: "ports.yaml")
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

    private static let text = """
        charter: 1
        association:
          key: ports
          short_name: Ports
          mark: Ports
          languages: [en, ko, es]
          names:
            - name: League of River Ports
              from: 2000-01-01
              source: S
              heading: H
        sources:
          - code: S
            title: Statutes
        versions:
          - effective: 2000-01-01
            adopted_by: Founders
            source: S
            heading: H
            categories:
              - key: port
                name: Port
                plural: Ports
                title: Full member
                full_member: true
                may_vote: true
                source: S
                heading: H
              - key: guild
                name: Guild
                plural: Guilds
                title: Friend
                full_member: false
                may_vote: false
                source: S
                heading: H
            regions:
              - key: upper
                name: Upper river
                order: 1
                countries: [DE]
                source: S
                heading: H
              - key: lower
                name: Lower river
                order: 2
                countries: [NL]
                source: S
                heading: H
            statuses:
              - key: moored
                name: Moored
                on_roll: true
                counts_for_quorum: true
                source: S
                heading: H
              - key: adrift
                name: Adrift
                on_roll: true
                counts_for_quorum: false
                source: S
                heading: H
              - key: sunk
                name: Sunk
                on_roll: false
                counts_for_quorum: false
                source: S
                heading: H
            membership:
              admission:
                counts_from: application-date
                approved_by: diet
                source: S
                heading: H
            bodies:
              - key: diet
                name: Diet
                composition: All.
                categories: [port]
                source: S
                heading: H
        translations:
          ko:
            League of River Ports: 하천항만연맹
            Port: 항구
            Ports: 항구
            Full member: 정회원
            Guild: 조합
            Guilds: 조합
            Friend: 친구
            Upper river: 상류
            Lower river: 하류
            Moored: 정박
            Adrift: 표류
            Sunk: 침몰
            Diet: 의회
          es:
            League of River Ports: Liga de Puertos Fluviales
            Port: Puerto
            Ports: Puertos
            Full member: Miembro pleno
            Guild: Gremio
            Guilds: Gremios
            Friend: Amigo
            Upper river: Río arriba
            Lower river: Río abajo
            Moored: Amarrado
            Adrift: A la deriva
            Sunk: Hundido
            Diet: Dieta
        """
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
