import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Testing

@testable import Membership

/// One way to call a service: what it asks for, where, and the call.
private struct Sample: Sendable {
    let service: String
    let action: Action
    let place: Place
    let call: @Sendable (Room, Actor) async throws -> Void
}

@Suite struct PortalRightsTests {
    @Test func theCatalogueListsEveryCommandAndQuestion() throws {
        let folder = URL(filePath: Records.root).appending(path: "Sources/Domain/Membership/Portal")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var declared: Set<String> = []
        for file in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/struct (\w+): (?:Command|Question)\b/#) { declared.insert(String(match.1)) }
        }
        #expect(Set(PortalCatalogue.all.map(\.name)) == declared)
        #expect(PortalCatalogue.all.count == declared.count)
    }

    @Test(arguments: TestEngine.all) func everyServiceDoesForEveryRoleWhatTheTableOfRightsSays(
        _ engine: Database.Engine
    ) async throws {
        try await Room.with(engine) { room in
            let samples = try await Self.samples(room)
            let described = Dictionary(uniqueKeysWithValues: PortalCatalogue.all.map { ($0.name, $0.actions) })
            #expect(Set(samples.map(\.service)) == Set(described.keys))
            for sample in samples { #expect(described[sample.service] == [sample.action], "\(sample.service)") }
            for role in Role.allCases {
                let seats: [Place] =
                    switch role.seat {
                    case .association: [.association]
                    case .body: [.body("executive-committee")]
                    case .member: [.member(Room.visby), .member(Room.riga)]
                    }
                for (number, seat) in seats.enumerated() {
                    let actor = try await room.database.write { transaction in
                        let person = try Room.person(transaction, "\(role.rawValue) \(number)", role, seat)
                        return try #require(
                            try Actor.load(transaction, person: person, secondFactor: true, now: Room.now)
                        )
                    }
                    for sample in samples + Self.ownSamples(actor) {
                        let isAllowed =
                            sample.action == .ownAccount
                            ? sample.place == .person(actor.person.id)
                            : Rights.allow(role, at: seat, sample.action, at: sample.place)
                        // Past the check anything may happen: what is changed may be gone by now.
                        let wasAllowed =
                            await room.refusal { try await sample.call(room, actor) } as? AccessRefusal == nil
                        #expect(wasAllowed == isAllowed, "\(sample.service) in \(sample.place) as \(role) in \(seat)")
                    }
                }
            }
        }
    }

    private static func command<C: Command>(
        _ place: Place,
        _ make: @escaping @Sendable (Room) async throws -> C
    ) -> Sample {
        Sample(service: "\(C.self)", action: C.action, place: place) { room, actor in
            _ = try await room.run(try await make(room), as: actor)
        }
    }

    private static func question<Q: Question>(_ place: Place, _ question: Q) -> Sample {
        Sample(service: "\(Q.self)", action: Q.action, place: place) { room, actor in
            _ = try await room.ask(question, as: actor)
        }
    }

    private static func ownSamples(_ actor: Actor) -> [Sample] {
        [question(.person(actor.person.id), MyRooms(person: actor.person.id))]
    }

    private static func samples(_ room: Room) async throws -> [Sample] {
        let picture = try await room.run(
            AddPicture(member: Room.visby, .photo, room.picture(7), alt: "Rose"),
            as: room.editor
        )
        let proposal = try await room.propose(.area, "3140").id
        let visby = Place.member(Room.visby)
        let nothing = PartMark("")
        return [
            command(visby) { AddPicture(member: Room.visby, .photo, try await $0.picture(9), alt: "Rose") },
            command(visby) { _ in DescribePicture(picture: picture, alt: "x", caption: "", seen: nothing) },
            command(visby) { _ in MovePhotoUp(photo: picture) },
            command(visby) { _ in EditContacts(member: Room.visby, contacts: [], seen: nothing) },
            command(visby) { _ in EditDescription(member: Room.visby, language: "en", text: "", seen: nothing) },
            command(visby) { _ in EditTags(member: Room.visby, tags: ["port"], seen: nothing) },
            command(visby) { _ in EditWebsite(member: Room.visby, website: "", seen: nothing) },
            command(visby) { _ in
                let value = try FactValue(.name, typed: "Visborg", detail: "", year: 2026)
                // Refused as too short after the right was asked for, so that the other proposal goes on waiting.
                return ProposeFact(
                    member: Room.visby,
                    value: value,
                    effectiveOn: Records.day("2026-01-01"),
                    grounds: ""
                )
            },
            command(visby) { _ in WithdrawProposal(proposal: proposal) },
            command(.association) { room in
                let reason = DecideProposal.Decision.decline(reason: "No.")
                let letters = room.letters
                return DecideProposal(
                    proposal: proposal,
                    reason,
                    seen: nothing,
                    charter: room.charter,
                    letters: letters
                )
            },
            command(visby) { room in
                let add = AddPicture(member: Room.visby, .logo, try await room.picture(3), alt: "Rose")
                return RemovePicture(picture: try await room.run(add, as: room.editor))
            },
            question(visby, MemberProposals(member: Room.visby)), question(visby, OwnProfile(member: Room.visby)),
            question(visby, OwnProposalDocument(proposal: proposal)), question(visby, PortalHome(member: Room.visby)),
            question(.association, ProposalDocument(proposal: proposal)),
            question(.association, ProposalList(state: nil)), question(.association, ProposalToDecide(proposal)),
            question(.person("somebody"), MyRooms(person: "somebody")),
        ]
    }
}
