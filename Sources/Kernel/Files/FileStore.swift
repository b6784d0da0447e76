public import Foundation

/// A file that lies in the store and waits to be used.
public struct StoredFile: Sendable, Equatable {
    /// SHA-256 of the content, as 64 hexadecimal digits.
    public let hash: String
    /// In bytes.
    public let size: Int
    public let type: FileType
    let storedAt: Date
}

/// Files in a folder, each under the hash of its content: `ab/cdef…`. A file is never written again; a damaged one is
/// moved to `damaged/`.
///
/// Putting a file comes first, outside any transaction; then `FileUse.attach` says in a transaction what it is for. Files
/// without a use are collected after a grace time. Only the program's user may read the folder.
public struct FileStore: Sendable {
    /// The largest document that is taken from somebody, in bytes.
    public static let largestDocument = 20 << 20

    /// The longest time, in seconds, between putting a file and attaching it.
    public static let longestFlight: TimeInterval = 3600

    public let folder: String
    let threads = WorkThreads(count: 4, name: "files")

    /// A store in `folder`, which is made at first need.
    public init(folder: String) { self.folder = folder }

    /// Keeps the bytes; safe on disk when it returns. Putting the same bytes again keeps them once, and mends a file that
    /// was damaged meanwhile.
    public func put(_ bytes: [UInt8], as type: FileType, now: Date) async throws(FileError) -> StoredFile {
        let hash = try await threads.attempt { () throws(FileError) in try self.keep(bytes, now: now) }
        return StoredFile(hash: hash, size: bytes.count, type: type, storedAt: now)
    }

    /// The whole content, checked against its hash. Throws `missing` or `altered`.
    public func bytes(_ hash: String) async throws(FileError) -> [UInt8] {
        try await threads.attempt { () throws(FileError) in try self.checked(hash) }
    }

    /// The content in pieces, for files that are sent on as they are read. Throws `missing` at once.
    public func chunks(_ hash: String, chunkBytes: Int = 65_536) async throws(FileError) -> FileChunks {
        let file = try await threads.attempt { () throws(FileError) in
            guard let file = try FileOnDisk.open(self.path(hash)) else { throw .missing(hash: hash) }
            return file
        }
        return FileChunks(file: file, threads: threads, chunkBytes: chunkBytes)
    }

    func path(_ hash: String) throws(FileError) -> String {
        // A hash comes from the database or an address; it must never become another path.
        guard FileHash.isHash(hash) else { throw .missing(hash: String(hash.prefix(64))) }
        return "\(folder)/\(hash.prefix(2))/\(hash.dropFirst(2))"
    }

    var incoming: String { folder + "/incoming" }
    var damaged: String { folder + "/damaged" }

    /// Reads a file and makes sure that it is what it was.
    func checked(_ hash: String) throws(FileError) -> [UInt8] {
        guard let file = try FileOnDisk.open(path(hash)) else { throw .missing(hash: hash) }
        let bytes = try file.readAll()
        guard FileHash.of(bytes) == hash else { throw .altered(hash: hash) }
        return bytes
    }

    func keep(_ bytes: [UInt8], now: Date) throws(FileError) -> String {
        let hash = FileHash.of(bytes)
        let path = try path(hash)
        // Shared by all that put, refused to a collection meanwhile: a file that is found here stays here.
        let lock = try FolderLock(folder, .shared)
        defer { lock.release() }
        do throws(FileError) {
            _ = try checked(hash)
            try FileOnDisk.touch(path, now)
            return hash
        } catch .missing {
        } catch .altered {
            // The right bytes are at hand again; the wrong ones are kept for whoever wants to know what happened.
            try FileOnDisk.makeFolder(damaged)
            guard rename(path, "\(damaged)/\(hash)-\(UUID().uuidString)") == 0 || errno == ENOENT else {
                throw FileOnDisk.failure()
            }
        }
        try FileOnDisk.makeFolder(incoming)
        let parent = "\(folder)/\(hash.prefix(2))"
        try FileOnDisk.makeFolder(parent)
        let temporary = "\(incoming)/\(UUID().uuidString)"
        do throws(FileError) {
            try FileOnDisk.write(bytes, to: temporary, at: now)
            guard rename(temporary, path) == 0 else { throw FileOnDisk.failure() }
        } catch {
            unlink(temporary)
            throw error
        }
        try FileOnDisk.syncFolder(parent)
        return hash
    }
}

extension WorkThreads {
    func attempt<T: Sendable>(_ work: @escaping @Sendable () throws(FileError) -> T) async throws(FileError) -> T {
        try await run { () -> Result<T, FileError> in
            do throws(FileError) { return .success(try work()) } catch { return .failure(error) }
        }.get()
    }
}
