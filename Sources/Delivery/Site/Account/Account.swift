import Database
import HTML
import Hummingbird
import Identity
import Web

extension Site {
    /// One's own account, and the ways in and out.
    static func addAccount(to rooms: RoomRoutes) {
        rooms.post("/sign-out", .signedIn) { room in
            let session = try room.session
            try await room.site.database.write { try Session.end($0, id: session.id, person: session.personID) }
            var response = room.redirect(to: "/")
            let name = SessionCookie.name(isSecure: room.site.isSecure)
            response.setCookie(SessionCookie.removal(name, isSecure: room.site.isSecure))
            return response
        }
    }
}
