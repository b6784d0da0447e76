public import Database
public import Languages

/// One capability's list of what waits in it. `Today` puts the lists together.
public struct WaitingSource: Sendable {
    /// The kind of its items.
    public let kind: String
    /// Its items in words, several of them: "Proposals".
    public let title: Phrase
    /// The right that reading its items needs: whoever has it not is told nothing of them.
    public let reads: Action
    let list: @Sendable (Transaction) throws -> [WaitingItem]

    /// - Parameter reads: the right that reading its items needs; `today.read` where every role of the console may.
    public init(
        kind: String,
        title: Phrase,
        reads: Action,
        list: @escaping @Sendable (Transaction) throws -> [WaitingItem]
    ) {
        self.kind = kind
        self.title = title
        self.reads = reads
        self.list = list
    }
}
