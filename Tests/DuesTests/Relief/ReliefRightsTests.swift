import Access
import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Dues

/// One way to call a service: what it asks for, where, and the call.
private struct ReliefSample: Sendable {
    let service: String
    let action: Action
    let place: Place
    let call: @Sendable (DuesHouse, Actor) async throws -> Void

    static func command<C: Command>(_ command: C, at place: Place = .association) -> ReliefSample {
        ReliefSample(service: "\(C.self)", action: C.action, place: place) { house, actor in
            _ = try await house.run(command, as: actor)
        }
    }

    static func question<Q: Question>(_ question: Q, at place: Place = .association) -> ReliefSample {
        ReliefSample(service: "\(Q.self)", action: Q.action, place: place) { house, actor in
            _ = try await house.ask(question, as: actor)
        }
    }
}

@Suite("Services on relief, reminders and disputes ask for their rights")
struct ReliefRightsTests {
    private static func declared(_ folder: String) throws -> Set<String> {
        let root = FeeHouse.root.appending(path: "Sources/Domain/Dues/\(folder)")
        var declared: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/struct (\w+): (?:Command|Question)\b/#) { declared.insert(String(match.1)) }
        }
        return declared
    }

    @Test(arguments: TestEngine.all)
    func `every role does what the table of rights says, in its member and in another`(
        _ engine: Database.Engine
    ) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            let (one, other) = (try await house.id("town-0001"), try await house.id("town-0002"))
            let request = try await house.ask(ReliefDraft(.remission, fromYear: "2024", words: "A flood"))
            let samples = Self.samples(house, request, .member(one))
            let declared = try Self.declared("Relief").union(Self.declared("Reminders"))
            #expect(Set(samples.map(\.service)) == declared)
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
            #expect(try await house.relief(request).state == .received)
            #expect(try await house.count("relief_request") == 1)
            #expect(try await house.count("invoice_dispute") == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `in the room of one member another's number is as one that nobody has`(
        _ engine: Database.Engine
    ) async throws {
        try await DuesHouse.with(engine, DuesHouse.towns(2)) { house in
            try await house.issue()
            let request = try await house.ask(ReliefDraft(.remission, fromYear: "2024", words: "A flood"))
            let reference = try await house.relief(request).reference
            let (own, charter) = (try await house.id("town-0002"), house.charter)
            let inga = try await house.representative(of: "town-0002", "Inga Karlsson")
            // Also for who may both.
            for actor in [inga, house.clerk] {
                for number in ["2024-0001", "2024-9999"] {
                    let read = await house.problem {
                        _ = try await house.ask(InvoiceByID(number, of: own, charter: charter), as: actor)
                    }
                    #expect(read as? DuesRefusal == .noSuchInvoice, "\(number)")
                    let disputed = await house.problem {
                        try await house.run(DisputeInvoice(number, of: own, words: "Not ours"), as: actor)
                    }
                    #expect(disputed as? DuesRefusal == .noSuchInvoice, "\(number)")
                }
                for name in [request, reference, "2024-9999", "none"] {
                    let back = await house.problem {
                        let command = TakeBackRelief(name, of: own, reason: "No", services: house.services)
                        try await house.run(command, as: actor)
                    }
                    #expect(back as? ReliefRefusal == .noSuchRelief, "\(name)")
                }
            }
            #expect(try await house.relief(request).state == .received)
            #expect(try await house.count("invoice_dispute") == 0)
            let found = try await house.ask(InvoiceByID("2024-0002", of: own, charter: charter), as: inga)
            #expect(found.invoice.memberID == own)
        }
    }

    /// Each command is refused for another reason once the right was asked for, so that the next finds all as it was.
    private static func samples(_ house: DuesHouse, _ request: String, _ place: Place) -> [ReliefSample] {
        let (charter, services) = (house.charter, house.services)
        return [
            .command(AskRelief("town-0001", ReliefDraft(.remission, words: ""), services: services), at: place),
            .command(TakeBackRelief(request, reason: "", services: services), at: place),
            .command(DisputeInvoice("2024-0001", words: ""), at: place),
            .command(EndDispute("2024-0001", outcome: "")),
            .question(ReliefByID(request, charter: charter)), .question(ReliefList()),
            .question(ReliefOfMember("town-0001", charter: charter), at: place),
            .question(PlanReminders(charter: charter)),
        ]
    }
}
