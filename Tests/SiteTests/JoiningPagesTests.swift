import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import HTML
import HTTPTypes
import Identity
import Joining
import Languages
import NIOCore
import Testing

@testable import Membership
@testable import Site
@testable import Web

@Suite struct JoiningPagesTests {
    private func charter() throws -> Charter {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../CharterTests/Fixtures/river-ports.yaml").standardizedFileURL.path()
        return try Charter.load(path: path)
    }

    private func join(_ day: String = "2024-06-01") throws -> String {
        let charter = try charter()
        let day = try #require(Day(day))
        let version = try #require(charter.version(on: day))
        return markup { joinContent($0, version, Words(charter: charter, day: day)) }
    }

    @Test func `what membership brings, asks and costs is the charter's, each with its source`() throws {
        let page = try join()
        #expect(page.contains("A berth in every other port <span class=\"source\">DEED, Article 5</span>"))
        #expect(page.contains("As long as there are pilots."))
        #expect(page.contains("In the statutes"))
        #expect(page.contains("a full member, with a vote."))
        #expect(page.contains("a full member, without a vote."))
        #expect(page.contains("no full member, without a vote."))
        #expect(page.contains("Imprint of the seal <span class=\"source\">DEED</span>"))
        #expect(page.contains("Chart of the river, if you have it"))
        #expect(page.contains("EUR\u{A0}900"))
        #expect(page.contains("The Diet decides."))
        #expect(page.contains("from the day of your first payment"))
        #expect(page.contains("href=\"/join/start?category=shipyard\""))
    }

    @Test func `what no source tells is said, not left out`() throws {
        let page = try join()
        // Shipyards and friends have neither.
        #expect(page.components(separatedBy: "No source that is published says it for this category.").count == 3)
        #expect(page.components(separatedBy: "The charter has no fee for it.").count == 3)
    }

    @Test(arguments: [(nil, 0), (0, 0), (1, 1), (4, 1), (5, 1)] as [(Double?, Int)])
    func `the band of one's own figure is marked`(_ quays: Double?, _ marks: Int) throws {
        let schedule = try #require(try charter().versions.last?.feeSchedule("ports"))
        let table = markup { $0.feeSchedule(schedule, isNamed: false, figure: quays) }
        #expect(table.components(separatedBy: "by what you entered").count - 1 == marks)
    }

    private func form(_ body: String) throws -> ApplicantForm { ApplicantForm(try FormValues(urlEncoded: body)) }

    @Test func `a box comes with the mark that the page had of it`() throws {
        let sent = try form("name=+Visby+&seen-name=m1&reason=One%0D%0ATwo&seen-reason=m2&unknown=x&seen-website=m3")
        #expect(sent.typed.count == 2)
        #expect(sent.typed[.name] == TypedField("Visby", seen: PartMark("m1")))
        #expect(sent.typed[.reason]?.seen == PartMark("m2"))
    }

    @Test func `where what another device wrote shall stand, the box is not sent`() throws {
        let sent = try form("name=Mine&seen-name=m1&choice-name=there&head=Mine&seen-head=m2&choice-head=mine")
        #expect(Array(sent.typed.keys) == [.head])
    }

    @Test(
        arguments: [
            ("category=port&seen-category=port", nil), ("category=port&seen-category=guild", "port"), ("", nil),
            ("category=&seen-category=port", nil),
        ] as [(String, String?)]
    )
    func `a category counts only where another one was chosen`(_ body: String, _ category: String?) throws {
        #expect(try form(body).category == category)
    }

    @Test(arguments: [
        ("", ApplicantForm.Deed.save), ("then=save", .save), ("then=send", .send), ("then=answer", .answer),
        ("then=else", .save), ("remove=id-1", .remove(document: "id-1")), ("same_as=visby", .same(as: "visby")),
        ("same_as=no+one", .same(as: nil)),
    ])
    func `the button that was pressed says what is done`(_ body: String, _ deed: ApplicantForm.Deed) throws {
        #expect(try form(body).deed == deed)
    }

    @Test func `a link that opens nothing says so, is kept by nobody and told to nobody`() async throws {
        try await withRooms(.sqlite) { rooms in
            for key in [String(repeating: "A", count: 43), "short", ""] {
                for path in ["/join/application", "/join/application/document", "/join/application/withdraw"] {
                    let (status, headers) = try await rooms.send(.get, "\(path)?key=\(key)", nil)
                    #expect(status == .gone, "\(path)")
                    #expect(headers[.cacheControl] == "private, no-store", "\(path)")
                    #expect(headers[.referrerPolicy] == "no-referrer", "\(path)")
                }
            }
        }
    }
}
