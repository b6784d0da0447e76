import Access
import Database
import DatabaseTesting
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Journal
import Logging
import NIOCore
import Testing

@testable import Membership
@testable import Site
@testable import Web

/// Every address behind sign-in, walked with every role, and compared with the table of rights: a check that somebody
/// forgot fails here.
@Suite("Every address with every role")
struct RightsWalkTests {
    /// Who walks: a role held in one member or body, nobody with a role, or nobody signed in.
    struct Walker {
        let name: String
        let role: Role?
        let token: Secret?
    }

    @Test(arguments: TestEngine.all)
    func `a page opens to exactly the roles that the table names`(_ engine: Database.Engine) async throws {
        try await withRooms(engine) { rooms in
            for role in [nil] + Role.allCases.map(Optional.some) {
                for route in rooms.site.declaredRoutes {
                    try await walk(route, as: role, rooms)
                }
            }
        }
    }

    @Test
    func `whoever is not signed in reaches nothing but the pages of signing in`() async throws {
        try await withRooms(.sqlite) { rooms in
            for route in rooms.site.declaredRoutes where route.access != .anyone {
                let path = fill(route.path, member: "koeln")
                let (status, headers) = try await rooms.send(route.method, path, nil)
                if route.method == .get {
                    #expect(status == .seeOther, "\(path)")
                    #expect(headers[.location]?.hasPrefix("/sign-in") == true, "\(path)")
                } else {
                    #expect(status == .unauthorized, "\(path)")
                }
            }
        }
    }

    @Test
    func `every address that changes something is behind the door of the rooms`() async throws {
        try await withRooms(.sqlite) { rooms in
            let routes = Routes()
            rooms.site.addRoutes(to: routes)
            let declared = Set(
                rooms.site.declaredRoutes.map { "\($0.method.rawValue) \(RouterPath($0.path).description)" }
            )
            let all = routes.addresses.flatMap { path, methods in methods.map { "\($0.rawValue) \(path)" } }
            let open = all.filter { !declared.contains($0) }
            #expect(open.filter { !$0.hasPrefix("GET ") } == [])
            #expect(open.filter { $0.hasPrefix("GET /console") || $0.hasPrefix("GET /portal") } == [])
            #expect(open.filter { $0.hasPrefix("GET /account") } == [])
        }
    }

    @Test
    func `a form without its token, with another's token or from another site changes nothing`() async throws {
        try await withRooms(.sqlite) { rooms in
            for route in rooms.site.declaredRoutes where route.method == .post {
                let path = fill(route.path, member: "koeln")
                let admin = try await rooms.signIn(.administrator)
                let other = try await rooms.signIn(.administrator)
                let (bare, _) = try await rooms.send(.post, path, admin, form: "")
                #expect(bare == .forbidden, "\(path) without a token")
                let (foreign, _) = try await rooms.send(
                    .post,
                    path,
                    admin,
                    form: "form-token=\(other.derived(for: "form"))"
                )
                #expect(foreign == .forbidden, "\(path) with another's token")
                let (crossing, _) = try await rooms.send(.post, path, admin, headers: [.secFetchSite: "cross-site"])
                #expect(crossing == .forbidden, "\(path) from another site")
            }
        }
    }

    @Test
    func `a role of the secretariat is worth nothing before the second factor`() async throws {
        try await withRooms(.sqlite) { rooms in
            for route in rooms.site.declaredRoutes {
                guard case .may = route.access else { continue }
                let token = try await rooms.signIn(.administrator, secondFactor: false)
                let path = fill(route.path, member: "koeln")
                let (status, headers) = try await rooms.send(route.method, path, token)
                #expect(status == .seeOther, "\(path)")
                #expect(headers[.location]?.hasPrefix("/sign-in/second-factor") == true, "\(path)")
            }
        }
    }

    private func walk(_ route: DeclaredRoute, as role: Role?, _ rooms: TestRooms) async throws {
        // The role is held in Köln; Ruhrort is another member.
        for member in ["koeln", "ruhrort"] {
            let path = fill(route.path, member: member)
            let token = try await rooms.signIn(role)
            let (status, headers) = try await rooms.send(route.method, path, token)
            let who = role?.rawValue ?? "nobody"
            let isIn = mayEnter(route.access, role, member: "id-\(member)")
            if isIn {
                #expect(status != .unauthorized && status.code < 500, "\(who) at \(route.method) \(path): \(status)")
                if case .somewhere = route.access { continue }
                #expect(status != .forbidden, "\(who) at \(route.method) \(path)")
                #expect(headers[.location]?.hasPrefix("/sign-in?") != true, "\(who) at \(route.method) \(path)")
            } else {
                #expect(status == .forbidden, "\(who) at \(route.method) \(path)")
            }
            guard case .inMember = route.access else { return }
        }
    }

    private func mayEnter(_ access: RouteAccess, _ role: Role?, member: String) -> Bool {
        guard let role else { return access == .anyone || access == .signedIn }
        let seat = TestRooms.seat(role)
        return switch access {
        case .anyone, .signedIn: true
        case .may(let action): Rights.allow(role, at: seat, action, at: .association)
        case .somewhere(let action): action == .ownAccount || Rights.reach(role, action) != .none
        case .inMember(let action): Rights.allow(role, at: seat, action, at: .member(member))
        }
    }

    private func fill(_ path: String, member: String) -> String {
        path.split(separator: "/").map { part in
            guard part.hasPrefix(":") else { return String(part) }
            return part == ":key" ? member : "01890000-0000-7000-8000-000000000000"
        }.reduce("") { $0 + "/" + $1 }
    }
}
