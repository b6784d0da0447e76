import Database
public import Files
public import Foundation
import Languages

/// A picture that was made anew from what somebody sent, and is stored.
public struct PictureFile: Sendable, Equatable {
    public enum Format: String, Sendable, CaseIterable {
        case jpeg, png

        var type: FileType { self == .jpeg ? .jpeg : .png }

        /// How the name of such a file ends.
        public var ending: String { self == .jpeg ? "jpg" : "png" }
    }

    let stored: StoredFile
    let format: Format
    /// In pixels.
    let width: Int
    let height: Int

    /// `nil` for what was not made by `Picture.reencode`: a profile shows nothing that came from outside as it was.
    public init?(_ picture: Picture, stored: StoredFile) {
        guard let format = Format.allCases.first(where: { $0.type == picture.type }), stored.type == picture.type,
            stored.size == picture.bytes.count
        else { return nil }
        self.stored = stored
        self.format = format
        width = picture.width
        height = picture.height
    }

    /// Makes a picture anew from what somebody sent, and keeps it. Throws `PictureError` for what is no picture, or too
    /// large a one.
    public static func make(
        _ bytes: [UInt8],
        as kind: ProfilePicture.Kind,
        in files: FileStore,
        now: Date
    ) async throws -> PictureFile {
        let picture = try await Picture.reencode(bytes, largestSide: kind.largestSide)
        let stored = try await files.put(picture.bytes, as: picture.type, now: now)
        guard let file = PictureFile(picture, stored: stored) else { throw PictureError.damaged }
        return file
    }
}

/// The logo or a photo on a member's profile.
public struct ProfilePicture: Sendable, Equatable {
    public static let mostPhotos = 12

    public enum Kind: String, Sendable, CaseIterable {
        case logo, photo

        /// In pixels; larger pictures are made smaller.
        var largestSide: Int { self == .logo ? 800 : 2000 }
    }

    public let id: String
    public let kind: Kind
    public let hash: String
    public let format: PictureFile.Format
    /// In pixels.
    public let width: Int
    public let height: Int
    /// What it shows, for whoever does not see it.
    public let alt: String
    public let caption: String

    /// The name of the file that everybody gets.
    public var fileName: String { "\(hash).\(format.ending)" }

    /// The mark of its words, for the form that changes them.
    public var mark: PartMark { ProfileConflict.mark(fields) }

    var fields: [ProfileConflict.Field] { Self.fields(alt: alt, caption: caption) }

    static func fields(alt: String, caption: String) -> [ProfileConflict.Field] {
        [
            .init(name: say("What it shows"), value: .verbatim(alt)),
            .init(name: say("Caption"), value: .verbatim(caption)),
        ]
    }
}

extension ProfilePicture {
    static func owner(_ id: String) -> FileOwner { FileOwner("profile-picture", id) }

    private static let columns = "id, kind, hash, type, width, height, alt, caption"

    private init(row: Row) throws {
        self.init(
            id: try row.text(0),
            kind: Kind(rawValue: try row.text(1)) ?? .photo,
            hash: try row.text(2),
            format: PictureFile.Format(rawValue: try row.text(3)) ?? .jpeg,
            width: try row.integer(4),
            height: try row.integer(5),
            alt: try row.text(6),
            caption: try row.text(7)
        )
    }

    /// The logo first, then the photos in their order.
    static func load(_ transaction: Transaction, member: String) throws -> [ProfilePicture] {
        try transaction.query(
            "SELECT \(columns) FROM profile_picture WHERE member_id = ? ORDER BY kind, position, id",
            [.text(member)]
        ) { try ProfilePicture(row: $0) }
    }

    /// The picture and the member that it belongs to.
    static func find(_ transaction: Transaction, id: String) throws -> (picture: ProfilePicture, member: String)? {
        try transaction.first("SELECT \(columns), member_id FROM profile_picture WHERE id = ?", [.text(id)]) {
            (try ProfilePicture(row: $0), try $0.text(8))
        }
    }
}
