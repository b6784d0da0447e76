import Access
import Database
import DatabaseTesting
import Foundation
import Membership
import Testing

@testable import Dues

/// One way to call a service: what it asks for, where, and the call.
private struct DuesSample: Sendable {
    let service: String
    let action: Action
    let place: Place
    let call: @Sendable (DuesHouse, Actor) async throws -> Void

    static func command<C: Command>(_ command: C, at place: Place = .association) -> DuesSample {
        DuesSample(service: "\(C.self)", action: C.action, place: place) { house, actor in
            _ = try await house.run(command, as: actor)
        }
    }

    static func question<Q: Question>(_ question: Q, at place: Place = .association) -> DuesSample {
        DuesSample(service: "\(Q.self)", action: Q.action, place: place) { house, actor in
            _ = try await house.ask(question, as: actor)
        }
    }
}

@Suite("Services on invoices, accounts and documents ask for their rights")
struct DuesRightsTests {
    private static func declared(_ folder: String) throws -> Set<String> {
        let root = FeeHouse.root.appending(path: "Sources/Domain/Dues\(folder)")
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var declared: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/struct (\w+): (?:Command|Question)\b/#) { declared.insert(String(match.1)) }
        }
        return declared
    }

    @Test func `the catalogue lists every command and question of this capability`() throws {
        let declared = try Self.declared("")
        #expect(Set(DuesCatalogue.all.map(\.name)) == declared)
        #expect(Set(DuesCatalogue.all.map(\.name)).count == DuesCatalogue.all.count)
    }

    @Test(arguments: TestEngine.all)
    func `every role does what the table of rights says, in its member and in another`(
        _ engine: Database.Engine
    ) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            let (one, other) = (try await house.id("town-0001"), try await house.id("town-0002"))
            let samples = Self.samples(house, one)
            let own = try ["/Invoices", "/Account", "/Documents", "/Proofs"].map(Self.declared)
            let walked = own.reduce(into: Set<String>()) { $0.formUnion($1) }
            #expect(Set(samples.map(\.service)) == walked)
            for role in Role.allCases {
                let seats: [Place] =
                    switch role.seat {
                    case .association: [.association]
                    case .body: [.body("executive-committee")]
                    case .member: [.member(one), .member(other)]
                    }
                for (place, seat) in seats.enumerated() {
                    let actor = try await house.somebody("\(role.rawValue) \(place)", role, seat)
                    for sample in samples {
                        let isAllowed = Rights.allow(role, at: seat, sample.action, at: sample.place)
                        let problem = await house.problem { try await sample.call(house, actor) }
                        #expect(
                            (problem as? AccessRefusal == nil) == isAllowed,
                            "\(sample.service) as \(role.rawValue) in \(seat): \(String(describing: problem))"
                        )
                    }
                }
            }
            #expect(try await house.count("credit_note") == 0)
            #expect(try await house.count("dues_run") == 1)
            #expect(try await house.count("document_proof") == 2)
        }
    }

    @Test func `a member's dues are read by its people and by who works with them, and the auditor issues nothing`() {
        func who(_ action: Action, _ reach: Rights.Reach) -> [Role] {
            Role.allCases.filter { Rights.reach($0, action) == reach }
        }
        #expect(who(.readMemberDues, .everywhere) == [.administrator, .officer, .finance, .auditor])
        #expect(who(.readMemberDues, .own) == [.representative, .editor])
        #expect(who(.certifyDues, .everywhere) == [.administrator, .officer, .finance])
        #expect(who(.certifyDues, .own) == [.representative, .editor])
    }

    @Test(arguments: TestEngine.all)
    func `who keeps profiles and who votes for a member are told nothing of its dues`(
        _ engine: Database.Engine
    ) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(1)) { house in
            try await house.issue()
            try await house.ask(ReliefDraft(.remission, fromYear: "2024", words: "A flood"))
            let member = try await house.id("town-0001")
            let (charter, place) = (house.charter, Place.member(member))
            let ways: [DuesSample] = [
                .question(InvoiceByID("2024-0001", charter: charter), at: place),
                .question(AccountOfMember("town-0001", charter: charter), at: place),
                .question(DocumentByNumber("2024-0001", services: house.services), at: place),
                .question(ReliefOfMember("town-0001", charter: charter), at: place),
                .question(OwnFee(memberID: member, year: 2024, charter: charter), at: place),
                .command(IssueReceipt(payment: "none", memberKey: "town-0001"), at: place),
                .command(IssueCertificate(memberKey: "town-0001", year: 2023), at: place),
            ]
            let home = PortalHome(member: member, sources: DuesParts.portal)
            let others: [(role: Role, seat: Place)] = [(.communication, .association), (.delegate, place)]
            for (role, seat) in others {
                let actor = try await house.somebody("Some \(role.rawValue)", role, seat)
                for way in ways {
                    let problem = await house.problem { try await way.call(house, actor) }
                    #expect(problem is AccessRefusal, "\(way.service) as \(role.rawValue)")
                }
                #expect(try await house.ask(home, as: actor).items.isEmpty, "\(role.rawValue)")
            }
            let editor = try await house.somebody("Some editor", .editor, place)
            let seen = try await house.ask(home, as: editor).items
            #expect(Set(seen.map(\.kind)) == ["invoice", "relief-request"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `who audits reads an account and issues no paper`(_ engine: Database.Engine) async throws {
        try await PaymentHouse.with(engine) { house in
            let payment = try await house.pay("visby", "1000.00")
            let before = try await house.count("document_proof")
            let receipt = IssueReceipt(payment: payment, memberKey: "visby")
            let certificate = IssueCertificate(memberKey: "visby", year: 2024)
            let auditor = try await house.somebody("Some auditor", .auditor, .association)
            let problems = [
                await house.problem { _ = try await house.does(receipt, as: auditor) },
                await house.problem { _ = try await house.does(certificate, as: auditor) },
            ]
            #expect(problems.map { $0 as? AccessRefusal } == [.notAllowed(.certifyDues), .notAllowed(.certifyDues)])
            #expect(try await house.count("document_proof") == before)
            let account = AccountOfMember("visby", charter: house.charter)
            #expect(try await house.ask(account, as: auditor, at: PaymentHouse.now).lines.count == 2)
            let visby = Place.member(try await house.id("visby"))
            let editor = try await house.somebody("Some editor", .editor, visby)
            #expect(try await house.does(receipt, as: editor).number == "R2024-0001")
            try await house.does(certificate, as: editor)
            #expect(try await house.count("document_proof") == before + 2)
        }
    }

    /// Each command is refused for another reason once the right was asked for, so that the next finds all as it was.
    private static func samples(_ house: DuesHouse, _ member: String) -> [DuesSample] {
        let (charter, place) = (house.charter, Place.member(member))
        return [
            .command(CreditInvoice("none", grounds: "Why")), .command(StartDuesRun(2021, charter: charter)),
            .command(IssueReceipt(payment: "none", memberKey: "town-0001"), at: place),
            .command(IssueCertificate(memberKey: "town-0001", year: 2023), at: place),
            .question(PlanDues(2024, charter: charter)), .question(DuesRuns()), .question(InvoiceList()),
            .question(InvoicesOfYear(2024)),
            .question(InvoiceByID("2024-0001", charter: charter), at: place),
            .question(AccountOfMember("town-0001", charter: charter), at: place),
            .question(DocumentByNumber("2024-0001", services: house.services), at: place),
        ]
    }
}
