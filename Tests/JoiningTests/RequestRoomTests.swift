import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Foundation
import Journal
import Languages
import Membership
import Testing

@testable import Joining

/// What a member's people and the secretariat see of requests.
@Suite("Rooms tell what can be asked, and what waits")
struct RequestRoomTests {
    @Test(arguments: TestEngine.all)
    func `each standing has its own possibilities, and says why not`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            func possible(_ key: String, _ actor: Actor, at now: Date = RequestHouse.now) async throws -> [String] {
                let question = MembershipRequests(key, charter: house.charter)
                let found = try await house.ask(question, as: actor, at: now)
                #expect(found.possible.count + found.impossible.count == MembershipRequestKind.allCases.count)
                #expect(found.impossible.allSatisfy { !$0.because.english.isEmpty })
                return found.possible.map { possible in
                    [possible.kind.rawValue, possible.bodyName, possible.lastDay?.description].compactMap(\.self)
                        .joined(separator: ", ")
                }
            }
            let leave = "withdrawal, Executive Committee"
            let back = "reinstatement, Executive Committee"
            #expect(try await possible("visby", house.nils) == [leave])
            let riga = [leave, "appeal, General Assembly, 2026-09-30", back]
            #expect(try await possible("riga", house.ruta) == riga)
            #expect(try await possible("gdansk", house.piotr) == [back])
            let acme = ["appeal, General Assembly, 2026-09-21", back]
            #expect(try await possible("acme", house.officer) == acme)
            #expect(try await possible("acme", house.officer, at: RequestHouse.later(1)) == [back])
            // What is under way cannot be asked a second time.
            try await house.ask(.appeal, RequestHouse.riga, as: house.ruta)
            #expect(try await possible("riga", house.ruta) == [leave, back])
            await #expect(throws: MemberRefusal.noSuchMember) { _ = try await possible("nowhere", house.officer) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `the room tells of a right to appeal as long as there is one, and of requests`(
        _ engine: Database.Engine
    ) async throws {
        try await RequestHouse.with(engine) { house in
            func items(_ member: String, _ actor: Actor, at now: Date = RequestHouse.now) async throws -> [String] {
                let home = PortalHome(member: member, sources: JoiningParts.portal(house.charter))
                return try await house.ask(home, as: actor, at: now).items
                    .map { "\($0.section.rawValue) \($0.kind) \($0.day ?? "")" }
            }
            #expect(try await items(RequestHouse.visby, house.inga).isEmpty)
            #expect(try await items(RequestHouse.acme, house.anton) == ["open appeal 2026-09-21"])
            #expect(try await items(RequestHouse.acme, house.anton, at: RequestHouse.later(1)).isEmpty)
            let id = try await house.ask(.appeal, RequestHouse.acme, as: house.anton)
            #expect(try await items(RequestHouse.acme, house.anton) == ["coming membership-request "])
            let circular = try await house.put(id)
            #expect(try await items(RequestHouse.acme, house.anton) == ["coming membership-request "])
            try await house.meet(circular, .adopted)
            #expect(try await items(RequestHouse.acme, house.anton).isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was received waits for the secretariat until the body has it`(_ engine: Database.Engine) async throws {
        try await RequestHouse.with(engine) { house in
            func waiting() async throws -> [WaitingItem] {
                let today = Today(.mine, sources: JoiningParts.waiting)
                return try await house.ask(today, as: house.officer).waiting
            }
            #expect(try await waiting().isEmpty)
            let id = try await house.ask(.withdrawal, RequestHouse.visby, as: house.inga)
            let item = try #require(try await waiting().first)
            #expect(item.kind == "membership-request")
            #expect(item.id == id)
            #expect(item.needs == .handleApplications)
            #expect(item.memberID == RequestHouse.visby)
            let about = try await house.database.read { try JoiningParts.subject($0, .init("membership-request", id)) }
            #expect(try #require(about).english == "Visby: Withdrawal, 2026-1")
            _ = try await house.put(id)
            #expect(try await waiting().isEmpty)
            let list = try await house.ask(RequestList([.received, .put]), as: house.auditor)
            #expect(list.requests.map(\.id) == [id])
            #expect(list.counts == [.put: 1])
            let record = try await house.ask(RequestByID("2026-1", charter: house.charter), as: house.auditor)
            #expect(record.request.id == id)
            #expect(record.bodyName == "Executive Committee")
            #expect(record.rule?.id == "membership.withdrawal")
            #expect(record.standing == MemberStanding(status: "member", day: RequestHouse.day("2015-03-01")))
            #expect(record.problem == nil)
            #expect(!record.canBeTakenBack)
            await #expect(throws: RequestRefusal.noSuchRequest) {
                _ = try await house.ask(RequestByID("2026-2", charter: house.charter), as: house.auditor)
            }
        }
    }
}
