import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Identity

@Suite("Links that work once")
struct OneTimeLinkTests {
    private let noon = Fixture.noon

    private func make(
        _ fixture: Fixture,
        _ purpose: OneTimeLink.Purpose = .signIn,
        detail: String = ""
    ) async throws
        -> Secret
    {
        try await fixture.database.write { [noon, id = fixture.anna.id] in
            try OneTimeLink.make($0, purpose, person: id, detail: detail, now: noon)
        }
    }

    private func take(
        _ fixture: Fixture,
        _ secret: Secret,
        _ purpose: OneTimeLink.Purpose = .signIn,
        after: Double = 1
    )
        async throws -> OneTimeLink?
    {
        try await fixture.database.write { [noon] in
            try OneTimeLink.take($0, secret, purpose, now: noon.after(after))
        }
    }

    @Test("a link is used once; looking at it does not use it", arguments: TestEngine.all)
    func once(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let secret = try await make(fixture, .takeAddress, detail: "new@lund.example")
            let expected = OneTimeLink(purpose: .takeAddress, personID: fixture.anna.id, detail: "new@lund.example")
            for _ in 0..<2 {
                let seen = try await fixture.database.read { [noon] in
                    try OneTimeLink.look($0, secret, .takeAddress, now: noon)
                }
                #expect(seen == expected)
            }
            let first = try await take(fixture, secret, .takeAddress)
            let second = try await take(fixture, secret, .takeAddress)
            #expect(first == expected)
            #expect(second == nil)
        }
    }

    @Test("of many who use one link at once, one succeeds", arguments: TestEngine.all)
    func race(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let secret = try await make(fixture)
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { try await take(fixture, secret) != nil } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(taken == 1)
        }
    }

    @Test("a link for one purpose does nothing for another", arguments: TestEngine.all)
    func wrongPurpose(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let secret = try await make(fixture, .invitation)
            for purpose in OneTimeLink.Purpose.allCases where purpose != .invitation {
                let taken = try await take(fixture, secret, purpose)
                #expect(taken == nil)
            }
            let right = try await take(fixture, secret, .invitation)
            #expect(right != nil)
        }
    }

    @Test("a link works until its time is over", arguments: TestEngine.all)
    func expiry(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            for purpose in OneTimeLink.Purpose.allCases {
                let late = try await make(fixture, purpose)
                let tooLate = try await take(fixture, late, purpose, after: purpose.lifetime)
                #expect(tooLate == nil)
                let inTime = try await take(fixture, late, purpose, after: purpose.lifetime - 1)
                #expect(inTime != nil)
            }
        }
    }

    @Test("revoking makes all of a person's links worthless, and nobody else's", arguments: TestEngine.all)
    func revoked(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let bo = try await Fixture.person(fixture.database, "Bo", "bo@lund.example")
            let (one, two) = (try await make(fixture), try await make(fixture, .recovery))
            let bos = try await fixture.database.write { [noon] in
                try OneTimeLink.make($0, .signIn, person: bo.id, now: noon)
            }
            try await fixture.database.write { [noon, id = fixture.anna.id] in
                try OneTimeLink.revoke($0, person: id, now: noon)
            }
            let taken = [
                try await take(fixture, one), try await take(fixture, two, .recovery), try await take(fixture, bos),
            ]
            #expect(taken.map { $0?.personID } == [nil, nil, bo.id])
        }
    }

    @Test("links that are over are removed, and those that are not are kept", arguments: TestEngine.all)
    func removed(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let (used, _, kept) = (
                try await make(fixture), try await make(fixture, .recovery), try await make(fixture, .invitation)
            )
            _ = try await take(fixture, used)
            let removed = try await fixture.database.write { [noon] in
                try OneTimeLink.removeEnded($0, now: noon.after(15 * 60))
            }
            #expect(removed == 2)
            let still = try await take(fixture, kept, .invitation)
            #expect(still != nil)
        }
    }
}
