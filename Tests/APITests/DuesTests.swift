import Access
import Database
import DatabaseTesting
import Dues
import HTTPTypes
import Logging
import Testing

@testable import API

@Suite("Fees, invoices and accounts through the API")
struct DuesTests {
    private static let koeln = "/api/v1/members/koeln"
    private static let inputs = "/api/v1/fee-inputs"

    /// An amount as it is sent and told.
    static func euros(_ minor: Int) -> JSONValue { ["currency": "EUR", "minor": .integer(minor)] }

    private static func minor(_ value: JSONValue?) -> Int? { value?.integer("minor") }

    @Test(arguments: TestEngine.all)
    func `anybody reads the tables of a year and asks what a fee would be`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let tables = try await api.get("/api/v1/fees?year=2024")
            #expect(tables.status == 200, "\(tables.text)")
            #expect(tables.json.elements("data").map { $0.text("key") } == ["harbours", "crafts"])
            let crafts = try #require(tables.json.elements("data").last)
            #expect(crafts.elements("bands").map { Self.minor($0["fee"]) } == [10_000, 30_000])
            #expect(crafts.elements("rulings").first?["grounds"] == "The table has no row for these.")

            let asked = "/api/v1/fees/what-if?year=2024"
            let large = try await api.get("\(asked)&category=port&population=100000")
            #expect(large.json["outcome"] == "fee" && large.json["member"] == .null, "\(large.text)")
            #expect(large.json["amount"] == ["currency": "EUR", "minor": 200_000, "text": "EUR\u{a0}2,000.00"])
            #expect(large.json["rule"] == "fees.harbours" && large.json["is_assumed"] == true)
            let settled = try await api.get("\(asked)&category=guild&kind=smiths&hands=15")
            #expect(settled.json["rulings"] == ["from-10-to-19"] && settled.json["band"] == .null)
            #expect(Self.minor(settled.json["amount"]) == 10_000)
            let missing = try await api.get("\(asked)&category=guild")
            #expect(missing.json["outcome"] == "missing" && missing.json["amount"] == .null)
            #expect(missing.json.elements("missing").map { $0.text("code") } == ["kind", "figure"])

            let wrong = [
                "category=fleet", "kind=smiths", "category=port&population=-1", "category=port&population=1.5",
            ]
            for query in wrong {
                #expect(try await api.get("\(asked)&\(query)").status == 400, "\(query)")
            }
            let early = try await api.get("/api/v1/fees?year=1950")
            #expect(early.status == 409 && early.json["code"] == "fees.no-rules")
        }
    }

    @Test(arguments: TestEngine.all)
    func `the fee of a member is told to it and the office, and the roll's to the office alone`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let (own, finance) = (try await api.token(.representative), try await api.token(.finance))
            let fee = try await api.get("\(Self.koeln)/fee?year=2024", token: own)
            #expect(fee.status == 200, "\(fee.text)")
            #expect(Self.minor(fee.json["amount"]) == 200_000 && fee.json["is_assumed"] == false)
            #expect(fee.json["figure"]?["value"] == 1_073_096)
            let smaller = try await api.get("\(Self.koeln)/fee?year=2024&population=5", token: own)
            #expect(Self.minor(smaller.json["amount"]) == 50_000 && smaller.json["is_assumed"] == true)
            #expect(try await api.get("/api/v1/members/ruhrort/fee", token: own).status == 403)
            #expect(try await api.get("/api/v1/members/atlantis/fee", token: finance).status == 404)

            let roll = try await api.get("/api/v1/fees/roll?year=2024&outcome=missing&fields=sentence", token: finance)
            #expect(roll.json["total"] == 1)
            #expect(roll.json.elements("data").map { $0.text("member") } == ["ruhrort"])
            #expect(roll.json.elements("data").first?["amount"] == nil)
            #expect(try await api.get("/api/v1/fees/roll", token: own).status == 403)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a figure is entered once for its key, corrected, and withdrawn in the state that was read`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let body: JSONValue = [
                "member": "ruhrort", "measure": "population", "value": 40_000, "as_of": "2023", "source": "A letter",
            ]
            let once: HTTPFields = [.idempotencyKey: "a1"]
            let made = try await api.send(.post, Self.inputs, token: office, body: body, headers: once)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.json["value"] == 40_000 && made.json["precision"] == "year")
            #expect(made.json["state"] == "in-force")
            let again = try await api.send(.post, Self.inputs, token: office, body: body, headers: once)
            #expect(again.text == made.text)
            #expect(try await api.send(.post, Self.inputs, token: office, body: body).status == 409, "the very same")
            let fee = try await api.get("/api/v1/members/ruhrort/fee?year=2024", token: office)
            #expect(Self.minor(fee.json["amount"]) == 50_000)

            let address = try #require(made.headers[.location])
            let why: JSONValue = ["grounds": "It was Duisburg's"]
            let withdrawn = try await api.change(.post, address, "/withdrawal", token: office, body: why)
            #expect(withdrawn.json["state"] == "withdrawn" && withdrawn.json["reason"] == "It was Duisburg's")
            #expect(try await api.change(.post, address, "/withdrawal", token: office, body: why).status == 409)
            #expect(try await api.get(Self.inputs, token: office).json["total"] == 0)
            #expect(try await api.get("\(Self.inputs)?all=true&member=ruhrort", token: office).json["total"] == 1)

            let nobody: JSONValue = ["measure": "population", "value": 1, "as_of": "2023", "source": "A letter"]
            let refused = try await api.send(.post, Self.inputs, token: office, body: nobody)
            #expect(refused.status == 409)
            #expect(refused.json.elements("errors").map { $0.text("field") } == ["member"])
            let auditor = try await api.token(.auditor)
            #expect(try await api.send(.post, Self.inputs, token: auditor, body: body).status == 403)
            #expect(try await api.get(address, token: auditor).status == 200)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a file of figures is taken whole or not at all, and changes nothing the second time`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let office = try await api.token(.officer)
            let path = "/api/v1/fee-input-files?name=figures.csv"
            func send(_ rows: String...) async throws -> TestAPI.Reply {
                let text = (["member,measure,value,as_of,source"] + rows).joined(separator: "\n") + "\n"
                return try await api.upload(path, Array(text.utf8), as: "text/csv", token: office)
            }
            let good = "ruhrort,population,40000,2023,Their letter"
            let refused = try await send(good, "koeln,population,many,2023,Their letter")
            #expect(refused.status == 409 && refused.json["code"] == "fees.rows-refused", "\(refused.text)")
            #expect(try await api.get(Self.inputs, token: office).json["total"] == 0)
            let taken = try await send(good)
            #expect(taken.status == 201 && taken.json == ["entered": 1, "corrected": 0, "known": 0], "\(taken.text)")
            let again = try await send(good)
            #expect(again.status == 200 && again.json == ["entered": 0, "corrected": 0, "known": 1])
            #expect(try await send("harbour").status == 409)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a run is planned, started and read, and its invoice is the member's and the office's`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let finance = try await api.token(.finance)
            let plan = try await api.get("/api/v1/dues-plan?year=2024", token: finance)
            #expect(plan.status == 200, "\(plan.text)")
            #expect(plan.json["invoice"] == 1 && plan.json["missing"] == 1 && plan.json["invoiced"] == 0)
            #expect(plan.json.elements("totals").map { Self.minor($0) } == [200_000])
            let lines = try await api.get("/api/v1/dues-plan/lines?year=2024&outcome=missing", token: finance)
            #expect(lines.json.elements("data").map { $0.text("member") } == ["ruhrort"])

            let runs = "/api/v1/dues-runs"
            let late = try await api.send(.post, runs, token: finance, body: ["year": 2030])
            #expect(late.status == 409 && late.json.elements("errors").map { $0.text("field") } == ["year"])
            let office = try await api.token(.officer)
            #expect(try await api.send(.post, runs, token: office, body: ["year": 2024]).status == 403)
            let started = try await api.send(.post, runs, token: finance, body: ["year": 2024])
            #expect(started.status == 201 && started.json["finished_at"] == .null, "\(started.text)")
            let number = try await api.invoices()
            let done = try await api.get(try #require(started.headers[.location]), token: finance)
            #expect(done.json["invoices"] == 1 && done.json.text("finished_at")?.isEmpty == false)
            #expect(try await api.get("\(runs)/none", token: finance).status == 404)

            let address = "/api/v1/invoices/\(number)"
            let own = try await api.token(.representative)
            let read = try await api.get(address, token: own)
            #expect(read.status == 200, "\(read.text)")
            #expect(read.json["state"] == "open" && Self.minor(read.json["owed"]) == 200_000)
            #expect(read.json["payment"]?["iban"] == "DE89370400440532013000")
            let byReference = try await api.get("/api/v1/invoices/\(read.json.text("reference") ?? "")", token: own)
            #expect(byReference.json["number"] == .text(number))
            let other = try await api.token(of: api.person("Other", [(.representative, .member("id-ruhrort"))]))
            #expect(try await api.get(address, token: other).status == 404)
            #expect(try await api.get("/api/v1/invoices", token: own).status == 403)

            let open = try await api.get("/api/v1/invoices?state=open,overdue&fields=owed", token: finance)
            #expect(open.json["total"] == 1 && open.json.elements("data").first?["state"] == nil)
            #expect(try await api.get("/api/v1/invoices?state=paid", token: finance).json["total"] == 0)
            #expect(try await api.get("/api/v1/invoices?as_of=2024-05-31", token: finance).json["total"] == 0)
            // Nothing makes PDFs here.
            #expect(try await api.get("/api/v1/dues-documents/\(number)", token: own).status == 409)
            #expect(try await api.get("/api/v1/dues-documents/R2024-0001", token: own).status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an invoice is credited once for its key, and its proof tells that to anybody`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let address = "/api/v1/invoices/\(try await api.invoices())"
            let finance = try await api.token(.finance)
            let proof = "/api/v1/proofs/\(try await api.get(address, token: finance).json.text("proof") ?? "")"
            #expect(try await api.get(proof).json["since"] == .null)
            func credit(_ amount: JSONValue, key: String? = nil) async throws -> TestAPI.Reply {
                var headers: HTTPFields = [:]
                headers[.idempotencyKey] = key
                return try await api.send(
                    .post,
                    "\(address)/credit-notes",
                    token: finance,
                    body: ["amount": amount, "grounds": "The figure was wrong"],
                    headers: headers
                )
            }
            let dollars = try await credit(["currency": "USD", "minor": 100])
            #expect(dollars.status == 409)
            #expect(dollars.json.elements("errors").map { $0.text("field") } == ["amount"])
            #expect(try await credit(["currency": "XXX", "minor": 100]).status == 400)
            #expect(try await credit(Self.euros(0)).status == 400)
            let tooMuch = try await credit(Self.euros(200_001))
            #expect(tooMuch.json["code"] == "dues.more-than-invoiced", "\(tooMuch.text)")
            for _ in 0..<2 {
                let credited = try await credit(Self.euros(50_000), key: "a1")
                #expect(credited.status == 201, "\(credited.text)")
                #expect(credited.headers[.location] == "/api/v1/dues-documents/C2024-0001")
                #expect(Self.minor(credited.json["owed"]) == 150_000)
                #expect(credited.json.elements("credit_notes").map { Self.minor($0["amount"]) } == [50_000])
            }
            #expect(try await credit(Self.euros(1), key: "a1").json["code"] == "idempotency-key-reused")

            let told = try await api.get(proof)
            #expect(told.json["number"] == "2024-0001" && told.json["is_whole"] == true)
            #expect(told.json.text("since")?.contains("EUR\u{a0}500.00") == true, "\(told.text)")
            #expect(try await api.get("/api/v1/proofs/nothing").status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a member disputes its invoice, and the office ends that with what came of it`(
        _ engine: Database.Engine
    ) async throws {
        try await withAPI(engine) { api in
            let address = "/api/v1/invoices/\(try await api.invoices())"
            let own = try await api.token(.representative)
            let words: JSONValue = ["words": "We have fewer inhabitants"]
            let disputed = try await api.send(.post, "\(address)/disputes", token: own, body: words)
            #expect(disputed.status == 201, "\(disputed.text)")
            #expect(disputed.json.elements("disputes").map { $0["outcome"] } == [.null])
            #expect(try await api.send(.post, "\(address)/disputes", token: own, body: words).status == 409)
            let came: JSONValue = ["outcome": "The figure is right"]
            #expect(try await api.change(.post, address, "/disputes/end", token: own, body: came).status == 403)
            let finance = try await api.token(.finance)
            let ended = try await api.change(.post, address, "/disputes/end", token: finance, body: came)
            #expect(ended.json.elements("disputes").map { $0["outcome"] } == ["The figure is right"], "\(ended.text)")
            let over = try await api.change(.post, address, "/disputes/end", token: finance, body: came)
            #expect(over.json["code"] == "dispute.not-disputed")
        }
    }
}

extension TestAPI {
    /// Writes the invoices of 2024, of which Köln gets the only one; returns its number.
    func invoices() async throws -> String {
        let run = try await database.run(StartDuesRun(2024, charter: Ports.charter), as: Self.clerk, now: Self.now)
        let issuing = IssueDues(database: database, services: dues, logger: Logger(label: "test"))
        _ = try await issuing.run(run, now: Self.now)
        return try await value("SELECT number FROM invoice ORDER BY number")
    }

    /// A letter of Köln's that asks for relief; returns the request's id.
    func relief() async throws -> String {
        let draft = ReliefDraft(
            .reduction,
            fromYear: "2024",
            percent: "10",
            letterDay: "2024-05-01",
            words: "The river is low",
            signedBy: "Astrid Berg"
        )
        let command = AskRelief("koeln", draft, services: dues)
        return try await database.run(command, as: Self.clerk, now: Self.now).id
    }
}
