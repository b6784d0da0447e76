import Access
import Database
import DatabaseTesting
import Identity
import Synchronization
import Testing

@Suite("An address that somebody leaves")
struct LeftAddressTests {
    @Test("what is somebody's by an address stays theirs when they leave it, in either way", arguments: TestEngine.all)
    func leftAddress(_ engine: Database.Engine) async throws {
        let left = LeftAddresses()
        let source = PersonalDataSource(
            "x",
            collect: { _, _ in .null },
            erase: { _, _, _ in },
            bind: { _, person in left.add(person) }
        )
        try await withDesk(engine, sources: [source]) { desk in
            let ana = try await desk.add("Ana Souza", "ana@seoul.test")
            let actor = try await desk.actor(ana)
            try await desk.run(RequestAddressChange(ana, to: "ana@busan.test", letters: desk.letters), as: actor)
            let links = [try await desk.secret(to: "ana@seoul.test"), try await desk.secret(to: "ana@busan.test")]
            _ = try await desk.signIn.confirmAddress(links[0], from: desk.doorstep, now: desk.now)
            #expect(left.all == [], "nothing has changed yet")
            _ = try await desk.signIn.confirmAddress(links[1], from: desk.doorstep, now: desk.now)
            #expect(left.all == ["\(ana) ana@seoul.test"])
            func edit(_ email: String) async throws {
                try await desk.run(
                    EditPerson(
                        ana,
                        name: "Ana Souza",
                        email: email,
                        language: "en",
                        sources: [source],
                        letters: desk.letters
                    )
                )
            }
            try await edit("ana@busan.test")
            #expect(left.all.count == 1, "the same address is not left")
            try await edit("ana@ulsan.test")
            #expect(left.all == ["\(ana) ana@seoul.test", "\(ana) ana@busan.test"])
        }
    }
}

/// Who left which address, as a source was told.
private final class LeftAddresses: Sendable {
    private let seen = Mutex<Set<String>>([])

    var all: Set<String> { seen.withLock { $0 } }
    func add(_ person: Person) { seen.withLock { _ = $0.insert("\(person.id) \(person.email ?? "none")") } }
}
