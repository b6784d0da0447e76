import Charter
import Languages
import Testing

@Suite("The standing of a member on a day")
struct StandingOnDayTests {
    private let wego: CharterVersion
    private let ports: CharterVersion

    init() throws {
        wego = try #require(Charter.load(path: CharterFile.wego).versions.last)
        ports = try #require(Charter.load(path: CharterFile.riverPorts).versions.last)
    }

    /// Facts of 1 June 2024, written as days.
    private func facts(
        _ status: String = "member",
        due: String? = nil,
        paid: String? = nil,
        year: Int? = nil,
        invoices: Bool = false,
        on date: String = "2024-06-01"
    ) throws -> StandingDayFacts {
        StandingDayFacts(
            day: try day(date),
            status: status,
            firstPastDue: try due.map(day),
            owedPastDue: due == nil ? nil : .verbatim("USD 1,000"),
            lastPayment: try paid.map(day),
            lastPaidYear: year,
            hasInvoices: invoices
        )
    }

    @Test("is good when nothing is past due and something is paid, and would end with dues past due")
    func good() throws {
        let standing = try #require(wego.standing(facts(paid: "2024-02-01", year: 2024, invoices: true)))
        #expect(standing.key == "good" && standing.rule.id == "standing.good" && standing.citation.source == "GA5")
        #expect(
            standing.reason.english
                == "Nothing is past due. The dues of 2024 are paid or remitted. Its last payment came on 1 Feb 2024."
        )
        #expect(standing.change?.english == "If dues are 1 day past due, its standing is then: In arrears.")
    }

    @Test("is good by remission alone, and while a later invoice is not due yet")
    func remitted() throws {
        #expect(try wego.standing(facts(year: 2023, invoices: true))?.key == "good")
        // Due today is not past due.
        #expect(try wego.standing(facts(due: "2024-06-01", year: 2023, invoices: true))?.key == "good")
        #expect(try wego.standing(facts(due: "2024-05-31", year: 2023, invoices: true))?.key == "arrears")
    }

    @Test("is in arrears with what is owed and since when, until it is paid")
    func arrears() throws {
        let facts = try facts(due: "2024-03-01", paid: "2023-02-01", year: 2023, invoices: true)
        let standing = try #require(wego.standing(facts))
        #expect(standing.key == "arrears")
        #expect(standing.reason.english == "USD 1,000 is past due, the oldest of it since 1 Mar 2024.")
        #expect(
            standing.change?.english
                == "Once what is past due is paid, its standing is then: Good record of payment."
        )
    }

    @Test("is without a record before anything was paid, and a payment changes that")
    func noRecord() throws {
        let standing = try #require(wego.standing(facts()))
        #expect(standing.key == "no-record")
        #expect(standing.reason.english == "Neither an invoice nor a payment of it is on record.")
        #expect(
            standing.change?.english == "With a payment on record, its standing is then: Good record of payment."
        )
        let billed = try #require(wego.standing(facts(invoices: true)))
        #expect(billed.key == "no-record" && billed.reason.english == "No payment of it is on record.")
    }

    @Test("is suspended whatever was paid, and says what follows when that ends")
    func suspended() throws {
        let standing = try #require(wego.standing(facts("suspended", due: "2024-03-01", invoices: true)))
        #expect(standing.key == "suspended" && standing.reason.english == "Its status is: Suspended.")
        #expect(standing.change?.english == "Once its status is again: Member, its standing is then: In arrears.")
        let paid = try #require(wego.standing(facts("suspended", paid: "2024-03-01", invoices: true)))
        #expect(
            paid.change?.english == "Once its status is again: Member, its standing is then: Good record of payment."
        )
    }

    @Test(
        "goes by another association's own rules, asked in its own order",
        arguments: [
            ("afloat", nil, nil, false, "drifting"), ("afloat", nil, "2022-06-01", true, "under-sail"),
            ("afloat", nil, "2022-05-31", true, "becalmed"), ("afloat", nil, "2024-06-02", true, "becalmed"),
            ("afloat", "2024-05-02", "2024-05-01", true, "stranded"), ("sunk", "2024-05-02", nil, true, "becalmed"),
            ("afloat", "2024-05-03", "2024-05-01", true, "becalmed"), ("aground", nil, nil, true, "becalmed"),
        ] as [(String, String?, String?, Bool, String)]
    )
    func otherRules(status: String, due: String?, paid: String?, invoices: Bool, key: String) throws {
        let facts = try facts(status, due: due, paid: paid, invoices: invoices)
        #expect(ports.standing(facts)?.key == key)
        #expect(ports.standingRule(of: facts)?.key == key)
        #expect(ports.standings.first { $0.holds(facts) }?.key == key)
    }

    @Test("tells until when a payment counts, and what dues past due would do")
    func lapses() throws {
        let standing = try #require(ports.standing(facts("afloat", paid: "2023-05-01", invoices: true)))
        #expect(standing.reason.english == "Nothing is past due. Its last payment came on 1 May 2023.")
        #expect(
            standing.change?.english
                == "Without another payment before 2 May 2025, its standing is then: Becalmed. If dues are 30 days "
                + "past due, its standing is then: Stranded."
        )
        // 29 February becomes 1 March.
        let leap = try #require(ports.standing(facts("afloat", paid: "2024-02-29", invoices: true)))
        #expect(leap.change?.english.hasPrefix("Without another payment before 2 Mar 2026,") == true)
    }

    @Test("says where a record that it rests on is made up")
    func invented() throws {
        var facts = try facts(paid: "2024-02-01")
        facts.isInvented = true
        #expect(wego.standing(facts)?.reason.english.hasSuffix("Some of these records are made up.") == true)
    }

    @Test("is nothing where the charter has no standing")
    func none() throws {
        let first = try #require(Charter.load(path: CharterFile.wego).versions.first)
        #expect(try first.standing(facts()) == nil)
    }
}
