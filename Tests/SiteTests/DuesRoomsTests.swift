import Access
import Charter
import Dues
import Languages
import Testing

@testable import Site
@testable import Web

@Suite struct DuesRoomsTests {
    private static func query(_ text: String) throws -> QueryParameters { try QueryParameters(text: text) }
    private static var today: Day {
        get throws { try #require(Day("2024-03-05")) }
    }

    @Test(arguments: [
        ("", ""), ("page=1", ""), ("q=RF12&page=2", "?q=RF12&page=2"),
        ("state=overdue&year=2024&member=visby", "?year=2024&state=overdue&member=visby"),
    ])
    func `the list of invoices keeps what it asks for in its address`(_ given: String, _ query: String) throws {
        #expect(try InvoiceListAddress(Self.query(given)).text == ConsoleDues.invoices + query)
    }

    @Test(arguments: ["state=lost", "year=twenty", "page=0"])
    func `what a list does not know is told, not guessed`(_ given: String) {
        #expect(throws: RequestProblem.self) { try InvoiceListAddress(Self.query(given)) }
    }

    @Test func `a dry run is of this year and of all members unless its address says otherwise`() throws {
        let plain = try DuesPlanAddress(Self.query(""), today: Self.today)
        #expect(plain.year == 2024)
        #expect(plain.view == .all)
        #expect(plain.page == 1)
        #expect(plain.issuedOn == nil)
        let told = try DuesPlanAddress(
            Self.query("year=2023&issued_on=2023-02-01&show=missing&page=2"),
            today: Self.today
        )
        #expect(told.with { $0.page = 1 } == "/console/dues/plan?year=2023&issued_on=2023-02-01&show=missing")
    }

    @Test func `what becomes of a member stands under one tab of the dry run beside all`() {
        let nothing = DuesPlan.Outcome.nothing(say("There is none."))
        let outcomes: [(DuesPlan.Outcome, PlanView)] = [
            (.invoiced("2024-0001"), .invoiced), (.madeUp("2024-0001"), .invoiced), (nothing, .nothing),
            (.noSchedule, .nothing), (.missing([]), .missing),
        ]
        for (outcome, view) in outcomes {
            #expect(PlanView.allCases.filter { $0.admits(outcome) } == [.all, view])
        }
    }

    @Test func `what waits and the journal lead to the page of the thing`() {
        #expect(ConsoleDues.of("invoice", "i1") == "/console/dues/invoices/i1")
        #expect(ConsoleDues.of("invoice-dispute", "2024-0001") == "/console/dues/invoices/2024-0001")
        #expect(ConsoleDues.of("dues-run", "r1") == "/console/dues/runs/r1")
        #expect(ConsoleDues.of("payment", "p1") == "/console/dues/payments/p1")
        #expect(ConsoleDues.of("bank-line", "l1") == "/console/dues/lines/l1")
        #expect(ConsoleDues.of("bank-statement", "s1") == "/console/dues/statements/s1")
        #expect(ConsoleDues.of("relief-request", "q1") == "/console/dues/relief/q1")
        #expect(ConsoleDues.of("member", "m1") == nil)
    }

    @Test func `rows of a payment in which nothing was typed are none, and the others keep their order`() {
        let form = FormValues([
            .init("shares", "3"), .init("invoice-1", "2024-0001"), .init("amount-1", " 500 "), .init("member-2", ""),
            .init("member-3", "Visby"), .init("credit-3", "on"),
        ])
        let rows = ShareRows(form)
        #expect(
            rows.filled == [
                ShareDraft(invoice: "2024-0001", amount: "500"), ShareDraft(member: "Visby", isCredit: true),
            ]
        )
        #expect(rows.shown == 2)
        #expect(!ShareRows.asksForMore(form))
    }

    @Test func `one more row is shown where it was asked for, and never more than there may be`() {
        let more = FormValues([.init("split-shares", "1"), .init("split-more", "1"), .init("split-member-1", "Visby")])
        let form = NamedForm("split")
        #expect(ShareRows.asksForMore(more, in: form))
        #expect(ShareRows(more, in: form).shown == 2)
        #expect(!ShareRows.asksForMore(more))
        let many = FormValues(
            [.init("shares", "9999"), .init("more", "1")]
                + (1...60).map { FormValues.Field("member-\($0)", "Visby") }
        )
        #expect(ShareRows(many).shown == ShareRows.most)
        #expect(ShareRows(many).filled.count == ShareRows.most)
    }

    @Test func `the comparison is of this year with the one before, and its file of the same`() throws {
        let plain = try FeeComparisonAddress(Self.query(""), today: Self.today)
        #expect([plain.from, plain.to] == [2023, 2024])
        let told = try FeeComparisonAddress(
            Self.query("from=2022&to=2024&on=2023-12-31&change=more&page=3"),
            today: Self.today
        )
        #expect(told.fileAddress == "/console/dues/comparison/members.csv?from=2022&to=2024&on=2023-12-31")
        #expect(
            told.with { ($0.change, $0.page) = (nil, 1) } == "/console/dues/comparison?from=2022&to=2024&on=2023-12-31"
        )
    }

    @Test func `points are counted in the year of the last day unless the first is told`() throws {
        let today = try Self.today
        #expect(try PointsTimeAddress(Self.query(""), today: today).query == "from=2024-01-01&to=2024-03-05")
        #expect(
            try PointsTimeAddress(Self.query("to=2022-06-30"), today: today).query == "from=2022-01-01&to=2022-06-30"
        )
        #expect(
            try PointsTimeAddress(Self.query("from=2021-07-01&to=2022-06-30"), today: today).query
                == "from=2021-07-01&to=2022-06-30"
        )
    }

    @Test func `members by standing keep day, standing and page in the address`() throws {
        let address = try StandingMembersAddress(Self.query("on=2023-01-01&standing=arrears&page=4"))
        #expect(address.with { $0.page = 1 } == "/console/standing/members?on=2023-01-01&standing=arrears")
        #expect(try StandingMembersAddress(Self.query("")).with { _ in } == "/console/standing/members")
    }

    @Test func `the address of a file that waits says how it is read`() {
        let sent = SentStatement(hash: "ab12", name: "May 2024.csv", mapping: "Harbour bank", isInvented: true)
        #expect(
            sent.address == "/console/dues/statements/new/ab12?name=May+2024.csv&mapping=Harbour+bank&invented=1"
        )
        #expect(
            sent.mappingAddress
                == "/console/dues/statements/mappings/new?file=ab12&name=May+2024.csv&mapping=Harbour+bank&invented=1"
        )
    }

    @Test func `a mapping is read from its form, with the text in several columns`() throws {
        let form = MappingForm(
            try FormValues(
                urlEncoded: "name=Harbour&account=SE1&currency=eur&delimiter=semicolon&decimal=comma&thousands=point"
                    + "&days=dd.mm.yyyy&encoding=latin-1&header=on&skipped_lines=2&column-booked=Datum"
                    + "&column-amount=%233&column-text=Text&column-text-2=&column-text-3=Mer"
            )
        )
        #expect(form.name == "Harbour")
        #expect(
            form.mapping
                == StatementMapping(
                    columns: [
                        .booked: [.init("Datum")], .amount: [.init("#3")], .text: [.init("Text"), .init("Mer")],
                    ],
                    account: "SE1",
                    currency: "EUR",
                    delimiter: .semicolon,
                    decimal: .comma,
                    thousands: .point,
                    days: .dayMonthYear,
                    encoding: .latin1,
                    skippedLines: 2
                )
        )
        #expect(form.sent == nil)
    }
}
