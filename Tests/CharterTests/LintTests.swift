import Charter
import Foundation
import Testing

@Suite("Linting a charter")
struct LintTests {
    private let sound: String

    init() throws {
        sound = try CharterFile.text(CharterFile.riverPorts)
    }

    @Test("a mistake is told once, with its line and what to do", arguments: Mistake.all)
    func mistake(_ mistake: Mistake) throws {
        let range = try #require(sound.range(of: mistake.change.from))
        let text = sound.replacingCharacters(in: range, with: mistake.change.to)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.contains(mistake.line) }) + 1
        let found = findings(text).filter { !mistake.alsoWarns || $0.severity == .error }
        #expect(found == [Finding(mistake.severity, mistake.code, line, mistake.message, mistake.remedy)])
        let charter = Charter.lint(text: text, file: "test.yaml").charter
        #expect((charter == nil) == (mistake.severity == .error))
    }

    @Test("all problems are told at once, in the order of their lines")
    func together() throws {
        var text = sound
        for (from, to) in [
            ("on_roll: true", "on_rol: true"), ("1/3", "4/3"), ("EUR", "Euro"), ("order: 2", "order: two"),
        ] {
            let range = try #require(text.range(of: from))
            text.replaceSubrange(range, with: to)
        }
        let found = findings(text)
        #expect(
            found.map(\.code) == ["wrong-type", "unknown-key", "missing-key", "not-a-share", "not-a-currency"]
        )
        #expect(found.map(\.line) == found.map(\.line).sorted())
    }

    @Test("a problem reads as one line with file, line, and code")
    func reads() {
        let text = sound.replacing("quorum: {share: 1/3", with: "quorm: {share: 1/3")
        #expect(
            Charter.lint(text: text, file: "Charters/x.yaml").problems.map(\.description) == [
                "Charters/x.yaml:62: error: unknown key 'quorm' in versions.bodies. Did you mean 'quorum'? [unknown-key]"
            ]
        )
    }

    @Test("the first version must have every section that later ones can inherit")
    func incompleteFirstVersion() {
        let sections = ["categories", "regions", "statuses", "membership", "bodies"]
        let text = """
            charter: 1
            association: {key: a, short_name: A, mark: A, languages: [en], names: [{name: A, from: 2000-01-01, source: S}]}
            sources: [{code: S, title: Statutes}]
            versions:
              - {effective: 2000-01-01, adopted_by: All, source: S}
            """
        #expect(
            findings(text)
                == sections.map {
                    Finding(
                        .error,
                        "missing-key",
                        5,
                        "the first version lacks '\($0)'.",
                        "Add the section; only later versions may leave out what they do not change."
                    )
                }
        )
    }

    @Test("a reference that a later version breaks is found, though its own line is older")
    func brokenByLaterVersion() {
        let text = sound.replacing(
            "    summary: A higher quorum.\n",
            with: """
                    offices:
                      - {key: mate, name: Mate, held_by: person, filled_by: election, how: Elected., source: DIET3}

                """
        )
        #expect(
            findings(text)
                == [(127, "entitlements"), (141, "bodies")].map { line, section in
                    Finding(
                        .error,
                        "unknown-reference",
                        line,
                        "versions.\(section).offices names 'bosun', but there is no such office.",
                        "Known: mate."
                    )
                }
        )
    }

    @Test("the loader throws every problem")
    func loads() {
        let error = #expect(throws: CharterError.self) { try Charter.load(path: "/nowhere/x.yaml") }
        #expect(
            error?.description == """
                The charter cannot be used: 1 error. Nothing was loaded.
                /nowhere/x.yaml:1: error: the file is not there or may not be read. Check the path and the file's \
                permissions. [unreadable]
                """
        )
        #expect(throws: CharterError.self) { try Charter.load(path: "/tmp") }
    }
}
