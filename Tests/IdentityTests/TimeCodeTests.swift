import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Identity

@Suite("Codes of an authenticator app")
struct TimeCodeTests {
    private let rfc = TimeCode(secret: Array("12345678901234567890".utf8))

    @Test(
        "the vectors of RFC 6238 come out",
        arguments: [
            (59.0, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ]
    )
    func totp(_ seconds: Double, _ code: String) {
        #expect(rfc.code(step: TimeCode.step(Date(timeIntervalSince1970: seconds)), digits: 8) == code)
    }

    @Test("the vectors of RFC 4226 come out")
    func hotp() {
        let expected = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        #expect((0..<10).map { rfc.code(step: $0) } == expected)
    }

    @Test(
        "the vectors of RFC 4648 come out, without padding",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ]
    )
    func base32(_ text: String, _ encoded: String) { #expect(Base32.encode(Array(text.utf8)) == encoded) }

    @Test("the address for the app names issuer and account, escaped")
    func uri() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        #expect(
            rfc.uri(issuer: "Ports & Cities: North", account: "anna@lund.example")
                == "otpauth://totp/Ports%20%26%20Cities%20%20North:anna%40lund.example?secret=\(secret)"
                + "&issuer=Ports%20%26%20Cities%20%20North&algorithm=SHA1&digits=6&period=30"
        )
        #expect(rfc.secretText == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
    }

    @Test("a new secret has 160 random bits")
    func secret() {
        #expect(TimeCode().secret.count == 20)
        #expect(TimeCode() != TimeCode())
    }

    @Test("one step of difference between clocks is taken, two are not")
    func window() {
        let now = Fixture.noon
        let step = TimeCode.step(now)
        let found = (-2...2).map { rfc.matchingStep(rfc.code(step: step + $0), after: nil, now: now) }
        #expect(found == [nil, step - 1, step, step + 1, nil])
        #expect(rfc.matchingStep(rfc.code(step: step), after: step, now: now) == nil)
        #expect(rfc.matchingStep(rfc.code(step: step), after: step - 1, now: now) == step)
    }

    @Test("a code may be typed in two groups; anything else is none")
    func forms() {
        let code = rfc.code(step: TimeCode.step(Fixture.noon))
        #expect(rfc.matchingStep(" \(code.prefix(3)) \(code.suffix(3)) ", after: nil, now: Fixture.noon) != nil)
        for text in ["", "12345", code + "0", "٠١٢٣٤٥", String(repeating: "1", count: 5000)] {
            #expect(rfc.matchingStep(text, after: nil, now: Fixture.noon) == nil)
        }
    }
}

@Suite("A person's second factor")
struct SecondFactorTests {
    private let noon = Fixture.noon

    private func check(_ fixture: Fixture, _ code: String, at now: Date) async throws -> Bool {
        try await fixture.database.write { [id = fixture.anna.id] in
            try SecondFactor.check($0, person: id, code: code, now: now)
        }
    }

    private func confirm(_ fixture: Fixture, _ code: String, at now: Date) async throws -> Bool {
        try await fixture.database.write { [id = fixture.anna.id] in
            try SecondFactor.confirm($0, person: id, code: code, now: now)
        }
    }

    private func begin(_ fixture: Fixture) async throws -> TimeCode {
        try await fixture.database.write { [id = fixture.anna.id] in try SecondFactor.begin($0, person: id) }
    }

    /// Anna's app, confirmed at noon.
    private func confirmed(_ fixture: Fixture) async throws -> TimeCode {
        let app = try await begin(fixture)
        let isRight = try await confirm(fixture, app.code(step: TimeCode.step(noon)), at: noon)
        #expect(isRight)
        return app
    }

    @Test("a secret counts for nothing until a first code confirms it", arguments: TestEngine.all)
    func confirming(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let dropped = try await begin(fixture)
            let app = try await begin(fixture)
            #expect(dropped != app)
            let early = try await check(fixture, app.code(step: TimeCode.step(noon)), at: noon)
            #expect(!early)
            let other = try await confirm(fixture, dropped.code(step: TimeCode.step(noon)), at: noon)
            #expect(!other)
            var person = try await fixture.found()
            #expect(person?.hasSecondFactor == false)
            let right = try await confirm(fixture, app.code(step: TimeCode.step(noon)), at: noon)
            #expect(right)
            person = try await fixture.found()
            #expect(person?.hasSecondFactor == true)
        }
    }

    @Test("a confirmed secret is not replaced by beginning again", arguments: TestEngine.all)
    func notReplaced(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let app = try await confirmed(fixture)
            await #expect(throws: SecondFactorError.alreadyConfirmed) { try await begin(fixture) }
            await #expect(throws: SecondFactorError.noPerson) {
                try await fixture.database.write { try SecondFactor.begin($0, person: "nobody") }
            }
            let pending = try await fixture.database.read { [id = fixture.anna.id] in
                try SecondFactor.pending($0, person: id)
            }
            #expect(pending == nil)
            let still = try await check(fixture, app.code(step: TimeCode.step(noon) + 1), at: noon.after(30))
            #expect(still)
        }
    }

    @Test("each code counts once, the one that confirmed too, and none from before it", arguments: TestEngine.all)
    func once(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let app = try await confirmed(fixture)
            let step = TimeCode.step(noon)
            let confirming = try await check(fixture, app.code(step: step), at: noon)
            #expect(!confirming)
            let next = try await check(fixture, app.code(step: step + 1), at: noon.after(30))
            #expect(next)
            let replayed = try await check(fixture, app.code(step: step + 1), at: noon.after(31))
            #expect(!replayed)
            let earlier = try await check(fixture, app.code(step: step), at: noon.after(31))
            #expect(!earlier)
        }
    }

    @Test("of many who use one code at once, one succeeds", arguments: TestEngine.all)
    func race(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let app = try await confirmed(fixture)
            let code = app.code(step: TimeCode.step(noon) + 1)
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { try await check(fixture, code, at: noon.after(30)) } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(taken == 1)
        }
    }

    @Test("removing takes the factor and its recovery codes away", arguments: TestEngine.all)
    func removed(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let app = try await confirmed(fixture)
            try await fixture.database.write { [id = fixture.anna.id] in
                _ = try RecoveryCodes.replace($0, person: id)
                try SecondFactor.remove($0, person: id)
            }
            let after = try await check(fixture, app.code(step: TimeCode.step(noon) + 1), at: noon.after(30))
            #expect(!after)
            let codes = try await fixture.rows("recovery_code")
            #expect(codes == 0)
            _ = try await begin(fixture)
        }
    }
}

@Suite("Recovery codes")
struct RecoveryCodesTests {
    private let noon = Fixture.noon

    private func replace(_ fixture: Fixture) async throws -> [String] {
        try await fixture.database.write { [id = fixture.anna.id] in try RecoveryCodes.replace($0, person: id) }
    }

    private func use(_ fixture: Fixture, _ code: String, person: String? = nil) async throws -> Bool {
        try await fixture.database.write { [noon, id = person ?? fixture.anna.id] in
            try RecoveryCodes.use($0, person: id, code: code, now: noon)
        }
    }

    private func left(_ fixture: Fixture) async throws -> Int {
        try await fixture.database.read { [id = fixture.anna.id] in try RecoveryCodes.left($0, person: id) }
    }

    @Test("ten codes of 60 bits, none ambiguous, each works once", arguments: TestEngine.all)
    func once(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let codes = try await replace(fixture)
            #expect(Set(codes).count == 10)
            for code in codes {
                #expect(code.wholeMatch(of: /[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}/) != nil)
            }
            let first = try await use(fixture, codes[3])
            let again = try await use(fixture, codes[3])
            #expect([first, again] == [true, false])
            let rest = try await left(fixture)
            #expect(rest == 9)
        }
    }

    @Test("a code is read as people write it", arguments: TestEngine.all)
    func forms(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let codes = try await replace(fixture)
            let written =
                " "
                + codes[0].uppercased().replacing("-", with: " ").replacing("0", with: "O")
                .replacing("1", with: "I")
            let used = try await use(fixture, written)
            #expect(used)
            for text in ["", "k7m3", "----", "uuuu-uuuu-uuuu", String(repeating: "1", count: 10_000), codes[1] + "0"] {
                let wrong = try await use(fixture, text)
                #expect(!wrong)
            }
        }
    }

    @Test("a new set replaces the old, and one person's codes are nobody else's", arguments: TestEngine.all)
    func replaced(_ engine: Database.Engine) async throws {
        try await Fixture.with(engine) { fixture in
            let bo = try await Fixture.person(fixture.database, "Bo", "bo@lund.example")
            let old = try await replace(fixture)
            let new = try await replace(fixture)
            let outcomes = [
                try await use(fixture, old[0]), try await use(fixture, new[0], person: bo.id),
                try await use(fixture, new[0]),
            ]
            #expect(outcomes == [false, false, true])
            let kept = try await fixture.database.read {
                try $0.query("SELECT code_hash FROM recovery_code") { try $0.blob(0) }
            }
            #expect(kept.allSatisfy { $0.count == 32 })
        }
    }
}
