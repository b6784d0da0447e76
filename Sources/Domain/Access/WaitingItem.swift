public import Languages

/// Something that waits for somebody to act on it. Each capability lists its own; a page shows them, the oldest first.
public struct WaitingItem: Sendable, Equatable {
    /// The sort of thing, such as `erasure`; the doors make a link of kind and id.
    public let kind: String
    public let id: String
    /// What it is, as a short phrase.
    public let title: Phrase
    /// What a reader needs to know to choose it, as a sentence.
    public let detail: Phrase
    /// The right without which nobody can act on it.
    public let needs: Action
    /// Since when it waits, as `InstantText`.
    public let since: String
    /// The member that it concerns, if any.
    public let memberID: String?

    public init(
        kind: String,
        id: String,
        title: Phrase,
        detail: Phrase,
        needs: Action,
        since: String,
        memberID: String? = nil
    ) {
        self.kind = kind
        self.id = id
        self.title = title
        self.detail = detail
        self.needs = needs
        self.since = since
        self.memberID = memberID
    }
}
