import Foundation

/// One open file, closed when nobody holds it any more.
final class FileOnDisk: Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Opens a file for reading; `nil` when there is none. Links are not followed.
    static func open(_ path: String) throws(FileError) -> FileOnDisk? {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if descriptor >= 0 { return FileOnDisk(descriptor) }
        guard errno == ENOENT || errno == ENOTDIR else { throw failure() }
        return nil
    }

    /// Writes a new file that only its owner may read, and waits until it is on disk.
    static func write(_ bytes: [UInt8], to path: String, at date: Date) throws(FileError) {
        let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure() }
        let file = FileOnDisk(descriptor)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Foundation.write(file.descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            written += count
        }
        var times = [time(date), time(date)]
        guard futimens(file.descriptor, &times) == 0, fsync(file.descriptor) == 0 else { throw failure() }
    }

    /// The next bytes, at most `count`; none at the end.
    func read(_ count: Int) throws(FileError) -> [UInt8] {
        var problem: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            var got = Foundation.read(descriptor, buffer.baseAddress, count)
            while got < 0, errno == EINTR { got = Foundation.read(descriptor, buffer.baseAddress, count) }
            if got < 0 { problem = FileOnDisk.failure() }
            initialized = max(0, got)
        }
        if let problem { throw problem }
        return bytes
    }

    func readAll() throws(FileError) -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let bytes = try read(1 << 20)
            if bytes.isEmpty { return all }
            all += bytes
        }
    }

    static func touch(_ path: String, _ date: Date) throws(FileError) {
        var times = [time(date), time(date)]
        guard utimensat(AT_FDCWD, path, &times, AT_SYMLINK_NOFOLLOW) == 0 else { throw failure() }
    }

    /// When the file was last put; `nil` when it is gone.
    static func touchedAt(_ path: String) -> Date? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
    }

    /// Makes the folder, and those above it, for its owner alone.
    static func makeFolder(_ path: String) throws(FileError) {
        if mkdir(path, 0o700) == 0 {
            try syncFolder(parent(path))
            return
        }
        if errno == EEXIST { return }
        guard errno == ENOENT, path != parent(path) else { throw failure() }
        try makeFolder(parent(path))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure() }
    }

    /// Makes sure that the names in a folder outlive a power cut.
    static func syncFolder(_ path: String) throws(FileError) {
        let descriptor = Foundation.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    /// The names in a folder; none when there is no such folder.
    static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
    }

    static func failure() -> FileError {
        errno == ENOSPC || errno == EDQUOT ? .diskFull : .unusable(String(cString: strerror(errno)))
    }

    private static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func time(_ date: Date) -> timespec {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        return timespec(tv_sec: Int(seconds), tv_nsec: Int((date.timeIntervalSince1970 - seconds) * 1e9))
    }
}

/// A lock on the store's folder that holds between processes: shared by those who add, for one alone who removes.
final class FolderLock: Sendable {
    enum Kind { case shared, alone }

    private let descriptor: Int32

    /// Waits for a shared lock; throws `busy` when the folder cannot be had alone.
    init(_ folder: String, _ kind: Kind) throws(FileError) {
        try FileOnDisk.makeFolder(folder)
        descriptor = open(folder + "/.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileOnDisk.failure() }
        while flock(descriptor, kind == .shared ? LOCK_SH : LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            throw errno == EWOULDBLOCK ? .busy : FileOnDisk.failure()
        }
    }

    func release() { flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }
}

/// A file's content in pieces.
public struct FileChunks: AsyncSequence, Sendable {
    public typealias Element = [UInt8]

    let file: FileOnDisk
    let threads: WorkThreads
    let chunkBytes: Int

    public struct Iterator: AsyncIteratorProtocol {
        let chunks: FileChunks

        public mutating func next() async throws -> [UInt8]? {
            let chunks = chunks
            let bytes = try await chunks.threads.attempt { () throws(FileError) in
                try chunks.file.read(chunks.chunkBytes)
            }
            return bytes.isEmpty ? nil : bytes
        }
    }

    /// The file is read once: a second iterator goes on where the first one stopped.
    public func makeAsyncIterator() -> Iterator { Iterator(chunks: self) }
}
