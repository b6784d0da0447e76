public import Access
public import Database
import Files
public import Foundation
import Journal

/// Puts a stored picture on a profile: as its logo, in place of the one before, or as one more photo.
public struct AddPicture: Command {
    public static let action = Action.editProfile

    let memberID: String
    let kind: ProfilePicture.Kind
    let file: PictureFile
    let alt: String
    let caption: String

    public init(member: String, _ kind: ProfilePicture.Kind, _ file: PictureFile, alt: String, caption: String = "") {
        memberID = member
        self.kind = kind
        self.file = file
        self.alt = alt
        self.caption = caption
    }

    public func place(_ transaction: Transaction) throws -> Place { .member(memberID) }

    /// Returns the picture's id.
    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> String {
        let words = try PictureWords(alt: alt, caption: caption)
        try MemberRevision.bump(transaction, memberID)
        let pictures = try ProfilePicture.load(transaction, member: memberID)
        let photos = pictures.filter { $0.kind == .photo }
        if kind == .photo, photos.count >= ProfilePicture.mostPhotos { throw ProfileRefusal.tooManyPhotos }
        let logo = kind == .logo ? pictures.first { $0.kind == .logo } : nil
        if let logo { try PictureRow.delete(transaction, logo, now: now) }
        let id = try insert(transaction, words, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: kind == .logo ? "profile.logo-set" : "profile.photo-added",
                subject: .init("member", memberID),
                before: logo.map { ["hash": .text($0.hash), "shows": .text($0.alt)] },
                after: ["hash": .text(file.stored.hash), "shows": .text(words.alt), "caption": .text(words.caption)]
            )
        )
        return id
    }

    private func insert(_ transaction: Transaction, _ words: PictureWords, now: Date) throws -> String {
        let id = Identifier.make()
        let position =
            try transaction.first(
                "SELECT COALESCE(MAX(position), 0) + 1 FROM profile_picture WHERE member_id = ?",
                [.text(memberID)]
            ) { try $0.integer(0) } ?? 1
        try transaction.execute(
            """
            INSERT INTO profile_picture (id, member_id, kind, position, hash, type, width, height, alt, caption, added_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .text(memberID), .text(kind.rawValue), .int(position), .text(file.stored.hash),
                .text(file.format.rawValue), .int(file.width), .int(file.height), .text(words.alt),
                .text(words.caption), .text(InstantText.text(now)),
            ]
        )
        try FileUse.attach(
            transaction,
            file.stored,
            to: ProfilePicture.owner(id),
            label: kind.rawValue,
            name: "\(kind.rawValue).\(file.stored.type.fileExtension)",
            now: now
        )
        return id
    }
}

/// Changes what is said of a picture.
public struct DescribePicture: Command {
    public static let action = Action.editProfile

    let id: String
    let alt: String
    let caption: String
    let seen: PartMark

    /// - Parameter seen: the mark of the words as the editor saw them.
    public init(picture id: String, alt: String, caption: String, seen: PartMark) {
        self.id = id
        self.alt = alt
        self.caption = caption
        self.seen = seen
    }

    public func place(_ transaction: Transaction) throws -> Place { try PictureRow.place(transaction, id) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let words = try PictureWords(alt: alt, caption: caption)
        let (picture, member) = try PictureRow.find(transaction, id)
        guard picture.fields != words.fields else { return }
        try ProfileConflict.check(
            transaction,
            member: member,
            action: "profile.picture-described",
            seen: seen,
            now: picture.fields,
            wanted: words.fields
        )
        try MemberRevision.bump(transaction, member)
        try transaction.execute(
            "UPDATE profile_picture SET alt = ?, caption = ? WHERE id = ?",
            [.text(words.alt), .text(words.caption), .text(id)]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "profile.picture-described",
                subject: .init("member", member),
                before: ["hash": .text(picture.hash), "shows": .text(picture.alt), "caption": .text(picture.caption)],
                after: ["hash": .text(picture.hash), "shows": .text(words.alt), "caption": .text(words.caption)]
            )
        )
    }
}

/// Moves a photo one place towards the beginning.
public struct MovePhotoUp: Command {
    public static let action = Action.editProfile

    let id: String

    public init(photo id: String) { self.id = id }

    public func place(_ transaction: Transaction) throws -> Place { try PictureRow.place(transaction, id) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let (_, member) = try PictureRow.find(transaction, id)
        let photos = try ProfilePicture.load(transaction, member: member).filter { $0.kind == .photo }
        guard let index = photos.firstIndex(where: { $0.id == id }), index > 0 else { return }
        var moved = photos
        moved.swapAt(index, index - 1)
        try MemberRevision.bump(transaction, member)
        try transaction.execute(
            "UPDATE profile_picture SET position = ? WHERE id = ?",
            each: moved.enumerated().map { [.int($0 + 1), .text($1.id)] }
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "profile.photos-ordered",
                subject: .init("member", member),
                before: .list(photos.map { .text($0.hash) }),
                after: .list(moved.map { .text($0.hash) })
            )
        )
    }
}

/// Takes a picture off a profile. The file goes once nothing uses it any more.
public struct RemovePicture: Command {
    public static let action = Action.editProfile

    let id: String

    public init(picture id: String) { self.id = id }

    public func place(_ transaction: Transaction) throws -> Place { try PictureRow.place(transaction, id) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let (picture, member) = try PictureRow.find(transaction, id)
        try MemberRevision.bump(transaction, member)
        try PictureRow.delete(transaction, picture, now: now)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: picture.kind == .logo ? "profile.logo-removed" : "profile.photo-removed",
                subject: .init("member", member),
                before: ["hash": .text(picture.hash), "shows": .text(picture.alt), "caption": .text(picture.caption)]
            )
        )
    }
}

/// What is said of a picture, checked.
private struct PictureWords {
    let alt: String
    let caption: String

    init(alt: String, caption: String) throws {
        var typed = TypedText()
        self.alt = typed.line(alt, "alt", atMost: 250, required: true)
        self.caption = typed.line(caption, "caption", atMost: 300)
        try typed.throwProblems()
    }

    var fields: [ProfileConflict.Field] { ProfilePicture.fields(alt: alt, caption: caption) }
}

private enum PictureRow {
    static func find(_ transaction: Transaction, _ id: String) throws -> (picture: ProfilePicture, member: String) {
        guard let found = try ProfilePicture.find(transaction, id: id) else { throw ProfileRefusal.noSuchPicture }
        return found
    }

    static func place(_ transaction: Transaction, _ id: String) throws -> Place {
        .member(try find(transaction, id).member)
    }

    static func delete(_ transaction: Transaction, _ picture: ProfilePicture, now: Date) throws {
        try transaction.execute("DELETE FROM profile_picture WHERE id = ?", [.text(picture.id)])
        try FileUse.removeAll(transaction, of: ProfilePicture.owner(picture.id), now: now)
    }
}
