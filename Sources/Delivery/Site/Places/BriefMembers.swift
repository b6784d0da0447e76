import HTML
import Languages
import Membership

/// The members that a page about something else lists, and where the rest of them stands.
struct BriefMembers: Sendable, Equatable {
    /// The most rows that such a page shows; the directory has pages for more.
    static let limit = 100

    var rows: [RollRow] = []
    /// All of them, shown or not.
    var total = 0
    let address: MembersAddress

    /// The first members of a state of the directory.
    static func load(_ address: MembersAddress, _ context: SiteContext) async throws -> BriefMembers {
        let found = try await context.directory.list(address.filter(today: context.today()), page: 1, size: limit)
        return BriefMembers(rows: found.rows, total: found.total, address: address)
    }
}

extension HTMLWriter {
    func briefMembers(_ members: BriefMembers, _ table: RollTable) {
        rollTable(self, members.rows, table)
        if members.rows.count < members.total {
            p(.class("more")) {
                a(.href(members.address.address()), text: say("All \(members.total) in the directory"))
            }
        }
    }
}
