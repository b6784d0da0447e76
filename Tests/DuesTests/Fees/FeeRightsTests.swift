import Access
import Database
import DatabaseTesting
import Foundation
import Membership
import Testing

@testable import Dues

/// One way to call a service: what it asks for, where, and the call.
private struct Sample: Sendable {
    let service: String
    let action: Action
    let place: Place
    let call: @Sendable (FeeHouse, Actor) async throws -> Void

    static func command<C: Command>(_ command: C) -> Sample {
        Sample(service: "\(C.self)", action: C.action, place: .association) { house, actor in
            _ = try await house.run(command, as: actor)
        }
    }

    static func question<Q: Question>(_ question: Q, at place: Place = .association) -> Sample {
        Sample(service: "\(Q.self)", action: Q.action, place: place) { house, actor in
            _ = try await house.ask(question, as: actor)
        }
    }
}

@Suite("Services on fees ask for their rights")
struct FeeRightsTests {
    @Test func `the catalogue lists every command and question on fees`() throws {
        let folder = FeeHouse.root.appending(path: "Sources/Domain/Dues/Fees")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var declared: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/struct (\w+): (?:Command|Question)\b/#) { declared.insert(String(match.1)) }
        }
        #expect(declared.count >= 8)
        #expect(Set(FeeCatalogue.all.map(\.name)) == declared)
    }

    @Test(arguments: TestEngine.all)
    func `every role does what the table of rights says, in its member and in another`(
        _ engine: Database.Engine
    ) async throws {
        try await FeeHouse.with(engine) { house in
            let (visby, acme) = (try await house.id("visby"), try await house.id("acme"))
            let samples = try Self.samples(house, visby)
            let walked = samples.map { ServiceName(name: $0.service, actions: [$0.action]) }
            let known = FeeCatalogue.all.map { ServiceName(name: $0.name, actions: $0.actions) }
            #expect(Set(walked) == Set(known))
            for role in Role.allCases {
                let seats: [Place] =
                    switch role.seat {
                    case .association: [.association]
                    case .body: [.body("executive-committee")]
                    case .member: [.member(visby), .member(acme)]
                    }
                for seat in seats {
                    let actor = try await house.somebody(role, seat)
                    for sample in samples {
                        let isAllowed = Rights.allow(role, at: seat, sample.action, at: sample.place)
                        let wasRefused = try await refused { try await sample.call(house, actor) }
                        #expect(wasRefused == !isAllowed, "\(sample.service) as \(role.rawValue) in \(seat)")
                    }
                }
            }
            #expect(try await house.inputs(all: true).isEmpty)
        }
    }

    private struct ServiceName: Hashable {
        let name: String
        let actions: [Action]
    }

    /// Each command is refused for another reason once the right was asked for, so that the next finds all as it was.
    private static func samples(_ house: FeeHouse, _ member: String) throws -> [Sample] {
        let charter = house.charter
        let text = "member,measure,value,as_of,source\nnobody,population,1,2022,Census\n"
        return [
            .command(EnterFeeInput(FeeInputDraft(), charter: charter, countries: .none)),
            .command(WithdrawFeeInput("none", grounds: "Wrong")),
            .command(
                try ImportFeeInputs(file: "f.csv", bytes: Array(text.utf8), charter: charter, countries: .none)
            ),
            .question(FeeInputs()), .question(FeeOfMember("visby", year: 2024, charter: charter)),
            .question(FeesOfRoll(year: 2024, charter: charter)),
            .question(FeeComparison(from: 2023, to: 2024, charter: charter)),
            .question(OwnFee(memberID: member, year: 2024, charter: charter), at: .member(member)),
        ]
    }

    /// Whether the right was missing; any other refusal came after the check.
    private func refused(_ body: () async throws -> Void) async throws -> Bool {
        do {
            try await body()
            return false
        } catch is AccessRefusal { return true } catch is any Refusal { return false } catch is InvalidInput {
            return false
        }
    }
}
