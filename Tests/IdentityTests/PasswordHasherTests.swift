import Foundation
import Testing

@testable import Identity

@Suite("Password hashes")
struct PasswordHasherTests {
    private let hasher = PasswordHasher(cost: Fixture.light)

    @Test("the vector of RFC 7914 comes out")
    func vector() throws {
        let cost = try #require(ScryptCost(logN: 14, blockSize: 8, parallelism: 1))
        let hash = ScryptHash.derive(Array("pleaseletmein".utf8), Array("SodiumChloride".utf8), cost)
        let hex = hash?.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(hex == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    }

    @Test("a password matches its own hash only, and two hashes of it differ")
    func matches() async throws {
        let hash = try await hasher.hash("harbour lantern seven gulls")
        let again = try await hasher.hash("harbour lantern seven gulls")
        #expect(hash.hasPrefix("scrypt$4$8$1$"))
        #expect(hash != again)
        let right = try await hasher.verify("harbour lantern seven gulls", against: hash)
        let wrong = try await hasher.verify("harbour lantern seven gull", against: hash)
        let none = try await hasher.verify("harbour lantern seven gulls", against: nil)
        #expect([right, wrong, none] == [true, false, false])
    }

    @Test("the recommended cost is what OWASP names, and a hash of another cost is due for renewal")
    func cost() async throws {
        #expect(ScryptCost.recommended == ScryptCost(logN: 17, blockSize: 8, parallelism: 1))
        let cheap = try await hasher.hash("harbour lantern seven gulls")
        #expect(!hasher.needsRehash(cheap))
        #expect(PasswordHasher().needsRehash(cheap))
        #expect(hasher.needsRehash("nonsense"))
    }

    @Test("the recommended cost can be paid here")
    func recommended() async throws {
        let hasher = PasswordHasher()
        let hash = try await hasher.hash("harbour lantern seven gulls")
        #expect(hash.hasPrefix("scrypt$17$8$1$"))
        #expect(!hasher.needsRehash(hash))
    }

    @Test("one password typed in two forms of Unicode is one")
    func composed() async throws {
        let hash = try await hasher.hash("Malm\u{F6} smörgåsbord")
        let matches = try await hasher.verify("Malmo\u{308} smo\u{308}rga\u{30A}sbord", against: hash)
        #expect(matches)
    }

    @Test("an empty password matches nothing, not even its own hash")
    func empty() async throws {
        let hash = try await hasher.hash("")
        let matches = try await hasher.verify("", against: hash)
        #expect(!matches)
    }

    @Test(
        "a stored text that this program did not write is no hash, whatever cost it asks for",
        arguments: [
            "", "scrypt", "scrypt$17$8$1", "plain$17$8$1$S$H", "scrypt$18$8$1$S$H", "scrypt$60$8$1$S$H",
            "scrypt$17$9$1$S$H", "scrypt$17$8$2$S$H", "scrypt$1$32768$32$S$H", "scrypt$0$8$1$S$H", "scrypt$-4$8$1$S$H",
            "scrypt$4$0$1$S$H", "scrypt$4$8$0$S$H", "scrypt$04$8$1$S$H", "scrypt$+4$8$1$S$H",
            "scrypt$4$8$99999999999999999999$S$H", "scrypt$4$8$1$S$H$", "scrypt$4$8$1$$H", "scrypt$4$8$1$S$",
            "scrypt$4$8$1$S$AA", "scrypt$4$8$1$AA$H", "scrypt$4$8$1$S=$H",
            "scrypt$4$8$1$S$H" + String(repeating: "A", count: 900),
        ]
    )
    func hostile(_ pattern: String) async throws {
        let salt = Base64URL.encode([UInt8](repeating: 7, count: 16))
        let hash = Base64URL.encode([UInt8](repeating: 7, count: 32))
        let text = pattern.replacing("S", with: salt).replacing("H", with: hash)
        #expect(ScryptHash(text) == nil)
        let matches = try await hasher.verify("anything", against: text)
        #expect(!matches)
        #expect(ScryptHash("scrypt$4$8$1$\(salt)$\(hash)")?.text == "scrypt$4$8$1$\(salt)$\(hash)")
    }

    @Test("no cost beyond 128 MiB is taken")
    func memory() {
        let sizes = [1, 2, 8, 16, 32, 1024]
        let costs = (1...64).flatMap { logN in
            sizes.compactMap { ScryptCost(logN: logN, blockSize: $0, parallelism: 1) }
        }
        #expect(costs.map { 128 * (1 << $0.logN) * $0.blockSize }.max() == 128 << 20)
    }

    @Test("a few run at once, a few wait, and the rest is refused at once")
    func bounded() async throws {
        let threads = BoundedThreads(concurrent: 2, waiting: 3)
        let gate = DispatchSemaphore(value: 0)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do { return try await threads.run { gate.wait() == () } } catch { return false }
                }
            }
            // The three that are refused come back while the others still wait.
            var outcomes: [Bool] = []
            for await outcome in group {
                outcomes.append(outcome)
                if outcomes.count == 3 {
                    #expect(threads.load == (2, 3))
                    for _ in 0..<5 { gate.signal() }
                }
            }
            return outcomes
        }
        #expect(outcomes == [false, false, false, true, true, true, true, true])
        #expect(threads.load == (0, 0))
        let after = try await threads.run { 7 }
        #expect(after == 7)
    }

    @Test("a refused hash says so instead of saying that the password is wrong")
    func busy() async throws {
        let slow = PasswordHasher(
            concurrent: 1,
            waiting: 0,
            cost: ScryptCost(logN: 15, blockSize: 8, parallelism: 1) ?? .recommended
        )
        let errors = await withTaskGroup(of: PasswordHasherError?.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    do {
                        _ = try await slow.verify("harbour", against: nil)
                        return nil
                    } catch { return error as? PasswordHasherError }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(errors.contains(nil))
        #expect(errors.contains(.busy))
    }

    @Test("an unknown address takes as long as a known one")
    func sameWork() async throws {
        let hasher = PasswordHasher(
            concurrent: 1,
            waiting: 0,
            cost: ScryptCost(logN: 14, blockSize: 8, parallelism: 1) ?? .recommended
        )
        let hash = try await hasher.hash("harbour lantern seven gulls")
        func shortest(_ stored: String?) async throws -> Duration {
            var times: [Duration] = []
            for _ in 0..<5 {
                let clock = ContinuousClock.now
                _ = try await hasher.verify("harbour lantern", against: stored)
                times.append(ContinuousClock.now - clock)
            }
            return times.min() ?? .zero
        }
        let known = try await shortest(hash)
        let unknown = try await shortest(nil)
        let garbled = try await shortest("scrypt$17$8$1$x$y")
        // Without the work it would be a factor of a thousand.
        #expect(unknown > known / 10 && unknown < known * 10)
        #expect(garbled > known / 10 && garbled < known * 10)
    }
}
