public import Database
public import Foundation

/// What is wrong with the files.
public struct FileReport: Sendable, Equatable {
    /// How many files the records name.
    public var files = 0
    /// Hashes that the records name and the folder does not hold.
    public var missing: [String] = []
    /// Hashes whose content is another one now.
    public var altered: [String] = []
    /// Files that no record names: uploads under way, or what the next collection removes.
    public var unclaimed = 0

    public var isSound: Bool { missing.isEmpty && altered.isEmpty }
}

extension FileStore {
    /// Compares the records with the folder, and every file with its hash.
    public func check(_ database: Database) async throws -> FileReport {
        let store = self
        return try await keepingAll {
            let known = try await database.read { transaction in
                try transaction.query("SELECT hash FROM file ORDER BY hash") { try $0.text(0) }
            }
            var report = FileReport(files: known.count)
            for hash in known {
                do throws(FileError) {
                    _ = try await store.bytes(hash)
                } catch {
                    switch error {
                    case .missing: report.missing.append(hash)
                    case .altered: report.altered.append(hash)
                    default: throw error
                    }
                }
            }
            let claimed = Set(known)
            report.unclaimed = await store.threads.run { store.hashesOnDisk().filter { !claimed.contains($0) }.count }
            return report
        }
    }

    /// Runs `body` while no file can be collected. Files can be put meanwhile.
    public func keepingAll<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
        let folder = folder
        // Nothing can be collected where nothing is, and looking makes no folder.
        guard FileManager.default.fileExists(atPath: folder) else { return try await body() }
        let lock = try await threads.attempt { () throws(FileError) in try FolderLock(folder, .shared) }
        defer { lock.release() }
        return try await body()
    }

    /// Whether the folder holds any file.
    public var isEmpty: Bool {
        get async {
            let store = self
            return await threads.run { store.hashesOnDisk().isEmpty }
        }
    }

    /// Puts a copy of every file into another store, each checked against its hash on the way. Returns the hashes of those
    /// that are damaged here or there, which are left out.
    public func copyAll(to other: FileStore, now: Date) async throws -> (copied: Int, damaged: [String]) {
        let store = self
        var copied = 0
        var damaged: [String] = []
        for hash in await threads.run({ store.hashesOnDisk() }) {
            do throws(FileError) {
                let bytes = try await bytes(hash)
                _ = try await other.threads.attempt { () throws(FileError) in try other.keep(bytes, now: now) }
                copied += 1
            } catch {
                switch error {
                case .altered, .missing: damaged.append(hash)
                default: throw error
                }
            }
        }
        return (copied, damaged)
    }
}
