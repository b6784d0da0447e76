import Access
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import Membership
import Web

extension Site {
    /// A member's room, for its own people and for whoever looks after members.
    static func addPortal(to rooms: RoomRoutes) {
        rooms.get("/portal", .signedIn) { room in
            let mine = try await room.ask(MyRooms(person: room.actor.person.id))
            if mine.count == 1 { return room.redirect(to: PortalPlace.home.address(mine[0].key)) }
            return roomsPage(room, mine)
        }
        rooms.get("/portal/:key", .inMember(.readPortal)) { room in
            let home = try await room.ask(PortalHome(member: room.itsMember.id, sources: room.site.rooms.portal))
            return try portalHomePage(room, home)
        }
        addProfile(to: rooms)
        addPictures(to: rooms)
        addFacts(to: rooms)
        addMembership(to: rooms)
        addMemberDues(to: rooms)
        addMemberRelief(to: rooms)
        addMemberStanding(to: rooms)
        addMemberPeople(to: rooms)
    }
}

extension Room {
    /// The member whose room it is. Only on addresses with a member's key.
    var itsMember: RoomMember {
        get throws {
            guard let member else { throw RequestProblem.notFound }
            return member
        }
    }

    /// The address of a place in the member's room, or of something below it.
    func portal(_ place: PortalPlace, _ below: String = "") throws -> String {
        try place.address(itsMember.key) + below
    }

    /// A page of the member's room.
    func portalPage(
        _ title: Phrase,
        _ place: PortalPlace,
        isBelow: Bool = false,
        status: HTTPResponse.Status = .ok,
        _ content: (HTMLWriter) -> Void
    ) throws -> Response {
        let member = try itsMember
        let trail = isBelow ? [(address: place.address(member.key), name: place.title)] : []
        return page(RoomPage(title: title, place: .portal(place, member), trail: trail), status: status, content)
    }
}

private func roomsPage(_ room: Room, _ members: [PortalMember]) -> Response {
    room.page(RoomPage(title: say("Your members"), place: .members)) { h in
        guard !members.isEmpty else {
            h.div(.class("empty")) {
                h.h2(say("You act for no member"))
                h.p(say("A member's representative, or the secretariat, can give you a role in one."))
            }
            return
        }
        h.p(.class("lede"), text: say("You act for several. Choose one."))
        h.ul(.class("rows plain-rows")) {
            for member in members {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href(PortalPlace.home.address(member.key)), text: member.name)
                        h.span(.class("also"), text: room.site.words.category(member.category))
                    }
                    h.div(.class("next quiet"), text: roles(room, member.id))
                }
            }
        }
    }
}

/// The roles of whoever asks in a member.
private func roles(_ room: Room, _ memberID: String) -> Phrase {
    let grants = room.visitor?.actor.grants.filter { $0.place == .member(memberID) } ?? []
    return .joined(grants.map { $0.role.name }, by: ", ")
}
