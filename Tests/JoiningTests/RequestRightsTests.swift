import Access
import Database
import DatabaseTesting
import Foundation
import Identity
import Testing

@testable import Joining

/// One way to call a service: what it asks for, where, and the call.
private struct RequestSample: Sendable {
    let service: String
    let action: Action
    let place: Place
    let call: @Sendable (RequestHouse, Actor) async throws -> Void
}

@Suite("Requests of members ask for their rights")
struct RequestRightsTests {
    private static func command<C: Command>(_ place: Place, _ command: C) -> RequestSample {
        RequestSample(service: "\(C.self)", action: C.action, place: place) { house, actor in
            _ = try await house.run(command, as: actor)
        }
    }

    private static func question<Q: Question>(_ place: Place, _ question: Q) -> RequestSample {
        RequestSample(service: "\(Q.self)", action: Q.action, place: place) { house, actor in
            _ = try await house.ask(question, as: actor)
        }
    }

    /// Each is refused for another reason once the right was asked for, so that the next finds all as it was.
    private static func samples(_ house: RequestHouse, _ id: String) -> [RequestSample] {
        let visby = Place.member(RequestHouse.visby)
        return [
            command(visby, FileRequest(.withdrawal, member: RequestHouse.visby, words: "", services: house.services)),
            command(visby, TakeBackRequest(id, reason: "")),
            question(visby, MembershipRequests("visby", charter: house.charter)),
            question(.association, RequestList()),
            question(.association, RequestByID(id, charter: house.charter)),
        ]
    }

    @Test(arguments: TestEngine.all)
    func `every role does what the table of rights says, in the member and in another`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let id = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            let samples = Self.samples(house, id)
            let declared = JoiningCatalogue.all.filter { description in
                samples.contains { $0.service == description.name && [$0.action] == description.actions }
            }
            #expect(declared.count == samples.count, "the catalogue lists them with their rights")
            for role in Role.allCases {
                for seat in Self.seats(role) {
                    let actor = try await somebody(house, role, seat)
                    for sample in samples {
                        let isAllowed = Rights.allow(role, at: seat, sample.action, at: sample.place)
                        let error = await house.refusal { try await sample.call(house, actor) }
                        #expect(
                            (error as? AccessRefusal == nil) == isAllowed,
                            "\(sample.service) as \(role.rawValue) in \(seat): \(String(describing: error))"
                        )
                    }
                }
            }
            #expect(try await house.request(id).state == .received)
        }
    }

    @Test(arguments: TestEngine.all)
    func `only a representative of the very member asks, and only while the role holds`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            for actor in [house.piotr, house.nils, house.eva, house.sven, house.auditor] {
                await #expect(throws: AccessRefusal.self, "\(actor.person.name)") {
                    try await house.ask(.withdrawal, RequestHouse.visby, as: actor)
                }
            }
            let id = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            for actor in [house.piotr, house.nils, house.eva, house.sven, house.auditor] {
                await #expect(throws: AccessRefusal.self, "\(actor.person.name)") {
                    try await house.run(TakeBackRequest(id, reason: "We stay"), as: actor)
                }
            }
            await #expect(throws: AccessRefusal.self) {
                _ = try await house.ask(MembershipRequests("visby", charter: house.charter), as: house.piotr)
            }
            await #expect(throws: AccessRefusal.self) { _ = try await house.ask(RequestList(), as: house.inga) }
            #expect(try await house.request(id).state == .received)
            // Who works for the secretariat puts no words into a member's mouth: a letter has a day and a name.
            let error = await house.refusal {
                try await house.ask(.appeal, RequestHouse.riga, as: house.officer)
            }
            #expect((error as? InvalidInput)?.fields.map(\.name) == ["signed_by", "letter_day"])
        }
    }

    private static func seats(_ role: Role) -> [Place] {
        switch role.seat {
        case .association: [.association]
        case .body: [.body(RequestHouse.committee)]
        case .member: [.member(RequestHouse.visby), .member(RequestHouse.gdansk)]
        }
    }

    private func somebody(_ house: RequestHouse, _ role: Role, _ seat: Place) async throws -> Actor {
        try await house.database.write { transaction in
            let address = try #require(EmailAddress("\(role.rawValue)-\(seat.id)@example.org"))
            let person = try Person.create(
                transaction,
                name: "Somebody",
                email: address,
                language: "en",
                now: RequestHouse.now
            )
            try RequestHouse.give(transaction, person.id, role, seat)
            return try #require(
                try Actor.load(transaction, person: person.id, secondFactor: true, now: RequestHouse.now)
            )
        }
    }
}
