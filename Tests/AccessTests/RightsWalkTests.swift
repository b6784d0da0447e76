import Access
import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Identity

/// One way to call a service: what it asks for, where, and the call.
private struct Sample: Sendable {
    let service: String
    let action: Action
    let place: Place
    let call: @Sendable (Desk, Actor) async throws -> Void
}

@Suite("Every service asks for its right")
struct RightsWalkTests {
    @Test("the catalogue lists every command and question of this capability")
    func catalogueIsWhole() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Domain/Access")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var declared: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/struct (\w+): (?:Command|Question)\b/#) { declared.insert(String(match.1)) }
        }
        let listed = AccessCatalogue.all.map(\.name)
        #expect(Set(listed) == declared)
        #expect(listed.count == declared.count)
    }

    @Test("with every role, here and elsewhere, each does what the table of rights says", arguments: TestEngine.all)
    func walk(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let target = try await Target.make(desk)
            let samples = Self.samples(target)
            #expect(Set(samples.map(\.service)) == Set(AccessCatalogue.all.map(\.name)))
            for description in AccessCatalogue.all {
                let asked = Set(samples.filter { $0.service == description.name }.map(\.action))
                #expect(asked == Set(description.actions), "\(description.name)")
            }
            for role in Role.allCases {
                for seat in Self.seats(role) {
                    let id = try await desk.add("\(role)", "\(UUID().uuidString)@x.test", (role, seat))
                    let actor = try await desk.actor(id)
                    for sample in samples + Self.ownSamples(id, target) {
                        let isAllowed =
                            sample.action == .ownAccount
                            ? sample.place == .person(id)
                            : Rights.allow(role, at: seat, sample.action, at: sample.place)
                        let error = try await refusal { try await sample.call(desk, actor) }
                        // Past the check anything may happen: the record may be gone by now.
                        let wasAllowed = error as? AccessRefusal == nil
                        #expect(
                            wasAllowed == isAllowed,
                            "\(sample.service) in \(sample.place) as \(role) in \(seat): \(String(describing: error))"
                        )
                    }
                }
            }
        }
    }

    @Test("without the second factor a role that needs one is as good as none", arguments: TestEngine.all)
    func withheld(_ engine: Database.Engine) async throws {
        try await withDesk(engine) { desk in
            let target = try await Target.make(desk)
            for role in Role.allCases where role.needsSecondFactor {
                let id = try await desk.add("\(role)", "\(role.rawValue)@x.test", (role, .association))
                let actor = try await desk.actor(id, secondFactor: false)
                for sample in Self.samples(target) {
                    let error = try await refusal { try await sample.call(desk, actor) }
                    #expect(error is AccessRefusal, "\(sample.service) as \(role)")
                }
            }
        }
    }

    private static func seats(_ role: Role) -> [Place] {
        switch role.seat {
        case .association: [.association]
        case .body: [.body("executive-committee"), .body("secretariat")]
        case .member: [.member("m1"), .member("m2")]
        }
    }

    /// Records that the calls are about: somebody with a role in each sort of place, and an invitation to each.
    private struct Target: Sendable {
        let person: String
        let grants: [(role: Role, place: Place, id: String)]
        let invitations: [(role: Role, place: Place, id: String)]

        static let roles: [(Role, Place)] = [
            (.editor, .member("m1")), (.delegate, .member("m1")), (.committee, .body("executive-committee")),
            (.auditor, .association),
        ]

        static func make(_ desk: Desk) async throws -> Target {
            _ = try await desk.add("Second", "second@wego.test", (.administrator, .association))
            let person = try await desk.add("Target", "target@x.test")
            var grants: [(role: Role, place: Place, id: String)] = []
            var invitations: [(role: Role, place: Place, id: String)] = []
            for (role, place) in roles {
                let grant = try await desk.run(
                    GiveRole(to: person, role: role, in: place, places: desk.places, letters: desk.letters)
                )
                grants.append((role, place, grant))
                let invited = try await desk.run(
                    InvitePerson(
                        name: "New",
                        email: "\(role.rawValue)@new.test",
                        language: "en",
                        role: role,
                        in: place,
                        places: desk.places,
                        letters: desk.letters
                    )
                )
                let record = try await desk.ask(PersonRecord(invited.personID))
                invitations.append((role, place, try #require(record.invitations.first?.id)))
            }
            // As if they had been here before: taking their invitation back then leaves its record for the next walker.
            try await desk.database.write { transaction in
                try transaction.execute("UPDATE person SET signed_in_at = created_at WHERE signed_in_at IS NULL")
            }
            return Target(person: person, grants: grants, invitations: invitations)
        }
    }

    private static func samples(_ target: Target) -> [Sample] {
        let person = target.person
        var samples = ownSamples(person, target)
        samples += [
            Sample(service: "ClosePerson", action: .editPerson, place: .association) { desk, actor in
                try await desk.run(ClosePerson(person), as: actor)
            },
            Sample(service: "ReopenPerson", action: .editPerson, place: .association) { desk, actor in
                try await desk.run(ReopenPerson(person), as: actor)
            },
            Sample(service: "EditPerson", action: .editPerson, place: .association) { desk, actor in
                try await desk.run(
                    EditPerson(
                        person,
                        name: "T",
                        email: "target@x.test",
                        language: "en",
                        sources: [],
                        letters: desk.letters
                    ),
                    as: actor
                )
            },
            Sample(service: "ResetSecondFactor", action: .editPerson, place: .association) { desk, actor in
                try await desk.run(ResetSecondFactor(person, letters: desk.letters), as: actor)
            },
            Sample(service: "SignOutPerson", action: .editPerson, place: .association) { desk, actor in
                try await desk.run(SignOutPerson(person), as: actor)
            },
            Sample(service: "ErasePerson", action: .erasePerson, place: .association) { desk, actor in
                try await desk.run(ErasePerson("nobody", sources: [], letters: desk.letters), as: actor)
            },
            Sample(service: "DeclineErasure", action: .erasePerson, place: .association) { desk, actor in
                try await desk.run(DeclineErasure("nobody", reason: "The law", letters: desk.letters), as: actor)
            },
            Sample(service: "PeopleList", action: .readPeople, place: .association) { desk, actor in
                _ = try await desk.ask(PeopleList(PeopleFilter()), as: actor)
            },
            Sample(service: "PersonRecord", action: .readPeople, place: .association) { desk, actor in
                _ = try await desk.ask(PersonRecord(person), as: actor)
            },
            Sample(service: "Today", action: .readToday, place: .association) { desk, actor in
                _ = try await desk.ask(Today(.mine, sources: []), as: actor)
            },
            Sample(service: "ListJobs", action: .readJobs, place: .association) { desk, actor in
                _ = try await desk.ask(ListJobs(), as: actor)
            },
            Sample(service: "RunJobNow", action: .runJob, place: .association) { desk, actor in
                try await desk.run(RunJobNow("none"), as: actor)
            },
            Sample(service: "ListMail", action: .readMail, place: .association) { desk, actor in
                _ = try await desk.ask(ListMail(), as: actor)
            },
            Sample(service: "ReadMail", action: .readMail, place: .association) { desk, actor in
                _ = try await desk.ask(ReadMail(id: "none"), as: actor)
            },
            Sample(service: "DecideMail", action: .sendMail, place: .association) { desk, actor in
                try await desk.run(DecideMail(id: "none", .stop), as: actor)
            },
            Sample(service: "RoleHolder", action: .readPeople, place: .association) { desk, actor in
                _ = try await desk.ask(RoleHolder(target.grants[0].id), as: actor)
            },
            Sample(service: "PeopleOfMember", action: .readMemberPeople, place: .member("m1")) { desk, actor in
                _ = try await desk.ask(PeopleOfMember("m1"), as: actor)
            },
        ]
        samples += tokenSamples
        for (role, place) in Target.roles {
            samples.append(
                Sample(service: "GiveRole", action: role.givenBy, place: place) { desk, actor in
                    let command = GiveRole(
                        to: person,
                        role: role,
                        in: place,
                        places: desk.places,
                        letters: desk.letters
                    )
                    _ = try await desk.run(command, as: actor)
                }
            )
            samples.append(
                Sample(service: "InvitePerson", action: role.givenBy, place: place) { desk, actor in
                    let command = InvitePerson(
                        name: "N",
                        email: "\(UUID().uuidString)@n.test",
                        language: "en",
                        role: role,
                        in: place,
                        places: desk.places,
                        letters: desk.letters
                    )
                    _ = try await desk.run(command, as: actor)
                }
            )
        }
        for (role, place, id) in target.grants {
            samples.append(
                Sample(service: "EndRole", action: role.givenBy, place: place) { desk, actor in
                    try await desk.run(EndRole(id), as: actor)
                }
            )
        }
        for (role, place, id) in target.invitations {
            samples.append(
                Sample(service: "InviteAgain", action: role.givenBy, place: place) { desk, actor in
                    try await desk.run(InviteAgain(id, places: desk.places, letters: desk.letters), as: actor)
                }
            )
            samples.append(
                Sample(service: "RevokeInvitation", action: role.givenBy, place: place) { desk, actor in
                    try await desk.run(RevokeInvitation(id, sources: []), as: actor)
                }
            )
        }
        return samples
    }

    private static let tokenSamples: [Sample] = [
        Sample(service: "MakeMemberToken", action: .manageMemberTokens, place: .member("m1")) { desk, actor in
            let command = MakeMemberToken(member: "m1", name: "Site", scopes: ["profile:write"], days: 30)
            _ = try await desk.run(command, as: actor)
        },
        Sample(service: "MemberTokens", action: .manageMemberTokens, place: .member("m1")) { desk, actor in
            _ = try await desk.ask(MemberTokens(member: "m1"), as: actor)
        },
        Sample(service: "RevokeToken", action: .manageMemberTokens, place: .member("m1")) { desk, actor in
            try await desk.run(RevokeToken("none", among: .member("m1")), as: actor)
        },
        Sample(service: "RevokeToken", action: .revokeToken, place: .association) { desk, actor in
            try await desk.run(RevokeToken("none", among: .all), as: actor)
        },
        Sample(service: "AllTokens", action: .readTokens, place: .association) { desk, actor in
            _ = try await desk.ask(AllTokens { _, _ in nil }, as: actor)
        },
    ]

    /// What people do in their own account, tried in the account of `person`.
    private static func ownSamples(_ person: String, _ target: Target) -> [Sample] {
        func own(_ service: String, _ call: @escaping @Sendable (Desk, Actor) async throws -> Void) -> Sample {
            Sample(service: service, action: .ownAccount, place: .person(person), call: call)
        }
        return [
            own("AskErasure") { desk, actor in try await desk.run(AskErasure(person), as: actor) },
            own("WithdrawErasure") { desk, actor in try await desk.run(WithdrawErasure(person), as: actor) },
            own("BeginSecondFactor") { desk, actor in _ = try await desk.run(BeginSecondFactor(person), as: actor) },
            own("ConfirmSecondFactor") { desk, actor in
                let command = ConfirmSecondFactor(person, code: "1", session: Secret(), letters: desk.letters)
                _ = try await desk.run(command, as: actor)
            },
            own("NewRecoveryCodes") { desk, actor in
                _ = try await desk.run(NewRecoveryCodes(person, letters: desk.letters), as: actor)
            },
            own("RemoveSecondFactor") { desk, actor in
                try await desk.run(RemoveSecondFactor(person, letters: desk.letters), as: actor)
            },
            own("RemovePassword") { desk, actor in
                try await desk.run(RemovePassword(person, letters: desk.letters), as: actor)
            },
            own("SetPassword") { desk, actor in
                let command = try await fakePassword(desk, person)
                try await desk.run(command, as: actor)
            },
            own("ChangeOwnDetails") { desk, actor in
                try await desk.run(ChangeOwnDetails(person, name: "T", language: "en"), as: actor)
            },
            own("RequestAddressChange") { desk, actor in
                try await desk.run(RequestAddressChange(person, to: "t@t.test", letters: desk.letters), as: actor)
            },
            own("CancelAddressChange") { desk, actor in try await desk.run(CancelAddressChange(person), as: actor) },
            own("EndSession") { desk, actor in try await desk.run(EndSession(.all, of: person), as: actor) },
            own("MyAccount") { desk, actor in
                _ = try await desk.ask(MyAccount(person, policy: SessionPolicy()), as: actor)
            },
            own("MakeToken") { desk, actor in
                let command = MakeToken(person, name: "Report", scopes: ["members:read"], days: 30)
                _ = try await desk.run(command, as: actor)
            },
            own("MyTokens") { desk, actor in _ = try await desk.ask(MyTokens(person), as: actor) },
            own("RevokeToken") { desk, actor in
                try await desk.run(RevokeToken("none", among: .own(person)), as: actor)
            },
            own("PersonalData") { desk, actor in _ = try await desk.ask(PersonalData(person, sources: []), as: actor) },
        ]
    }

    private static func fakePassword(_ desk: Desk, _ id: String) async throws -> SetPassword {
        let session = try await desk.database.write { transaction in
            let secret = try Session.begin(
                transaction,
                person: id,
                method: "link",
                secondFactor: false,
                address: "",
                agent: "",
                now: Desk.start
            )
            return try #require(try Session.find(transaction, secret, SessionPolicy(), now: Desk.start))
        }
        return try await desk.signIn.newPassword(
            "violet tractor soup",
            old: nil,
            for: #require(try await desk.person(id)),
            in: session,
            association: "WeGO",
            from: desk.doorstep,
            now: Desk.start
        )
    }
}
