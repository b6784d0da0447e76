import Database
import DatabaseTesting
import Foundation
import Testing

@testable import Files

@Suite struct FileStoreTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    private func withStore(
        _ engine: Database.Engine,
        _ body: (Database, FileStore) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            try await withDatabase(engine, migrations: FilesMigrations.all) { database in
                try await body(database, FileStore(folder: folder + "/files"))
            }
        }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "/files-test-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `a file is kept under its hash, once, for its owner alone`() async throws {
        try await withFolder { folder in
            let store = FileStore(folder: folder)
            let file = try await store.put(Array("abc".utf8), as: .text, now: now)
            #expect(file.hash == abc)
            #expect(file.size == 3)
            let path = folder + "/ba/" + abc.dropFirst(2)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "abc")
            #expect(try permissions(path) == 0o600)
            #expect(try permissions(folder) == 0o700)
            let number = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
            _ = try await store.put(Array("abc".utf8), as: .text, now: now.addingTimeInterval(60))
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == number)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/incoming") == [])
        }
    }

    @Test func `a file is read whole or in pieces`() async throws {
        try await withFolder { folder in
            let store = FileStore(folder: folder)
            let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
            let hash = try await store.put(content, as: .pdf, now: now).hash
            let whole = try await store.bytes(hash)
            #expect(whole == content)
            var pieces: [[UInt8]] = []
            for try await piece in try await store.chunks(hash) { pieces.append(piece) }
            #expect(pieces.map(\.count) == [65_536, 65_536, 65_536, 3392])
            #expect(pieces.flatMap(\.self) == content)
            let empty = try await store.put([], as: .text, now: now).hash
            let nothing = try await store.bytes(empty)
            #expect(nothing == [])
        }
    }

    @Test(arguments: [
        "", "../../etc/passwd", String(repeating: "a", count: 64), String(repeating: "A", count: 64), "ba/78",
    ])
    func `what is no hash of a file that is there is missing`(_ hash: String) async throws {
        try await withFolder { folder in
            let store = FileStore(folder: folder)
            await #expect(throws: FileError.missing(hash: hash)) { try await store.bytes(hash) }
            await #expect(throws: FileError.missing(hash: hash)) { try await store.chunks(hash) }
        }
    }

    @Test func `a file that was altered on disk is not given out, and mended when it is put again`() async throws {
        try await withFolder { folder in
            let store = FileStore(folder: folder)
            _ = try await store.put(Array("abc".utf8), as: .text, now: now)
            try "abd".write(toFile: folder + "/ba/" + abc.dropFirst(2), atomically: false, encoding: .utf8)
            await #expect(throws: FileError.altered(hash: abc)) { try await store.bytes(abc) }
            _ = try await store.put(Array("abc".utf8), as: .text, now: now)
            let bytes = try await store.bytes(abc)
            #expect(bytes == Array("abc".utf8))
            let kept = try FileManager.default.contentsOfDirectory(atPath: folder + "/damaged")
            #expect(kept.map { $0.prefix(64) } == [abc[...]])
        }
    }

    @Test func `a link in the folder is not followed`() async throws {
        try await withFolder { folder in
            let store = FileStore(folder: folder)
            try FileManager.default.createDirectory(atPath: folder + "/ba", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/ba/" + abc.dropFirst(2),
                withDestinationPath: "/etc/passwd"
            )
            await #expect(throws: FileError.self) { try await store.bytes(abc) }
            await #expect(throws: FileError.self) { try await store.put(Array("abc".utf8), as: .text, now: now) }
        }
    }

    @Test func `a folder that cannot be made is told`() async throws {
        let store = FileStore(folder: "/proc/nowhere/files")
        await #expect(throws: FileError.self) { try await store.put([1], as: .png, now: now) }
    }

    @Test func `the same bytes put by many at once are kept once`() async throws {
        try await withFolder { folder in
            let now = now
            let store = FileStore(folder: folder)
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<30 { group.addTask { try await store.put(Array("abc".utf8), as: .text, now: now).hash } }
                for try await hash in group { #expect(hash == abc) }
            }
            #expect(store.hashesOnDisk() == [abc])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a file is used, listed, shared and let go`(_ engine: Database.Engine) async throws {
        let (now, later) = (now, now.addingTimeInterval(10))
        try await withStore(engine) { database, store in
            let abc = try await store.put(Array("abc".utf8), as: .text, now: now)
            let xyz = try await store.put(Array("xyz".utf8), as: .csv, now: now)
            let (proposal, member) = (FileOwner("proposal", "p1"), FileOwner("member", "m1"))
            let use = try await database.write { tx in
                try FileUse.attach(tx, xyz, to: proposal, label: "list", name: "Städte.csv", now: now)
                return try FileUse.attach(tx, abc, to: proposal, label: "letter", name: "a.txt", now: later)
            }
            let again = try await database.write { tx in
                try FileUse.attach(tx, abc, to: proposal, label: "letter", name: "b.txt", now: later)
            }
            #expect(again.id == use.id)
            #expect(again.name == "b.txt")
            let names = try await database.read { tx in try FileUse.list(tx, of: proposal).map(\.name) }
            #expect(names == ["Städte.csv", "b.txt"])
            try await database.write { tx in
                try again.share(tx, with: member, label: "letter", now: later)
                #expect(try FileUse.removeAll(tx, of: proposal, now: later) == 2)
                #expect(try FileUse.remove(tx, use.id, now: later) == false)
            }
            let left = try await database.read { tx in
                (try FileUse.list(tx, of: member, label: "letter"), try FileUse.list(tx, of: member, label: "logo"))
            }
            #expect(left.0.map(\.hash) == [abc.hash])
            #expect(left.0.map(\.type) == [.text])
            #expect(left.0.map(\.size) == [3])
            #expect(left.1 == [])
            await #expect(throws: FileError.missing(hash: abc.hash)) {
                try await database.write { tx in try again.share(tx, with: member, label: "x", now: later) }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a name that is a path, or none, is refused`(_ engine: Database.Engine) async throws {
        let now = now
        try await withStore(engine) { database, store in
            let file = try await store.put(Array("abc".utf8), as: .text, now: now)
            for name in ["", "a/b", "..\\x", "a\nb", String(repeating: "x", count: 256)] {
                await #expect(throws: FileError.badName(name)) {
                    try await database.write { tx in
                        try FileUse.attach(tx, file, to: FileOwner("member", "m"), label: "x", name: name, now: now)
                    }
                }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `files without a use go after the grace time, no others`(_ engine: Database.Engine) async throws {
        let now = now
        let owner = FileOwner("member", "m")
        let day: TimeInterval = 24 * 3600
        try await withStore(engine) { database, store in
            let used = try await store.put(Array("used".utf8), as: .text, now: now)
            let released = try await store.put(Array("released".utf8), as: .text, now: now)
            _ = try await store.put(Array("never used".utf8), as: .text, now: now)
            try "half".write(toFile: store.incoming + "/half", atomically: false, encoding: .utf8)
            try FileOnDisk.touch(store.incoming + "/half", now)
            let use = try await database.write { tx in
                try FileUse.attach(tx, used, to: owner, label: "a", name: "a", now: now)
                return try FileUse.attach(tx, released, to: owner, label: "b", name: "b", now: now)
            }
            let early = try await store.collectOrphans(database, now: now.addingTimeInterval(day))
            #expect(early == FileStore.Collection(files: 0, fragments: 0))
            try await database.write { tx in try FileUse.remove(tx, use.id, now: now.addingTimeInterval(day)) }
            let first = try await store.collectOrphans(database, now: now.addingTimeInterval(1.5 * day))
            #expect(first == FileStore.Collection(files: 1, fragments: 1))
            let second = try await store.collectOrphans(database, now: now.addingTimeInterval(2 * day + 1))
            #expect(second == FileStore.Collection(files: 1, fragments: 0))
            #expect(store.hashesOnDisk() == [used.hash])
            let report = try await store.check(database)
            #expect(report == FileReport(files: 1))
        }
    }

    @Test(arguments: TestEngine.all)
    func `an upload in flight keeps an old file that it found`(_ engine: Database.Engine) async throws {
        let (put, later) = (now, now.addingTimeInterval(100 * 24 * 3600))
        try await withStore(engine) { database, store in
            _ = try await store.put(Array("abc".utf8), as: .text, now: put)
            // Found and not written again, and not yet attached when the collection comes.
            let file = try await store.put(Array("abc".utf8), as: .text, now: later)
            let collected = try await store.collectOrphans(
                database,
                olderThan: 0,
                now: later.addingTimeInterval(FileStore.longestFlight)
            )
            #expect(collected.files == 0)
            try await database.write { tx in
                _ = try FileUse.attach(
                    tx,
                    file,
                    to: FileOwner("member", "m"),
                    label: "a",
                    name: "a",
                    now: later.addingTimeInterval(FileStore.longestFlight)
                )
            }
            let report = try await store.check(database)
            #expect(report == FileReport(files: 1))
            await #expect(throws: FileError.tooLate) {
                try await database.write { tx in
                    let tooLate = later.addingTimeInterval(FileStore.longestFlight + 1)
                    _ = try FileUse.attach(tx, file, to: FileOwner("member", "n"), label: "a", name: "a", now: tooLate)
                }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `nothing is collected while files are copied`(_ engine: Database.Engine) async throws {
        let now = now
        try await withStore(engine) { database, store in
            _ = try await store.put(Array("abc".utf8), as: .text, now: now)
            try await store.keepingAll {
                await #expect(throws: FileError.busy) { try await store.collectOrphans(database, now: now) }
                _ = try await store.put(Array("more".utf8), as: .text, now: now)
            }
            await #expect(throws: Never.self) { try await store.collectOrphans(database, now: now) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a check finds what is missing, altered and unclaimed`(_ engine: Database.Engine) async throws {
        let now = now
        try await withStore(engine) { database, store in
            var files: [StoredFile] = []
            for text in ["one", "two", "three"] {
                files.append(try await store.put(Array(text.utf8), as: .text, now: now))
            }
            let all = files
            try await database.write { tx in
                for file in all {
                    try FileUse.attach(tx, file, to: FileOwner("m", "1"), label: file.hash, name: "x", now: now)
                }
            }
            _ = try await store.put(Array("unclaimed".utf8), as: .text, now: now)
            try FileManager.default.removeItem(atPath: store.path(all[0].hash))
            try "tampered".write(toFile: store.path(all[1].hash), atomically: false, encoding: .utf8)
            let report = try await store.check(database)
            #expect(
                report == FileReport(files: 3, missing: [all[0].hash], altered: [all[1].hash], unclaimed: 1)
            )
            #expect(!report.isSound)
        }
    }

    @Test func `all files are copied, the damaged named and left out`() async throws {
        try await withFolder { folder in
            let store = FileStore(folder: folder + "/a")
            let other = FileStore(folder: folder + "/b")
            _ = try await store.put(Array("abc".utf8), as: .text, now: now)
            let xyz = try await store.put(Array("xyz".utf8), as: .text, now: now)
            try "xyy".write(toFile: store.path(xyz.hash), atomically: false, encoding: .utf8)
            let outcome = try await store.copyAll(to: other, now: now)
            #expect(outcome.copied == 1)
            #expect(outcome.damaged == [xyz.hash])
            #expect(other.hashesOnDisk() == [abc])
            let uses = try await store.copyAll(to: FileStore(folder: folder + "/b"), now: now).copied
            #expect(uses == 1)
        }
    }
}
