public import Database
public import Foundation
public import Logging

/// Gives recorded entries their place in the log, adds them to the tree, and signs the new head.
///
/// Any number of processes may have one. A lease says which of them seals; whoever seals holds the lease's row locked, so
/// that no two ever seal at once even when their clocks differ.
public struct Sealer: Sendable {
    /// What one call of `sealNow` came to.
    public enum Outcome: Sendable, Equatable {
        /// So many entries were sealed, and this is the new head.
        case sealed(count: Int, head: TreeHead)
        case nothingToSeal
        /// Another process does the sealing, at least until the instant.
        case leaseHeld(by: String, until: String)
    }

    /// How many entries one transaction seals at most: some 10 MB of memory.
    static let batchSize = 20_000

    let database: Database
    let key: SigningKey
    let holder: String
    let lease: TimeInterval
    let logger: Logger
    let now: @Sendable () -> Date

    /// - Parameters:
    ///   - holder: names this process to the others.
    ///   - lease: for how many seconds after its last sealing this process keeps the task in `run`.
    public init(
        database: Database,
        key: SigningKey,
        holder: String = Identifier.make(),
        lease: TimeInterval = 15,
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.database = database
        self.key = key
        self.holder = holder
        self.lease = lease
        self.logger = logger
        self.now = now
    }

    /// Seals all that waits, and leaves the task to anybody afterwards. Throws `JournalError.damaged`, `DatabaseError`.
    @discardableResult
    public func sealNow() async throws -> Outcome { try await sealAll(lease: 0) }

    /// Seals at every interval until the task is cancelled. A failure is logged and tried again.
    public func run(every interval: Duration = .seconds(1)) async {
        while !Task.isCancelled {
            do { try await sealAll(lease: lease) } catch {
                logger.error("journal: sealing failed", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: interval)
        }
    }

    @discardableResult
    func sealAll(lease: TimeInterval) async throws -> Outcome {
        var count = 0
        var last = Outcome.nothingToSeal
        // A look that writes nothing: an idle journal costs no commit.
        while try await isWaiting() {
            let outcome = try await sealBatch(lease: lease)
            guard case .sealed(let sealed, let head) = outcome else { return count == 0 ? outcome : last }
            count += sealed
            last = .sealed(count: count, head: head)
            logger.debug("journal: sealed", metadata: ["entries": "\(sealed)", "size": "\(head.size)"])
        }
        return last
    }

    private func isWaiting() async throws -> Bool {
        try await database.read { transaction in
            try transaction.first("SELECT 1 FROM journal_pending LIMIT 1") { _ in true } ?? false
        }
    }

    private func sealBatch(lease: TimeInterval) async throws -> Outcome {
        let instant = now()
        let sealing = Sealing(
            key: key,
            holder: holder,
            now: InstantText.text(instant),
            leaseEnds: InstantText.text(instant.addingTimeInterval(lease)),
            limit: Self.batchSize
        )
        return try await database.write { try sealing.run($0) }
    }
}
