import Access
import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Membership
@testable import Standing

@Suite struct ParticipationTests {
    private func correct(
        _ fixture: StandingFixture,
        capacity: String = "delegate",
        mode: String = "on-site",
        seen: String? = nil
    ) async throws {
        let taken = try await fixture.event("forum-2020").participations.first
        try await fixture.run(
            CorrectParticipation(
                event: "forum-2020",
                member: "visby",
                capacity: "delegate",
                seenStep: seen ?? taken?.lastStep ?? "",
                ParticipationDraft(capacity: capacity, mode: mode, position: "Mayor"),
                grounds: "The city's letter"
            )
        )
    }

    private func remove(_ fixture: StandingFixture) async throws {
        let taken = try await fixture.event("forum-2020").participations.first
        try await fixture.run(
            RemoveParticipation(
                event: "forum-2020",
                member: "visby",
                capacity: "delegate",
                seenStep: taken?.lastStep ?? "",
                grounds: "It was another city"
            )
        )
    }

    @Test(arguments: TestEngine.all)
    func `a member is recorded by any of its names, once in each capacity`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            let draft = ParticipationDraft(capacity: "observer", mode: "online", position: "Mayor")
            func add(_ name: String) async throws {
                try await fixture.run(
                    AddParticipation(event: "forum-2025", member: name, draft, grounds: "Registration desk")
                )
            }
            try await add("Lubeck")
            #expect(try await fixture.took("forum-2025") == ["lubeck delegate on-site", "lubeck observer online"])
            #expect(try await fixture.journal("lubeck").first == "participation.added")
            await #expect(throws: InvalidInput.self) { try await add("lubeck") }
            await #expect(throws: InvalidInput.self) { try await add("Atlantis") }
            #expect(try await fixture.event("forum-2025").steps.map(\.after?.words) == ["observer, online, Mayor"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a correction is a step, and an import leaves it alone`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await correct(fixture)
            let step = try #require(try await fixture.event("forum-2020").steps.first)
            #expect(step.kind == .corrected)
            #expect(
                [step.before?.words, step.after?.words] == ["delegate, online, Mayor", "delegate, on-site, Mayor"]
            )
            #expect(step.grounds == "The city's letter")
            try await fixture.take("participations.csv", StandingFixture.participations)
            #expect(try await fixture.took("forum-2020") == ["visby delegate on-site"])
            // The list that the report printed stays a whole one.
            #expect(try await fixture.event("forum-2020").event.hasWholeList)
        }
    }

    @Test(arguments: TestEngine.all)
    func `another capacity replaces the one before for good`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await correct(fixture, capacity: "observer", mode: "online")
            #expect(try await fixture.took("forum-2020") == ["visby observer online"])
            try await fixture.take("participations.csv", StandingFixture.participations)
            #expect(try await fixture.took("forum-2020") == ["visby observer online"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was removed stays on record as a step, and can come back by another`(
        _ engine: Database.Engine
    ) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await remove(fixture)
            #expect(try await fixture.took("forum-2020") == [])
            #expect(try await fixture.ask(ParticipationOfMember(member: "visby")).participations == [])
            let profile = try await fixture.database.read { try MemberProfile.load(key: "visby", $0) }
            #expect(profile?.participations == [])
            try await fixture.take("participations.csv", StandingFixture.participations)
            #expect(try await fixture.took("forum-2020") == [], "an import does not bring it back")
            try await fixture.run(
                AddParticipation(
                    event: "forum-2020",
                    member: "visby",
                    ParticipationDraft(capacity: "delegate", mode: "online"),
                    grounds: "It was there after all"
                )
            )
            #expect(try await fixture.took("forum-2020") == ["visby delegate online"])
            #expect(try await fixture.event("forum-2020").steps.map(\.kind) == [.added, .removed])
        }
    }

    @Test func `of two who change one record the second is told`() async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            try await correct(fixture)
            await #expect(throws: ParticipationRefusal.changedMeanwhile) {
                try await correct(fixture, mode: "ballot", seen: "")
            }
            await #expect(throws: ParticipationRefusal.nothingDiffers) { try await correct(fixture) }
            #expect(try await fixture.took("forum-2020") == ["visby delegate on-site"])
        }
    }

    @Test(arguments: TestEngine.all)
    func `an event by hand is kept by an import and can be corrected`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            let draft = EventDraft(name: "Training in Łódź", kind: "training", from: "2026-05-04", place: "Łódź")
            let key = try await fixture.run(AddEvent(draft, grounds: "Programme", charter: fixture.charter))
            #expect(key == "training-in-lodz")
            let again = try await fixture.run(AddEvent(draft, grounds: "Programme", charter: fixture.charter))
            #expect(again == "training-in-lodz-2026")
            var seen = EventDraft(try await fixture.event(key).event)
            let before = seen
            seen.through = "2026-05-08"
            try await fixture.run(
                CorrectEvent(key, seen: before, seen, grounds: "It was a week", charter: fixture.charter)
            )
            await #expect(throws: ParticipationRefusal.changedMeanwhile) {
                try await fixture.run(
                    CorrectEvent(key, seen: before, seen, grounds: "It was a week", charter: fixture.charter)
                )
            }
            try await fixture.take("events.csv", StandingFixture.events)
            #expect(try await fixture.event(key).event.through == Records.day("2026-05-08"))
            #expect(try await fixture.event(key).event.hasWholeList == false)
            try await fixture.run(MarkListWhole(key, isWhole: true, grounds: "Attendance sheet"))
            #expect(try await fixture.event(key).event.hasWholeList)
        }
    }

    @Test(arguments: [
        (EventDraft(name: "", kind: "training", from: "2026-05-04"), "name"),
        (EventDraft(name: "X1", kind: "party", from: "2026-05-04"), "kind"),
        (EventDraft(name: "X1", kind: "training", from: "4 May"), "from"),
        (EventDraft(name: "X1", kind: "training", from: "2026-05-04", through: "2026-05-03"), "through"),
        (EventDraft(name: "X1", kind: "training", from: "2020-05-04", through: "2026-05-03"), "through"),
    ])
    func `an event that cannot be is refused at its box`(_ draft: EventDraft, _ box: String) async throws {
        try await StandingFixture.with(.sqlite) { fixture in
            do {
                _ = try await fixture.run(AddEvent(draft, grounds: "Programme", charter: fixture.charter))
                Issue.record("it was taken")
            } catch let refused as InvalidInput { #expect(refused.fields.map(\.name) == [box]) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what a merged record took part in goes over with its steps`(_ engine: Database.Engine) async throws {
        try await StandingFixture.with(engine) { fixture in
            try await correct(fixture)
            try await fixture.run(
                MergeMembers(
                    keptKey: "riga",
                    mergedKey: "visby",
                    seen: nil,
                    grounds: "One town, two records",
                    charter: fixture.charter
                )
            )
            #expect(try await fixture.took("forum-2020") == ["riga delegate on-site"])
            #expect(try await fixture.event("forum-2020").steps.map(\.memberKey) == ["riga"])
        }
    }
}
