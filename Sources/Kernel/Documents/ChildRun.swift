import Dispatch
import Foundation

/// One run of a program that reads its standard input and writes its standard output, within limits of time and size.
/// It blocks the thread on which it runs.
struct ChildRun: Sendable {
    let executable: String
    let arguments: [String]
    let input: [UInt8]
    let seconds: Int
    let largestBytes: Int

    func output() throws(DocumentError) -> [UInt8] {
        // The input lies in a file that no name leads to: a pipe would need a second thread, and a program that ends
        // before it has read all would send this one a signal.
        let inputFile = try Scratch()
        try inputFile.write(input)
        let errors = try Scratch()
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = Self.environment
        process.standardInput = inputFile.handle
        process.standardOutput = output
        process.standardError = errors.handle
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do { try process.run() } catch { throw .failed("\(error)") }
        // Else its own copy would keep the pipe open, and there would be no end to read.
        try? output.fileHandleForWriting.close()
        let deadline = DispatchTime.now() + .seconds(seconds)
        do throws(DocumentError) {
            let bytes = try read(output.fileHandleForReading.fileDescriptor, until: deadline)
            guard ended.wait(timeout: deadline) == .success else { throw .tooSlow(seconds: seconds) }
            guard process.terminationReason == .exit, process.terminationStatus == 0 else {
                throw .failed(errors.lastLine)
            }
            return bytes
        } catch {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            throw error
        }
    }

    private func read(_ descriptor: Int32, until deadline: DispatchTime) throws(DocumentError) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let (now, end) = (DispatchTime.now().uptimeNanoseconds, deadline.uptimeNanoseconds)
            guard now < end else { throw .tooSlow(seconds: seconds) }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, Int32(min((end - now) / 1_000_000 + 1, 60_000))) > 0 else { continue }
            let count = Foundation.read(descriptor, &part, part.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count >= 0 else { throw .failed("its output could not be read") }
            if count == 0 { return bytes }
            guard bytes.count + count <= largestBytes else { throw .tooLarge(bytes: largestBytes) }
            bytes += part[..<count]
        }
    }

    /// Where the program finds its fonts and no way out: whoever asks for a page is sent to a port that nobody serves.
    private static var environment: [String: String] {
        var environment = ["LANG": "C.UTF-8", "no_proxy": ""]
        for name in ["PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE"] {
            environment[name] = ProcessInfo.processInfo.environment[name]
        }
        for name in ["http_proxy", "https_proxy", "ftp_proxy", "all_proxy"] { environment[name] = "http://127.0.0.1:1" }
        return environment
    }
}

/// A file for a moment, which has no name any more and goes with its handle.
private struct Scratch {
    let handle: FileHandle

    init() throws(DocumentError) {
        let folder = FileManager.default.temporaryDirectory
        let path = folder.appendingPathComponent("hansa-\(UUID().uuidString)").path
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .failed("no file could be made in \(folder.path)") }
        unlink(path)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Writes all and goes back to the beginning, for who reads it.
    func write(_ bytes: [UInt8]) throws(DocumentError) {
        do {
            try handle.write(contentsOf: Data(bytes))
            try handle.seek(toOffset: 0)
        } catch { throw .failed("its input could not be written: \(error)") }
    }

    /// What was written last, for the log.
    var lastLine: String {
        guard let end = try? handle.seekToEnd(), (try? handle.seek(toOffset: end > 2048 ? end - 2048 : 0)) != nil,
            let data = try? handle.readToEnd()
        else { return "no message" }
        let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).last
        return line.map { String($0.prefix(200)) } ?? "no message"
    }
}
