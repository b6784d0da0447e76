import Access
import Database
import DatabaseTesting
import Foundation
import Identity
import Testing

@testable import Decisions

/// One way to call a service: what it asks for, where it may be held, and the call.
private struct Sample: Sendable {
    let service: String
    let action: Action
    let places: [Place]
    let call: @Sendable (House, Actor) async throws -> Void
}

@Suite("Every service of decisions asks for its right")
struct RightsWalkTests {
    @Test func `the catalogue lists every command and question`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Domain/Decisions")
        var declared: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/struct (\w+): (?:Command|Question)\b/#) { declared.insert(String(match.1)) }
        }
        #expect(Set(DecisionCatalogue.all.map(\.name)) == declared)
        #expect(DecisionCatalogue.all.count == declared.count)
    }

    @Test(arguments: TestEngine.all)
    func `with every role, here and elsewhere, each does what the table of rights says`(
        _ engine: Database.Engine
    ) async throws {
        try await House.with(engine) { house in
            let id = try await house.open()
            let samples = try await Self.samples(house, id)
            let described = Dictionary(uniqueKeysWithValues: DecisionCatalogue.all.map { ($0.name, $0.actions) })
            let own: Set<String> = ["OwnCircular", "OwnCirculars", "AnswerCircular"]
            #expect(Set(samples.map(\.service)).union(own) == Set(described.keys))
            for role in Role.allCases {
                for (number, seat) in Self.seats(role).enumerated() {
                    let actor = try await house.database.write { transaction in
                        let person = try House.person(transaction, "\(role.rawValue) \(number)", [(role, seat)])
                        return try #require(
                            try Actor.load(transaction, person: person, secondFactor: true, now: House.now)
                        )
                    }
                    for sample in try await samples + Self.ownSamples(house, id, actor) {
                        #expect(described[sample.service] == [sample.action])
                        let isAllowed =
                            sample.action == .ownAccount
                            ? sample.places == [.person(actor.person.id)]
                            : sample.places.contains { Rights.allow(role, at: seat, sample.action, at: $0) }
                        let error = await house.refusal { try await sample.call(house, actor) }
                        // Past the check anything may happen: the record may be in another state by now.
                        #expect(
                            (error as? AccessRefusal == nil) == isAllowed,
                            "\(sample.service) as \(role) in \(seat): \(String(describing: error))"
                        )
                    }
                }
            }
            #expect(try await house.answers(id).isEmpty, "the walkers answer for no seat of this body")
        }
    }

    private static func seats(_ role: Role) -> [Place] {
        switch role.seat {
        case .association: [.association]
        case .body: [.body(House.body), .body("secretariat")]
        case .member: [.member(House.gdansk), .member(House.visby)]
        }
    }

    private static func command<C: Command>(_ places: Place..., make: @escaping @Sendable (House) -> C) -> Sample {
        Sample(service: "\(C.self)", action: C.action, places: places) { house, actor in
            _ = try await house.run(make(house), as: actor)
        }
    }

    private static func question<Q: Question>(_ places: Place..., make: @escaping @Sendable (House) -> Q) -> Sample {
        Sample(service: "\(Q.self)", action: Q.action, places: places) { house, actor in
            _ = try await house.ask(make(house), as: actor)
        }
    }

    private static func samples(_ house: House, _ id: String) async throws -> [Sample] {
        let item = try await house.items(id)[0].id
        return [
            // Each is refused for another reason once the right was asked for, so that the next walker finds it as it was.
            command(.association) { OpenCircular(CircularDraft(body: "", title: ""), services: $0.services) },
            command(.association) { AskAgain(about: id, services: $0.services) },
            command(.association) { CloseCircular(id, services: $0.services) },
            command(.association) { WithdrawCircular(id, reason: "", services: $0.services) },
            command(.association) { CarryOutAgain(id, item: item, services: $0.services) },
            command(.association) {
                RecordAnswer(id, seat: "none", answers: [:], grounds: "", services: $0.services)
            },
            command(.association) {
                RecordMeetingDecision(id, outcomes: [:], day: "", minutes: "", services: $0.services)
            },
            question(.association) { _ in CircularList() },
            question(.association) { NewCircular(services: $0.services) },
            question(.association, .body(House.body)) { CircularRecord(id, services: $0.services) },
            question(.person("somebody")) { OwnCirculars(person: "somebody", services: $0.services) },
            question(.person("somebody")) { OwnCircular(id, person: "somebody", services: $0.services) },
        ]
    }

    private static func ownSamples(_ house: House, _ id: String, _ actor: Actor) async throws -> [Sample] {
        let seat = try await house.seat("Visby", of: id)
        let person = Place.person(actor.person.id)
        return [
            // Without an answer, so that nothing is written.
            command(.member(House.visby), .body(House.body)) {
                AnswerCircular(id, seat: seat, as: actor, answers: [:], services: $0.services)
            },
            question(person) { OwnCirculars(person: actor.person.id, services: $0.services) },
            question(person) { OwnCircular(id, person: actor.person.id, services: $0.services) },
        ]
    }
}
