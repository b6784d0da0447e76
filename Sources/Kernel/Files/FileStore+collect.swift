public import Database
public import Foundation

extension FileStore {
    /// What a collection removed.
    public struct Collection: Sendable, Equatable {
        public var files = 0
        /// Uploads that were broken off.
        public var fragments = 0
    }

    /// Removes files that have had no use for `grace` seconds, at least twice `longestFlight`, so that an upload under way
    /// keeps its file. Throws `FileError.busy` while another process collects, copies or puts a file.
    public func collectOrphans(
        _ database: Database,
        olderThan grace: TimeInterval = 24 * 3600,
        now: Date
    ) async throws -> Collection {
        let cutoff = now.addingTimeInterval(-max(grace, 2 * FileStore.longestFlight))
        let store = self
        // While it is held nobody puts a file, so nobody can find one here that is about to go.
        let lock = try await threads.attempt { () throws(FileError) in try FolderLock(store.folder, .alone) }
        defer { lock.release() }
        let text = InstantText.text(cutoff)
        try await database.write { transaction in
            try transaction.execute(
                """
                DELETE FROM file WHERE touched_at < ?
                AND NOT EXISTS (SELECT 1 FROM file_use WHERE file_use.hash = file.hash)
                """,
                [.text(text)]
            )
        }
        let known = try await database.read { transaction in
            Set(try transaction.query("SELECT hash FROM file") { try $0.text(0) })
        }
        return try await threads.attempt { () throws(FileError) in try store.remove(besides: known, olderThan: cutoff) }
    }

    /// Every file in the folder, by its hash, in order.
    func hashesOnDisk() -> [String] {
        FileOnDisk.names(in: folder).filter { $0.utf8.count == 2 }.flatMap { start in
            FileOnDisk.names(in: folder + "/" + start).map { start + $0 }.filter(FileHash.isHash)
        }
    }

    private func remove(besides known: Set<String>, olderThan cutoff: Date) throws(FileError) -> Collection {
        var collection = Collection()
        for hash in hashesOnDisk() where !known.contains(hash) {
            let path = try path(hash)
            guard let touched = FileOnDisk.touchedAt(path), touched < cutoff else { continue }
            guard unlink(path) == 0 || errno == ENOENT else { throw FileOnDisk.failure() }
            collection.files += 1
        }
        for name in FileOnDisk.names(in: incoming) {
            let path = incoming + "/" + name
            guard let touched = FileOnDisk.touchedAt(path), touched < cutoff else { continue }
            guard unlink(path) == 0 || errno == ENOENT else { throw FileOnDisk.failure() }
            collection.fragments += 1
        }
        return collection
    }
}
