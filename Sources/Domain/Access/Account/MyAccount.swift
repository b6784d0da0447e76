public import Database
public import Foundation
public import Identity

/// A person as they see themselves.
public struct MyAccount: Question {
    public static let action = Action.ownAccount

    public struct Answer: Sendable {
        public let person: Person
        /// Roles in force today, and those to come.
        public let roles: [Grant]
        public let sessions: [Session]
        public let identities: [ExternalIdentity]
        public let recoveryCodesLeft: Int
        /// The role that keeps the second factor from being removed.
        public let roleNeedingSecondFactor: Role?
        /// The new address of a change that waits, and which of the two has confirmed.
        public let addressChange: (email: String, isLeft: Bool, isTaken: Bool)?
        /// The erasure that they asked for, waiting or declined.
        public let erasure: ErasureRequest?
    }

    private let personID: String
    private let policy: SessionPolicy

    public init(_ personID: String, policy: SessionPolicy) {
        self.personID = personID
        self.policy = policy
    }

    public func place(_ transaction: Transaction) -> Place { .person(personID) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let today = Grant.day(now)
        let roles = try Grant.all(transaction, person: personID).filter { grant in
            grant.endedAt == nil && grant.endsOn.map { $0 >= today } ?? true
        }
        let change = try AddressChange.find(transaction, person: personID)
        return Answer(
            person: actor.person,
            roles: roles,
            sessions: try Session.list(transaction, person: personID, policy, now: now),
            identities: try ExternalIdentity.list(transaction, person: personID),
            recoveryCodesLeft: try RecoveryCodes.left(transaction, person: personID),
            roleNeedingSecondFactor: roles.first { $0.isInForce(on: today) && $0.role.needsSecondFactor }?.role,
            addressChange: change.map { ($0.email, $0.leftAt != nil, $0.takenAt != nil) },
            erasure: try ErasureRequest.find(transaction, person: personID)
        )
    }
}
