import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Journal
import Languages
import Testing

@testable import Membership

/// One way to call a service of the secretariat.
private struct Sample: Sendable {
    let service: String
    let action: Action
    let call: @Sendable (EditingFixture, Actor) async throws -> Void
}

private func command<C: Command>(_ command: C) -> Sample {
    Sample(service: "\(C.self)", action: C.action) { fixture, actor in
        _ = try await fixture.database.run(command, as: actor, now: fixture.now)
    }
}

private func question<Q: Question>(_ question: Q) -> Sample {
    Sample(service: "\(Q.self)", action: Q.action) { fixture, actor in
        _ = try await fixture.database.ask(question, as: actor, now: fixture.now)
    }
}

/// Editing, spreadsheets and finding, walked with every role. The portal has a walk of its own.
@Suite struct SecretariatRightsTests {
    @Test func everyCommandAndQuestionIsWalked() throws {
        let root = URL(filePath: Records.root).appending(path: "Sources/Domain/Membership")
        let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var declared: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" && !file.path.contains("/Portal/") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/struct (\w+): (?:Command|Question)\b/#) { declared.insert(String(match.1)) }
        }
        #expect(Set(try samples().map(\.service)) == declared)
    }

    @Test(arguments: TestEngine.all)
    func everyServiceDoesForEveryRoleWhatTheTableOfRightsSays(_ engine: Database.Engine) async throws {
        try await EditingFixture.with(engine) { fixture in
            let samples = try samples()
            for role in Role.allCases {
                let seat: Place =
                    switch role.seat {
                    case .association: .association
                    case .body: .body("executive-committee")
                    case .member: .member(try await fixture.member("visby").id)
                    }
                let actor = try await fixture.somebody(role.rawValue, role, at: seat)
                for sample in samples {
                    // Past the check anything may happen: there is no such import, no such view.
                    let wasRefused = try await refused(sample, fixture, actor)
                    let isAllowed = Rights.allow(role, at: seat, sample.action, at: .association)
                    #expect(wasRefused == !isAllowed, "\(sample.service) as \(role.rawValue)")
                }
            }
        }
    }

    /// Whether the right was missing; any other refusal came after the check.
    private func refused(_ sample: Sample, _ fixture: EditingFixture, _ actor: Actor) async throws -> Bool {
        do {
            try await sample.call(fixture, actor)
            return false
        } catch is AccessRefusal { return true } catch is any Refusal { return false } catch is InvalidInput {
            return false
        }
    }

    private func samples() throws -> [Sample] {
        let charter = try Records.charter()
        return editing(charter) + (try spreadsheets(charter)) + finding()
    }

    private func editing(_ charter: Charter) -> [Sample] {
        let none = MemberSelection.members(["nobody"])
        let filter = RollFilter(day: Records.day("2026-11-21"))
        let listing = RollListing(filter: filter, page: 1, size: 10, total: nil, starts: nil)
        let grounds = "Letter of the city"
        return [
            command(
                EditMember(
                    memberID: "nobody",
                    seenRevision: 0,
                    seen: MemberDraft(),
                    entered: MemberDraft(),
                    grounds: grounds,
                    charter: charter,
                    countries: EditingFixture.countries
                )
            ),
            command(
                AddMember(
                    MemberDraft(),
                    language: "en",
                    joined: "2026",
                    grounds: grounds,
                    rules: UploadRules(charter: charter, countries: CountryWords.none)
                )
            ),
            command(
                ChangeStatus(
                    memberID: "nobody",
                    seenRevision: nil,
                    status: "member",
                    day: "2026-01-01",
                    grounds: grounds,
                    charter: charter
                )
            ),
            command(
                AddMemberName(
                    memberID: "nobody",
                    name: "Nowhere",
                    language: "en",
                    kind: .alias,
                    grounds: grounds,
                    charter: charter
                )
            ),
            command(
                EndMemberName(memberID: "nobody", token: "", lastDay: "2026-01-01", grounds: grounds, charter: charter)
            ),
            command(
                MergeMembers(keptKey: "nobody", mergedKey: "none", seen: nil, grounds: grounds, charter: charter)
            ),
            command(TagMembers(none, .add, tag: "water")), command(UndoTagging(actionID: "none")),
            command(MailMembers(none, subject: "News", text: "Dear members")), command(StopMailing(actionID: "none")),
            command(SaveView(name: "Mine", query: "", columns: [], isShared: false)), command(DeleteView(id: "none")),
            question(MergePreview(keptKey: "nobody", mergedKey: "none")), question(MemberToEdit(key: "nobody")),
            question(BulkActions()), question(OneBulkAction(id: "none")), question(MemberStory(key: "nobody")),
            question(RecordedDecisions()), question(DuplicateCandidates()), question(MemberTable(listing, columns: [])),
            question(Views()),
            command(ExportMembers(filter, columns: [], as: .csv)),
        ]
    }

    private func spreadsheets(_ charter: Charter) throws -> [Sample] {
        let rules = UploadRules(charter: charter, countries: CountryWords.none)
        return [
            command(try StageImport(file: "members.csv", bytes: Array("name,country\nRoma,IT\n".utf8))),
            command(MapColumns(import: "none", mapping: UploadMapping([.name, .country]))),
            command(DropImport(import: "none")), command(DryRun(import: "none", rules: rules)),
            command(DecideRows(import: "none", rules: rules)),
            command(DecideOutcome(import: "none", outcome: .create, .take, rules: rules)),
            command(BeginImport(import: "none")), command(ApplyImport(import: "none", claim: "", rules: rules)),
            command(NoteProgress(id: "none", claim: "", done: 0)),
            command(ReleaseImport(id: "none", claim: "", failure: .empty)),
            command(UndoImport(import: "none", rules: rules)), question(UploadList()),
            question(UploadDetail(import: "none")), question(UploadRows(import: "none")),
            command(ExportMemberSheet(rules: rules, as: .csv)),
        ]
    }

    private func finding() -> [Sample] {
        [
            question(FindAnything("Visby", day: Records.day("2026-11-21"))), question(ReadJournal(JournalFilter())),
            question(ReadEntry(id: "none")),
        ]
    }
}
