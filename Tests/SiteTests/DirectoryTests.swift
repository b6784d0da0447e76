import Charter
import HTML
import Languages
import Testing

@testable import Membership
@testable import Site

@Suite struct DirectoryTests {
    private func table(_ rows: [RollRow]) -> String {
        markup { h in
            rollTable(
                h,
                rows,
                RollTable(
                    caption: say("Ports"),
                    showsRegionAndCategory: false,
                    words: Ports.words,
                    countries: Ports.countries
                )
            )
        }
    }

    @Test func `a row tells what is known, and is quiet about a member in good standing`() {
        let row = RollRow.port("koeln", "Köln", otherNames: "Cologne", population: 1_073_096)
        #expect(
            table([row]).hasSuffix(
                #"<tbody><tr><th scope="row"><a href="/members/koeln">Köln</a><span class="also">Cologne</span></th>"#
                    + #"<td><a class="plain" href="/countries/de">Germany</a></td>"#
                    + #"<td class="num narrow-hide">1,073,096</td><td class="num since">2001</td></tr></tbody></table>"#
            )
        )
    }

    @Test func `a script in a name, or anywhere else in a row, is text`() {
        let evil = #""><script>alert(1)</script>"#
        let row = RollRow.port(
            evil,
            evil,
            otherNames: evil,
            category: evil,
            country: evil,
            region: evil,
            status: evil,
            sinceEarliest: evil,
            since: evil
        )
        let page = markup { h in
            rollTable(h, [row], RollTable(caption: .verbatim(evil), words: Ports.words, countries: Ports.countries))
        }
        #expect(!page.contains("<script"))
        #expect(page.contains("&lt;script&gt;"))
    }

    @Test func `a status that is not the usual one, a sample, and what is not known are shown`() {
        let row = RollRow.port(
            "x",
            "X",
            country: nil,
            status: "adrift",
            sinceEarliest: "2000-01-01",
            since: "2005-12-31",
            isSample: true
        )
        #expect(
            table([row]).hasSuffix(
                #"<a href="/members/x">X</a><span class="also"><span class="status status-adrift">Adrift</span></span>"#
                    + #"<span class="also"><span class="tag">Invented sample</span></span></th><td>–</td>"#
                    + #"<td class="num narrow-hide">–</td><td class="num since">by 2005</td></tr></tbody></table>"#
            )
        )
    }

    private func model(
        _ address: MembersAddress,
        total: Int,
        isOpen: Bool = false,
        corrected: [String] = [],
        rows: [RollRow] = []
    ) -> MembersPage {
        let found = RollPage(rows: rows, total: total, isTotalOpen: isOpen, correctedWords: corrected)
        return MembersPage(
            address: address,
            today: Ports.today,
            found: found,
            counts: RollCounts(
                onRoll: 0,
                everybody: 0,
                byRegion: [:],
                certainty: RollCertainty(perhapsGone: 0, perhapsMembers: 0)
            ),
            words: Ports.words,
            countries: Ports.countries,
            countryChoices: []
        )
    }

    @Test func `the summary says what was asked for`() {
        var address = MembersAddress()
        #expect(MembersSummary(model(address, total: 1)).plain.english == "1 member today")
        address.category = "port"
        address.region = "upper"
        address.day = Ports.day("2021-12-31")
        #expect(
            MembersSummary(model(address, total: 1160)).plain.english
                == "1,160 ports in Upper river on 31 December 2021"
        )
        address.search = "Atlantis"
        address.standing = .only("sunk")
        #expect(
            MembersSummary(model(address, total: 0)).plain.english
                == "No member found for “Atlantis” in Upper river with the status “Sunk” on 31 December 2021"
        )
        #expect(
            MembersSummary(model(MembersAddress().with { $0.search = "a" }, total: 1000, isOpen: true)).plain.english
                == "More than 1,000 members for “a” today"
        )
    }

    @Test func `chips stand in the order of the form, and each takes itself away`() {
        var address = MembersAddress()
        address.day = Ports.day("2021-12-31")
        address.tag = "deep"
        address.standing = .any
        address.country = "NL"
        address.region = "lower"
        address.category = "guild"
        address.search = "x"
        let chips = MemberChip.all(model(address, total: 0))
        #expect(
            chips.map(\.text.english) == [
                "“x”", "Guilds", "Lower river", "Netherlands", "Any status", "Tag: deep", "On 31 Dec 2021",
            ]
        )
        #expect(
            chips.first?.without.address()
                == "/members?category=guild&region=lower&country=nl&tag=deep&status=any&on=2021-12-31"
        )
        #expect(
            chips.last?.without.address() == "/members?q=x&category=guild&region=lower&country=nl&tag=deep&status=any"
        )
    }

    @Test(arguments: [
        (RollCertainty(perhapsGone: 0, perhapsMembers: 0), ""),
        (
            RollCertainty(perhapsGone: 0, perhapsMembers: 41),
            "For 41 more members no report gives the day of joining; they may have been members on this day."
        ),
        (
            RollCertainty(perhapsGone: 1, perhapsMembers: 1),
            "For 1 more member no report gives the day of joining; it may have been a member on this day. "
                + "1 of those counted may have left before this day: no report gives the day on which it left."
        ),
    ]) func `what the records leave open is said plainly`(_ certainty: RollCertainty, _ sentence: String) {
        #expect(certaintySentence(certainty).english == sentence)
    }
}
