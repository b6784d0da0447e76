public import Access
public import Database
public import Foundation
public import Languages

/// What a member shows of itself: its own words, contacts, web site and pictures.
public struct MemberSelf: Sendable, Equatable {
    public let texts: [ProfileText]
    public let contacts: [Contact]
    public let website: String?
    public let tags: [String]
    public let logo: ProfilePicture?
    public let photos: [ProfilePicture]

    /// The logo, then the photos in their order.
    public var pictures: [ProfilePicture] { (logo.map { [$0] } ?? []) + photos }

    /// Nothing yet.
    public static let empty = MemberSelf(texts: [], contacts: [], website: nil, tags: [], logo: nil, photos: [])

    /// Whether there is anything that only the member itself can have said.
    public var isEmpty: Bool { texts.isEmpty && contacts.isEmpty && logo == nil && photos.isEmpty }

    static func load(_ transaction: Transaction, member: String) throws -> MemberSelf {
        let pictures = try ProfilePicture.load(transaction, member: member)
        return MemberSelf(
            texts: try ProfileText.load(transaction, member: member),
            contacts: try Contact.load(transaction, member: member),
            website: try transaction.first("SELECT website FROM member WHERE id = ?", [.text(member)]) {
                $0.optionalText(0)
            }.flatMap { $0 },
            tags: try Tags.load(transaction, member: member),
            logo: pictures.first { $0.kind == .logo },
            photos: pictures.filter { $0.kind == .photo }
        )
    }

    /// As everybody may see it: without the contacts that are for the network only.
    var forEverybody: MemberSelf {
        MemberSelf(
            texts: texts,
            contacts: contacts.filter(\.isPublic),
            website: website,
            tags: tags,
            logo: logo,
            photos: photos
        )
    }

    /// What a profile should have, and whether this one has it.
    var steps: [PortalHome.ProfileStep] {
        ProfilePart.allCases.map { .init(part: $0, isDone: has($0)) }
    }

    private func has(_ part: ProfilePart) -> Bool {
        switch part {
        case .description: !texts.isEmpty
        case .contacts: contacts.contains(where: \.isPublic)
        case .website: website != nil
        case .tags: !tags.isEmpty
        case .logo: logo != nil
        case .photos: !photos.isEmpty
        }
    }
}

/// A part of the profile that a member keeps itself.
public enum ProfilePart: String, Sendable, CaseIterable {
    case description, contacts, website, tags, logo, photos

    /// What is missing, as a piece of advice.
    public var advice: Phrase {
        switch self {
        case .description: say("Say in a few sentences what your city is and works on.")
        case .contacts: say("Give one address at which everybody may reach you.")
        case .website: say("Add the address of your web site.")
        case .tags: say("Choose the words by which others shall find you.")
        case .logo: say("Add your logo.")
        case .photos: say("Show a photo or two.")
        }
    }
}

extension Directory {
    /// What a member shows of itself to everybody.
    public func publicSelf(of memberID: String) async throws -> MemberSelf {
        try await database.read { try MemberSelf.load($0, member: memberID).forEverybody }
    }

    /// The picture with this hash, when it is on a profile and so for everybody to see; otherwise `nil`.
    public func publicPicture(hash: String) async throws -> PictureFile.Format? {
        try await database.read { transaction in
            try transaction.first("SELECT type FROM profile_picture WHERE hash = ? LIMIT 1", [.text(hash)]) {
                PictureFile.Format(rawValue: try $0.text(0))
            }.flatMap { $0 }
        }
    }
}

/// A member's profile with everything that its editors work on.
public struct OwnProfile: Question {
    public static let action = Action.readPortal

    public struct Answer: Sendable, Equatable {
        public let member: PortalMember
        public let content: MemberSelf
        /// Whether whoever asks may change it.
        public let mayEdit: Bool
    }

    let memberID: String

    public init(member: String) { memberID = member }

    public func place(_ transaction: Transaction) throws -> Place { .member(memberID) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        Answer(
            member: try PortalMember.load(transaction, id: memberID),
            content: try MemberSelf.load(transaction, member: memberID),
            mayEdit: actor.may(.editProfile, at: .member(memberID))
        )
    }
}

/// The member whose room it is.
public struct PortalMember: Sendable, Equatable {
    public let id: String
    /// The last part of its public address.
    public let key: String
    public let name: String
    /// ISO 3166 alpha-2.
    public let country: String?
    public let category: String

    static func load(_ transaction: Transaction, id: String) throws -> PortalMember {
        guard let found = try find(transaction, id: id) else { throw MemberRefusal.noSuchMember }
        return found
    }

    static func find(_ transaction: Transaction, id: String) throws -> PortalMember? {
        try transaction.first(
            "SELECT id, key, name, country, category FROM member WHERE id = ?",
            [.text(id)]
        ) {
            PortalMember(
                id: try $0.text(0),
                key: try $0.text(1),
                name: try $0.text(2),
                country: $0.optionalText(3),
                category: try $0.text(4)
            )
        }
    }
}
