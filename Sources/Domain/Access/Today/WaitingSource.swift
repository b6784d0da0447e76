public import Database
public import Languages

/// One capability's list of what waits in it. `Today` puts the lists together.
public struct WaitingSource: Sendable {
    /// The kind of its items.
    public let kind: String
    /// Its items in words, several of them: "Proposals".
    public let title: Phrase
    let list: @Sendable (Transaction) throws -> [WaitingItem]

    public init(kind: String, title: Phrase, list: @escaping @Sendable (Transaction) throws -> [WaitingItem]) {
        self.kind = kind
        self.title = title
        self.list = list
    }
}
