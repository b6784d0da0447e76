import Charter
import Membership

/// One line of what changed lately: a step of one member, or the same step of many on one day by one source.
struct LatelyLine: Sendable, Equatable {
    struct Member: Sendable, Equatable {
        let key: String
        let name: String
    }

    let range: DayRange
    let status: String
    let category: String
    let grounds: String?
    let source: FactSource
    /// Never empty, in order of the name.
    let members: [Member]

    /// More than these are counted and not named.
    static let named = 3

    /// The steps joined into lines; `changes` has the newest first, and so have the lines.
    static func joined(_ changes: [RollChange]) -> [LatelyLine] {
        var lines: [LatelyLine] = []
        var groups: [[RollChange]] = []
        for change in changes {
            if let index = groups.firstIndex(where: { $0.first.map { belongs(change, with: $0) } ?? false }) {
                groups[index].append(change)
            } else {
                groups.append([change])
            }
        }
        for group in groups {
            guard let first = group.first else { continue }
            let grounds = Set(group.map(\.grounds))
            lines.append(
                LatelyLine(
                    range: DayRange(first.earliest, first.latest),
                    status: first.status,
                    category: first.category,
                    grounds: grounds.count == 1 ? first.grounds : nil,
                    source: .init(code: first.sourceCode, locator: first.locator),
                    members: group.map { Member(key: $0.memberKey, name: $0.memberName) }.sorted { $0.name < $1.name }
                )
            )
        }
        return lines
    }

    private static func belongs(_ change: RollChange, with other: RollChange) -> Bool {
        change.status == other.status && change.earliest == other.earliest && change.latest == other.latest
            && change.category == other.category && change.sourceCode == other.sourceCode
            && change.locator == other.locator
    }

    /// The list that shows these members, as far as a filter can tell them from others.
    func list(_ words: Words) -> MembersAddress {
        var address = MembersAddress()
        address.category = category
        if status == words.standard {
            // The newest members are at the top, and the day keeps later ones out.
            address.day = Day(range.latest)
            address.order = .since
            address.isDescending = true
        } else {
            address.standing = .only(status)
        }
        return address
    }
}
