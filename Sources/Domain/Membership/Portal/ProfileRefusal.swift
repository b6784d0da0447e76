public import Access
import Database
import Journal
public import Languages

/// Why a change of a profile is refused.
public enum ProfileRefusal: Refusal, Equatable {
    /// Somebody else changed the same part meanwhile.
    case changedMeanwhile(ProfileConflict)
    case noSuchPicture
    case tooManyPhotos
    case tooManyLanguages

    public var code: String {
        switch self {
        case .changedMeanwhile: "profile-changed-meanwhile"
        case .noSuchPicture: "no-such-picture"
        case .tooManyPhotos: "too-many-photos"
        case .tooManyLanguages: "too-many-languages"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .changedMeanwhile: .conflict
        case .noSuchPicture: .notFound
        case .tooManyPhotos, .tooManyLanguages: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .changedMeanwhile(let conflict):
            conflict.changedBy.map {
                say(
                    "\($0) changed this while you were writing. Nothing of yours is saved yet: compare the two and choose."
                )
            }
                ?? say(
                    "Somebody else changed this while you were writing. Nothing of yours is saved yet: "
                        + "compare the two and choose."
                )
        case .noSuchPicture: say("There is no such picture. Somebody may have removed it.")
        case .tooManyPhotos: say("A profile has at most \(ProfilePicture.mostPhotos) photos. Remove one first.")
        case .tooManyLanguages:
            say(
                "A profile has its description in at most \(EditDescription.mostLanguages) languages. Remove one first."
            )
        }
    }
}

/// What the second of two editors must see: what stands there now, who wrote it, and the mark to save over it knowingly.
public struct ProfileConflict: Sendable, Equatable {
    /// The part as it is now, in words, field by field.
    public let theirs: [Field]
    /// What would have been saved.
    public let yours: [Field]
    /// The name of whoever made the latest change, where it is known.
    public let changedBy: Phrase?
    /// When, as `InstantText`.
    public let changedAt: String?
    /// The mark of what stands there now.
    public let mark: PartMark

    public struct Field: Sendable, Equatable {
        public let name: Phrase
        public let value: Phrase
    }
}

extension ProfileConflict {
    /// Throws `ProfileRefusal.changedMeanwhile` unless the part is still as its editor saw it, or is already what they want.
    static func check(
        _ transaction: Transaction,
        member: String,
        action: String,
        seen: PartMark,
        now: [Field],
        wanted: [Field]
    ) throws {
        let mark = Self.mark(now)
        guard mark != seen, now != wanted else { return }
        let latest = try Journal.entries(transaction, of: .init("member", member), limit: 50)
            .first { $0.entry.action == action }?.entry
        throw ProfileRefusal.changedMeanwhile(
            ProfileConflict(
                theirs: now,
                yours: wanted,
                changedBy: try latest.map { try ActorNames.name($0.actor, transaction) },
                changedAt: latest?.recordedAt,
                mark: mark
            )
        )
    }

    /// By the English words: the same whatever language somebody reads.
    static func mark(_ fields: [Field]) -> PartMark {
        PartMark(of: fields.flatMap { [$0.name.english, $0.value.english] })
    }
}
