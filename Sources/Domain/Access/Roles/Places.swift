public import Charter
public import Database

/// The places in which roles can be held: the association, the charter's bodies and offices, the members.
///
/// Members are another capability's; this one only asks for a member's name.
public struct Places: Sendable {
    private let charter: Charter
    private let memberName: @Sendable (Transaction, String) throws -> String?

    /// - Parameter memberName: the name of the member with an id, or `nil` when there is none.
    public init(charter: Charter, memberName: @escaping @Sendable (Transaction, String) throws -> String?) {
        self.charter = charter
        self.memberName = memberName
    }

    public var association: String { charter.association.shortName }

    /// A place's name on a day, or `nil` when there is no such place. A person is no place for a role.
    public func name(_ transaction: Transaction, of place: Place, on day: Day) throws -> String? {
        switch place {
        case .association: charter.association.shortName
        case .body(let key): bodies(on: day).first { $0.key == key }?.name
        case .member(let id): try memberName(transaction, id)
        case .person: nil
        }
    }

    /// The bodies and offices in which somebody can hold a role, in the charter's order. A key that is both is one place.
    public func bodies(on day: Day) -> [(key: String, name: String)] {
        guard let version = charter.version(on: day) ?? charter.versions.first else { return [] }
        let bodies = version.bodies.map { (key: $0.key, name: $0.name) }
        let offices = version.offices.map { (key: $0.key, name: $0.name) }
        return bodies + offices.filter { office in !bodies.contains { $0.key == office.key } }
    }
}
