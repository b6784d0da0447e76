import Access
import Database
import DatabaseTesting
import Foundation
import Identity
import Membership
import Testing

@testable import Joining

/// One way to call a service on applications.
private struct ApplicationSample: Sendable {
    let service: String
    let action: Action
    let call: @Sendable (RequestHouse, Actor) async throws -> Void
}

private func command<C: Command>(_ command: C) -> ApplicationSample {
    ApplicationSample(service: "\(C.self)", action: C.action) { house, actor in
        _ = try await house.run(command, as: actor)
    }
}

private func question<Q: Question>(_ question: Q) -> ApplicationSample {
    ApplicationSample(service: "\(Q.self)", action: Q.action) { house, actor in
        _ = try await house.ask(question, as: actor)
    }
}

/// Every command and question of this capability. Those on requests of members, whose right is held in a member, are
/// walked in `RequestRightsTests`.
@Suite("Applications ask for their rights")
struct JoiningRightsTests {
    private static let requests: Set<String> = [
        "FileRequest", "MembershipRequests", "RequestByID", "RequestList", "TakeBackRequest",
    ]

    @Test func `the catalogue and the walks list every command and question`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Domain/Joining")
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var declared: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/struct (\w+): (?:Command|Question)\b/#) { declared.insert(String(match.1)) }
        }
        #expect(Set(JoiningCatalogue.all.map(\.name)) == declared)
        #expect(JoiningCatalogue.all.count == declared.count)
        let services = try RequestHouse.services(RequestHouse.charter())
        let walked = Set(Self.samples(services).map(\.service)).union(["AttachToApplication"])
        #expect(walked.union(Self.requests) == declared)
    }

    @Test(arguments: TestEngine.all)
    func `every service on applications does for every role what the table of rights says`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            let file = try await RequestHouse.file()
            let attach = command(
                AttachToApplication("none", key: "other", file: file, name: "a.txt", services: house.services)
            )
            for role in Role.allCases {
                let seat: Place =
                    switch role.seat {
                    case .association: .association
                    case .body: .body(RequestHouse.committee)
                    case .member: .member(RequestHouse.visby)
                    }
                let actor = try await somebody(house, role, seat)
                for sample in Self.samples(house.services) + [attach] {
                    let isAllowed = Rights.allow(role, at: seat, sample.action, at: .association)
                    let error = await house.refusal { try await sample.call(house, actor) }
                    #expect(
                        (error as? AccessRefusal == nil) == isAllowed,
                        "\(sample.service) as \(role.rawValue): \(String(describing: error))"
                    )
                }
            }
            #expect(try await house.count("application") == 0)
        }
    }

    /// Each is refused for another reason once the right was asked for, so that the next finds all as it was.
    private static func samples(_ services: JoiningServices) -> [ApplicationSample] {
        let form = StartForm(category: "", name: "", country: "", contactName: "", email: "", language: "")
        return [
            command(EnterApplication(form, services: services)),
            command(CorrectApplication("none", values: [:], grounds: "Why", services: services)),
            command(SubmitForApplicant("none", grounds: "Why", services: services)),
            command(AskApplicant("none", words: "Why?", services: services)),
            command(NoteOnApplication("none", words: "A note")),
            command(MatchApplication("none", memberKey: nil, services: services)),
            command(RecommendApplication("none", isFor: true, words: "", services: services)),
            command(TakeBackRecommendation("none", reason: "Too early")),
            command(CloseApplication("none", reason: "No city", services: services)),
            command(EraseContact("none", reason: "They asked")),
            question(ApplicationList()), question(ApplicationByID("none", services: services)),
        ]
    }

    private func somebody(_ house: RequestHouse, _ role: Role, _ seat: Place) async throws -> Actor {
        try await house.database.write { transaction in
            let address = try #require(EmailAddress("\(role.rawValue)@example.com"))
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
