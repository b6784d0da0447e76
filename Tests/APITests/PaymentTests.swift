import Access
import Database
import DatabaseTesting
import Dues
import HTTPTypes
import Testing

@testable import API

@Suite("Payments and banks' statements through the API")
struct PaymentTests {
    private static let payments = "/api/v1/payments"
    private static let statements = "/api/v1/bank-statements"

    private func payment(_ minor: Int, _ shares: [JSONValue] = [["member": "koeln"]]) -> JSONValue {
        [
            "received_on": "2024-06-01", "amount": DuesTests.euros(minor), "payer": "City treasury",
            "shares": .list(shares),
        ]
    }

    private func fields(_ reply: TestAPI.Reply) -> [String?] { reply.json.elements("errors").map { $0.text("field") } }

    private func owed(_ api: TestAPI, _ invoice: String, _ token: String) async throws -> Int? {
        try await api.get("/api/v1/invoices/\(invoice)", token: token).json["owed"]?.integer("minor")
    }

    @Test(arguments: TestEngine.all)
    func `a payment is entered once for its key, shared out anew, and undone`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let invoice = try await api.invoices()
            let finance = try await api.token(.finance)
            let once: HTTPFields = [.idempotencyKey: "a1"]
            for _ in 0..<2 {
                let made = try await api.send(
                    .post,
                    Self.payments,
                    token: finance,
                    body: payment(150_000),
                    headers: once
                )
                #expect(made.status == 201, "\(made.text)")
                #expect(made.json.elements("shares").map { $0["invoice_number"] } == [.text(invoice)])
            }
            #expect(try await owed(api, invoice, finance) == 50_000)
            let twin = try await api.send(.post, Self.payments, token: finance, body: payment(150_000))
            #expect(twin.status == 409 && fields(twin) == ["is_another"], "\(twin.text)")

            let listed = try await api.get("\(Self.payments)?member=koeln&fields=kind", token: finance)
            #expect(listed.json["total"] == 1)
            let address = "\(Self.payments)/\(listed.json.elements("data").first?.text("id") ?? "")"
            let credit: JSONValue = [
                "shares": [
                    ["invoice": .text(invoice), "amount": DuesTests.euros(100_000)],
                    ["member": "ruhrort", "is_credit": true],
                ],
                "grounds": "Their letter",
            ]
            let shared = try await api.change(.post, address, "/shares", token: finance, body: credit)
            #expect(shared.status == 200, "\(shared.text)")
            #expect(shared.json.elements("shares").map { $0["paid"]?.integer("minor") } == [100_000, 50_000])
            #expect(try await owed(api, invoice, finance) == 100_000)
            let account = try await api.get("/api/v1/members/ruhrort/account", token: finance)
            #expect(account.json.elements("balances").map { $0.integer("minor") } == [-50_000])

            let stale: HTTPFields = [.ifMatch: try #require(shared.headers[.eTag])]
            let why: JSONValue = ["grounds": "It bounced"]
            let undone = try await api.change(.post, address, "/undo", token: finance, body: why)
            #expect(undone.json["undone"]?["reason"] == "It bounced", "\(undone.text)")
            #expect(try await owed(api, invoice, finance) == 200_000)
            let again = try await api.send(
                .post,
                "\(address)/undo",
                token: finance,
                body: why,
                headers: stale
            )
            #expect(again.status == 412)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is wrong with a payment is told under the name by which it was sent`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let invoice = JSONValue.text(try await api.invoices())
            let finance = try await api.token(.finance)
            func send(_ shares: JSONValue..., amount: Int = 10_000) async throws -> TestAPI.Reply {
                try await api.send(.post, Self.payments, token: finance, body: payment(amount, shares))
            }
            let dollars: JSONValue = ["currency": "USD", "minor": 100]
            for (reply, wrong) in [
                (try await send(["member": "atlantis"]), "shares"), (try await send([:]), "shares[0].member"),
                (try await send(["invoice": "2020-0001"]), "shares[0].invoice"),
                (try await send(["member": "koeln", "amount": dollars]), "shares[0].amount"),
                (try await send(["invoice": invoice, "charge": dollars]), "shares[0].charge"),
                (try await send(["member": "koeln", "charge": DuesTests.euros(1)]), "shares[0].charge"),
                (try await send(["member": "koeln"], ["member": "ruhrort"]), "shares[1].amount"),
            ] {
                #expect(reply.status == 409 && fields(reply) == [wrong], "\(wrong): \(reply.text)")
            }
            let less = try await send(["member": "koeln", "amount": DuesTests.euros(9_000)])
            #expect(less.status == 409 && less.json["code"] == "payment.shares-differ")
            #expect(try await send().status == 400, "no share at all")
            #expect(try await send(["member": "koeln", "bank": "x"]).status == 400)
            #expect(try await send(["member": "koeln"], amount: 0).status == 400)
            #expect(try await api.get(Self.payments, token: finance).json["total"] == 0)
            let auditor = try await api.token(.auditor)
            let refused = try await api.send(.post, Self.payments, token: auditor, body: payment(1))
            #expect(refused.status == 403)
            #expect(try await api.get(Self.payments, token: auditor).status == 200)
            #expect(try await api.get(Self.payments, token: api.token(.officer)).status == 403)
            #expect(try await api.get(Self.payments, token: api.token(.representative)).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a credit is used for an invoice or paid back, and no more than there is`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let invoice = try await api.invoices()
            let finance = try await api.token(.finance)
            let share: JSONValue = ["member": "koeln", "is_credit": true]
            let paid = try await api.send(.post, Self.payments, token: finance, body: payment(30_000, [share]))
            #expect(paid.status == 201, "\(paid.text)")
            let uses = "/api/v1/invoices/\(invoice)/credit-uses"
            let used = try await api.send(.post, uses, token: finance, body: ["amount": DuesTests.euros(10_000)])
            #expect(used.status == 201 && used.json["kind"] == "credit", "\(used.text)")
            #expect(try await owed(api, invoice, finance) == 190_000)
            func refund(_ minor: Int) async throws -> TestAPI.Reply {
                let body: JSONValue = [
                    "member": "koeln", "amount": DuesTests.euros(minor), "paid_on": "2024-06-01",
                    "grounds": "They asked for it",
                ]
                return try await api.send(.post, "/api/v1/refunds", token: finance, body: body)
            }
            let tooMuch = try await refund(20_001)
            #expect(tooMuch.status == 409 && tooMuch.json["code"] == "payment.no-credit")
            let back = try await refund(20_000)
            #expect(back.status == 201 && back.json["kind"] == "refund", "\(back.text)")
            #expect(try await api.send(.post, uses, token: finance, body: [:]).status == 409, "nothing is left")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a rate is set, and a payment in another currency goes by it`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let invoice = try await api.invoices()
            let finance = try await api.token(.finance)
            let body: JSONValue = [
                "received_on": "2024-06-01", "amount": ["currency": "USD", "minor": 100_000],
                "shares": [["invoice": .text(invoice)]],
            ]
            let none = try await api.send(.post, Self.payments, token: finance, body: body)
            #expect(none.status == 409 && none.json["code"] == "payment.no-rate", "\(none.text)")
            let rates = "/api/v1/exchange-rates"
            func set(_ rate: String) async throws -> TestAPI.Reply {
                let body: JSONValue = [
                    "from": "USD", "to": "EUR", "day": "2024-05-31", "rate": .text(rate), "source": "Central bank",
                ]
                return try await api.send(.post, rates, token: finance, body: body)
            }
            #expect(fields(try await set("0,9")) == ["rate"])
            let made = try await set("0.9")
            #expect(made.status == 201 && made.json["rate"] == "0.9", "\(made.text)")
            #expect(try await api.get(rates, token: finance).json["total"] == 1)
            let paid = try await api.send(.post, Self.payments, token: finance, body: body)
            #expect(paid.status == 201, "\(paid.text)")
            #expect(paid.json.elements("shares").map { $0["settled"]?.integer("minor") } == [90_000])
            #expect(try await owed(api, invoice, finance) == 110_000)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a statement is tried, taken once, worked on line by line, and undone`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let invoice = try await api.invoices()
            let finance = try await api.token(.finance)
            let reference = try await api.value("SELECT reference FROM invoice")
            try await api.keepMapping()
            let table = """
                Day,Payer,Text,Amount
                2024-05-10,City treasury,Dues \(reference),2000.00
                2024-05-11,A stranger,Flowers,12.00
                2024-05-12,Another,Dues,30.00

                """
            func send(_ query: String = "", _ text: String? = nil) async throws -> TestAPI.Reply {
                let path = "\(Self.statements)?name=may.csv&mapping=House%20bank\(query)"
                return try await api.upload(path, Array((text ?? table).utf8), as: "text/csv", token: finance)
            }
            let tried = try await send("&dry_run=true")
            #expect(tried.status == 200 && tried.json["is_dry_run"] == true, "\(tried.text)")
            #expect(tried.json["booked"] == 1 && tried.json["open"] == 2)
            let lines = try #require(tried.json.elements("statements").first).elements("lines")
            #expect(lines.map { $0.flag("is_booked") } == [true, false, false])
            #expect(try await api.get(Self.statements, token: finance).json["data"] == [])

            let taken = try await send()
            #expect(taken.status == 201 && taken.json["booked"] == 1, "\(taken.text)")
            #expect(try await owed(api, invoice, finance) == 0)
            let again = try await send()
            #expect(again.status == 200 && again.headers[.location] == nil)
            #expect(again.json.elements("statements").map { $0["known_lines"] } == [3])

            let queue = try await api.get("/api/v1/bank-lines", token: finance)
            #expect(queue.json["total"] == 2)
            let ids = queue.json.elements("data").compactMap { $0.text("id") }
            let (flowers, dues) = ("/api/v1/bank-lines/\(ids[0])", "/api/v1/bank-lines/\(ids[1])")
            let why: JSONValue = ["grounds": "Flowers for the office"]
            let ignored = try await api.change(.post, flowers, "/ignore", token: finance, body: why)
            #expect(ignored.json["state"] == "ignored" && ignored.json["reason"] == "Flowers for the office")
            #expect(try await api.change(.post, flowers, "/reopen", token: finance, body: why).json["state"] == "open")
            let share: JSONValue = ["shares": [["member": "ruhrort"]]]
            let both: JSONValue = ["suggestion": 1, "shares": [["member": "ruhrort"]]]
            #expect(fields(try await api.change(.post, dues, "/match", token: finance, body: both)) == ["body"])
            let matched = try await api.change(.post, dues, "/match", token: finance, body: share)
            #expect(matched.status == 200 && matched.json["line"] == .text(ids[1]), "\(matched.text)")
            let line = try await api.get(dues, token: finance)
            #expect(line.json["state"] == "matched" && line.json["payment"] == matched.json["id"])
            #expect(try await api.change(.post, dues, "/match", token: finance, body: share).status == 409)

            let address = try #require(taken.headers[.location])
            let undone = try await api.change(.post, address, "/undo", token: finance, body: ["grounds": "Not ours"])
            #expect(undone.json["states"]?["undone"] == 3, "\(undone.text)")
            #expect(try await owed(api, invoice, finance) == 200_000)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a file that is no sound statement is refused, and nothing of it is kept`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let finance = try await api.token(.finance)
            try await api.keepMapping()
            func send(
                _ text: String,
                _ query: String = "",
                as type: String = "text/csv"
            ) async throws -> TestAPI.Reply {
                let path = "\(Self.statements)?name=may.csv\(query)"
                return try await api.upload(path, Array(text.utf8), as: type, token: finance)
            }
            let row = "Day,Payer,Text,Amount\n2024-05-10,City,Dues,2000.00\n"
            #expect(try await send(row).json["code"] == "statement.needs-mapping")
            let unknown = try await send(row, "&mapping=Other")
            #expect(unknown.status == 404 && unknown.json["code"] == "statement.no-such-mapping")
            let wrong = try await send("Day,Payer,Text,Amount\n2024-05-10,City,Dues,many\n", "&mapping=House%20bank")
            #expect(wrong.status == 409 && wrong.json["code"] == "statement.bad-line", "\(wrong.text)")
            let entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Document>&x;</Document>"
            #expect(try await send(entity, as: "application/xml").status == 409)
            #expect(try await send(row, as: "application/pdf").status == 415)
            let large = [UInt8](repeating: 0x20, count: (20 << 20) + 1)
            let refused = try await api.upload("\(Self.statements)?name=a.csv", large, as: "text/csv", token: finance)
            #expect(refused.status == 413)
            let officer = try await api.token(.officer)
            let path = "\(Self.statements)?name=may.csv&mapping=House%20bank&dry_run=true"
            #expect(try await api.upload(path, Array(row.utf8), as: "text/csv", token: officer).status == 403)
            #expect(try await api.get(Self.statements, token: finance).json["data"] == [])
        }
    }
}

extension TestAPI {
    /// Keeps how the house bank's tables are read.
    func keepMapping() async throws {
        let mapping = StatementMapping(
            columns: [
                .booked: [.init("Day")], .name: [.init("Payer")], .text: [.init("Text")], .amount: [.init("Amount")],
            ],
            account: "ACCOUNT-1",
            currency: "EUR"
        )
        try await database.run(SaveStatementMapping("House bank", mapping), as: Self.clerk, now: Self.now)
    }
}
