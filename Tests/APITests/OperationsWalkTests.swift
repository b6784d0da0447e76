import Access
import Database
import DatabaseTesting
import HTTPTypes
import Identity
import Joining
import Testing

@testable import API
@testable import Membership

/// Every operation, walked with every role and every scope, and compared with the table of rights.
@Suite("Every operation with every role and scope")
struct OperationsWalkTests {
    /// Bodies that are as the document says, for the operations that take one. What is not stopped by If-Match is
    /// stopped by a rule, so that nothing is changed on the way.
    private static let bodies = ofMembers.merging(ofOthers) { first, _ in first }
        .merging(ofJoining) { first, _ in first }.merging(ofSheets) { first, _ in first }
        .merging(ofDues) { first, _ in first }

    private static let ofMembers: [String: JSONValue] = [
        "addMember": [
            "name": "…", "category": "port", "country": "DE", "language": "de", "joined": "2024", "grounds": "Walk",
        ],
        "recordStatus": ["status": "sunk", "day": "2024-05-01", "grounds": "Walk"],
        "addName": ["name": "Colonia", "language": "la", "kind": "alias", "grounds": "Walk"],
        "endName": [
            "name": "Colonia", "language": "la", "kind": "alias", "last_day": "2024-05-01", "grounds": "Walk",
        ],
        "editMember": ["name": "Colonia", "grounds": "Walk"], "putTags": ["tags": ["harbour"]],
        "putWebsite": ["website": .null], "putOwnWords": ["text": "Walk"], "putContacts": ["contacts": []],
        "describePicture": ["alt": "Walk"], "mergeMembers": ["grounds": "Walk"],
        "tagMembers": ["change": "tag", "tag": "harbour", "members": ["atlantis"]],
        "mailMembers": ["subject": "Walk", "text": "Walk", "members": ["atlantis"]],
        "makeProposal": ["fact": "area", "value": "0", "effective": "2024-01-01", "grounds": "Walk"],
        "decideProposal": ["decision": "accept"],
        "stateCircumstance": ["ground": "silted-up", "as_of": "2025-01-01", "holds": true, "grounds": "Walk"],
        "saveView": ["name": "…"],
    ]

    private static let ofSheets: [String: JSONValue] = [
        "mapImport": ["columns": ["name"]], "decideImportRows": ["rows": [["line": 2, "is_taken": true]]],
        "decideImportOutcome": ["outcome": "create", "decision": "take"], "undoImport": [:],
        "settleParticipantRows": ["rows": []], "bringInParticipantList": ["grounds": "Walk"],
    ]

    /// What stands in the address of the operations that take a file. The file is none that any of them takes.
    private static let files = [
        "addPicture": "kind=photo&alt=Walk", "addApplicationDocument": "label=other&name=walk.pdf",
        "fileLetter": "kind=appeal&name=walk.pdf",
        "makeDocumentedProposal": "fact=area&value=1&grounds=Walk&name=walk.pdf", "stageImport": "name=walk.csv",
        "readParticipantList": "name=walk.csv&capacity=delegate&mode=online", "importFeeInputs": "name=walk.csv",
        "importBankStatement": "name=walk.xml",
    ]

    private static let nothing = Array("%PDF-1.4 without an end".utf8)

    private static let ofOthers: [String: JSONValue] = [
        "openDecision": ["body": "diet", "way": "meeting", "matter": "other", "title": "Walk"],
        "repeatDecision": ["way": "meeting"], "withdrawDecision": ["reason": "Walk"],
        "recordMeeting": [
            "day": "2024-05-01", "minutes": "Walk", "outcomes": [["item": "none", "outcome": "adopted"]],
        ],
        "recordAnswer": ["seat": "none", "answers": [["item": "none", "answer": "approve"]], "grounds": "Walk"],
        "answerDecision": ["seat": "none", "answers": [["item": "none", "answer": "approve"]]],
        "addEvent": [
            "name": "Walk", "kind": "other", "from": "2024-05-02", "through": "2024-05-01", "grounds": "Walk",
        ],
        "correctEvent": ["name": "Walk", "grounds": "Walk"], "markListWhole": ["is_whole": true, "grounds": "Walk"],
        "addParticipation": ["member": "koeln", "capacity": "delegate", "mode": "online", "grounds": "Walk"],
        "correctParticipation": ["mode": "online", "grounds": "Walk"], "removeParticipation": ["grounds": "Walk"],
        "dropStandingProposal": ["grounds": "Walk"],
        "invitePerson": ["name": "Walk", "email": "nobody", "language": "en", "role": "editor", "place": "koeln"],
        "giveRole": ["role": "editor", "place": "koeln"], "endRole": [:], "decideMail": ["decision": "stop"],
        "editOwnAccount": ["name": "Walk"], "changeWebhook": ["name": "Walk"], "turnWebhook": ["is_on": false],
        "addWebhook": ["name": " ", "url": "https://receiver.example", "kinds": ["member.changed"]],
    ]

    private static let ofJoining: [String: JSONValue] = [
        "enterApplication": [
            "category": "port", "name": "Walk", "country": "DE", "contact_name": "Walk", "email": "nobody",
            "letters": "en",
        ],
        "correctApplication": ["name": "Walk", "grounds": "Walk"], "sendApplication": ["grounds": "Walk"],
        "askApplicant": ["words": "Walk?"], "noteOnApplication": ["words": "Walk"],
        "matchApplication": ["member": .null], "recommendApplication": ["is_for": true],
        "takeBackRecommendation": ["reason": "Walk"], "closeApplication": ["reason": "Walk"],
        "eraseApplicant": ["reason": "Walk"],
        // The charter knows of no appeal.
        "fileRequest": ["kind": "appeal", "words": "Walk", "signed_by": "Walk", "letter_day": "2024-05-01"],
        "takeBackRequest": ["reason": "Walk"],
    ]

    /// What the walk comes upon, for the operations whose place is that of a record.
    private struct Met: Sendable {
        /// A decision of the diet's, and its seat.
        var decision = "none"
        var seat = "none"
        /// An editor of Köln.
        var role = "none"
        var application = "none"
        /// Köln's wish to leave.
        var request = "none"
        /// To be an editor of Köln.
        var invitation = "none"
        /// Köln's invoice of 2024, and its request for relief.
        var invoice = "none"
        var relief = "none"

        init() {}

        init(_ api: TestAPI) async throws {
            let sitter = try await api.person("Sitter", [(.committee, .body("diet")), (.editor, .member("id-koeln"))])
            decision = try await api.ask()
            seat = try await api.value("SELECT id FROM circular_seat WHERE circular_id = ?", [.text(decision)])
            role = try await api.value(
                "SELECT id FROM role_grant WHERE person_id = ? AND role = 'editor'",
                [.text(sitter)]
            )
            application = try await api.application("Worms")
            request = try await api.request(.withdrawal, of: "id-koeln")
            invitation = try await api.invitation()
            invoice = try await api.invoices()
            relief = try await api.relief()
        }

        func id(_ operation: Operation) -> String {
            if operation.path.contains("decisions/{id}") { return decision }
            if operation.path.contains("applications/{id}") { return application }
            if operation.path.contains("relief") { return relief }
            if operation.path.contains("invoices/{id}") || operation.path.contains("dues-documents") { return invoice }
            if operation.path.contains("requests/{id}") { return request }
            if operation.path.contains("invitations/{id}") { return invitation }
            return operation.path.contains("roles/{id}") ? role : "none"
        }

        func body(_ operation: Operation) -> JSONValue? {
            guard operation.id == "answerDecision" else { return OperationsWalkTests.bodies[operation.id] }
            return ["seat": .text(seat), "answers": [["item": "none", "answer": "approve"]]]
        }
    }

    private func send(
        _ operation: Operation,
        _ member: String,
        _ token: String?,
        _ api: TestAPI,
        _ met: Met = Met()
    ) async throws -> Int {
        let address = operation.address(member: member, id: met.id(operation))
        if let file = operation.file {
            let query = Self.files[operation.id] ?? ""
            return try await api.upload("\(address)?\(query)", Self.nothing, as: file.types[0], token: token).status
        }
        return try await api.send(
            operation.method,
            address,
            token: token,
            body: met.body(operation),
            // No state that anything is in, so that nothing is changed on the way.
            headers: operation.isWrite ? [.ifMatch: "\"0000000000000000\""] : [:]
        ).status
    }

    @Test
    func `each operation that takes a body has one here`() async throws {
        try await withAPI(.sqlite) { api in
            #expect(Set(api.api.operations.filter { $0.body != nil }.map(\.id)) == Set(Self.bodies.keys))
            #expect(Set(api.api.operations.filter { $0.file != nil }.map(\.id)) == Set(Self.files.keys))
            #expect(Set(api.api.operations.map(\.id)).count == api.api.operations.count)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an operation opens to exactly the roles that the table names`(_ engine: Database.Engine) async throws {
        try await withAPI(engine) { api in
            let met = try await Met(api)
            for role in Role.allCases {
                let token = try await api.token(role)
                for operation in api.api.operations {
                    for member in operation.path.contains("{key}") ? ["koeln", "ruhrort"] : ["koeln"] {
                        let status = try await send(operation, member, token, api, met)
                        let mark = "\(operation.id) of \(member) as \(role.rawValue): \(status)"
                        #expect(status < 500 && status != 401, "\(mark)")
                        #expect((status == 403) == !mayEnter(operation, role, "id-\(member)"), "\(mark)")
                    }
                }
            }
        }
    }

    private func mayEnter(_ operation: Operation, _ role: Role, _ member: String) -> Bool {
        guard case .token(_, let action) = operation.access else { return true }
        let place: Place =
            switch operation.id {
            case "getDecision", "answerDecision": .body("diet")
            case "getInvoice", "getDuesDocument", "disputeInvoice": .member("id-koeln")
            case "invitePerson", "inviteAgain", "revokeInvitation", "giveRole", "endRole": .member("id-koeln")
            default: operation.path.contains("{key}") ? .member(member) : .association
            }
        return Rights.allow(role, at: TestAPI.seat(role), action, at: place)
    }

    @Test
    func `without its scope a token opens nothing, whoever holds it`() async throws {
        try await withAPI(.sqlite) { api in
            for operation in api.api.operations {
                guard case .token(let scope, let action) = operation.access else { continue }
                let others = Scope.allCases.filter { $0 != scope }
                let (without, with) = (
                    try await api.token(.administrator, others), try await api.token(.administrator, [scope])
                )
                let refused = try await send(operation, "koeln", without, api)
                #expect(refused == 403, "\(operation.id)")
                // What is a member's or a seat's alone is no administrator's either.
                guard Rights.reach(.administrator, action) != .none else { continue }
                let taken = try await send(operation, "koeln", with, api)
                #expect(taken != 403, "\(operation.id)")
            }
        }
    }

    @Test
    func `without a token, or with one that is none, nothing but what is open is answered`() async throws {
        try await withAPI(.sqlite) { api in
            for operation in api.api.operations {
                let bare = try await send(operation, "koeln", nil, api)
                #expect((bare == 401) == (operation.access != .open), "\(operation.id): \(bare)")
                for token in ["hansa_x", "hansa_" + String(repeating: "A", count: 43), ""] {
                    #expect(try await send(operation, "koeln", token, api) == 401, "\(operation.id)")
                }
            }
        }
    }

    @Test
    func `no write is open, and every change of what there is names its state`() async throws {
        try await withAPI(.sqlite) { api in
            for operation in api.api.operations where operation.isWrite {
                #expect(operation.access != .open, "\(operation.id)")
                let names = operation.parameters.map(\.name)
                let makes = operation.answers.contains { $0.status == .created }
                #expect(names.contains("If-Match") == !makes, "\(operation.id)")
                #expect(names.contains("Idempotency-Key"), "\(operation.id)")
            }
        }
    }

    @Test
    func `the document has every operation, and every reference in it leads somewhere`() async throws {
        try await withAPI(.sqlite) { api in
            let document = try await api.get("/api/v1/openapi.json").json
            #expect(document["openapi"] == "3.1.0")
            for operation in api.api.operations {
                let entry = document["paths"]?[operation.path]?[operation.method.rawValue.lowercased()]
                #expect(entry?["operationId"] == .text(operation.id))
            }
            let text = document.written
            for match in text.matches(of: #/"#\/components\/schemas\/(\w+)"/#) {
                #expect(document["components"]?["schemas"]?[String(match.1)] != nil, "\(match.1)")
            }
        }
    }

    @Test
    func `a file is told as bytes of its media types, with its limit and the noes that follow`() async throws {
        try await withAPI(.sqlite) { api in
            let paths = try await api.get("/api/v1/openapi.json").json["paths"]
            for operation in api.api.operations {
                let entry = paths?[operation.path]?[operation.method.rawValue.lowercased()]
                guard let file = operation.file else {
                    let content = entry?["requestBody"]?["content"]
                    #expect((content?["application/json"] != nil) == (operation.body != nil), "\(operation.id)")
                    continue
                }
                let body = try #require(entry?["requestBody"])
                #expect(body["content"] == .object(file.types.map { .init(name: $0, value: [:]) }))
                #expect(body.text("description")?.contains("at most \(file.largestBytes >> 20) MB") == true)
                for status in ["409", "413", "415"] { #expect(entry?["responses"]?[status] != nil) }
            }
            let document = paths?["/applications/{id}/documents/{document}"]?["get"]?["responses"]?["200"]
            #expect(document?["content"]?["application/pdf"] == [:])
        }
    }

    @Test
    func `the page for developers tells every operation and every problem`() async throws {
        try await withAPI(.sqlite) { api in
            let page = try await api.get("/developers").text
            for operation in api.api.operations { #expect(page.contains("id=\"\(operation.id)\""), "\(operation.id)") }
            for (status, _) in ProblemMeaning.all { #expect(page.contains("id=\"problem-\(status.code)\"")) }
        }
    }
}

extension Operation {
    /// Its address, with a member and an id in their places, and with what is not there in all others.
    func address(member: String = "koeln", id: String = "none") -> String {
        "/api/v1"
            + path.replacing("{key}", with: member).replacing("{id}", with: id).replacing("{language}", with: "de")
            .replacing(#/\{\w+\}/#, with: "none")
    }
}
