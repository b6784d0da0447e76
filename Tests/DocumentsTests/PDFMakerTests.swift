import Documents
import Foundation
import Languages
import Testing

/// Runs `body` with a program of a shell's words in a folder of its own.
private func withProgram(
    _ script: String,
    seconds: Int = 20,
    largestBytes: Int = 1 << 20,
    _ body: (PDFMaker) async throws -> Void
) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("documents-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appendingPathComponent("maker").path
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: program))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    try await body(PDFMaker(program: program, seconds: seconds, largestBytes: largestBytes))
}

private func problem(_ maker: PDFMaker, _ page: String = "<p>Page</p>") async -> DocumentError? {
    do {
        _ = try await maker.pdf(of: Array(page.utf8), styleSheet: "/nowhere.css")
        return nil
    } catch { return error }
}

@Suite("PDFs by a child process", .serialized)
struct PDFMakerTests {
    @Test("the page goes in and the PDF comes out, of whatever size")
    func through() async throws {
        try await withProgram("printf '%%PDF-1.7\\n'; cat") { maker in
            let page = String(repeating: "<p>Zürich 서울</p>", count: 20_000)
            let pdf = try await maker.pdf(of: Array(page.utf8), styleSheet: "/nowhere.css")
            #expect(String(decoding: pdf, as: UTF8.self) == "%PDF-1.7\n" + page)
        }
    }

    @Test("a program that reads nothing of a large page does no harm")
    func unread() async throws {
        try await withProgram("printf '%%PDF-1.7\\n'") { maker in
            let page = [UInt8](repeating: 0x20, count: 5 << 20)
            let made = try await maker.pdf(of: page, styleSheet: "/nowhere.css")
            #expect(made.count == 9)
        }
    }

    @Test("what it is told: the style sheet, no base for addresses, PDF/UA, its standard input and output")
    func arguments() async throws {
        try await withProgram("printf '%%PDF-1.7\\n'; for word in \"$@\"; do printf '[%s]' \"$word\"; done") { maker in
            let pdf = String(decoding: try await maker.pdf(of: [], styleSheet: "/paper.css"), as: UTF8.self)
            #expect(pdf.contains("[--base-url][]"))
            #expect(pdf.contains("[--pdf-variant][pdf/ua-1]"))
            #expect(pdf.contains("[--stylesheet][/paper.css]"))
            #expect(pdf.hasSuffix("[-][-]"))
        }
    }

    @Test("its environment leads nowhere and holds none of our settings")
    func environment() async throws {
        try await withProgram("printf '%%PDF-1.7\\n'; env") { maker in
            let pdf = String(decoding: try await maker.pdf(of: [], styleSheet: "/paper.css"), as: UTF8.self)
            #expect(pdf.contains("https_proxy=http://127.0.0.1:1"))
            #expect(!pdf.contains("HANSA_"))
        }
    }

    @Test("one that takes too long is ended")
    func slow() async throws {
        try await withProgram("printf '%%PDF-1.7\\n'; exec sleep 60", seconds: 1) { maker in
            let start = ContinuousClock.now
            #expect(await problem(maker) == .tooSlow(seconds: 1))
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    @Test("one that closes its output and stays is ended")
    func stays() async throws {
        try await withProgram("printf '%%PDF-1.7\\n'; exec >&-; exec sleep 60", seconds: 1) { maker in
            #expect(await problem(maker) == .tooSlow(seconds: 1))
        }
    }

    @Test("one that writes without end is ended")
    func endless() async throws {
        try await withProgram("exec yes", largestBytes: 100_000) { maker in
            #expect(await problem(maker) == .tooLarge(bytes: 100_000))
        }
    }

    @Test("what a program that fails said last is told")
    func failing() async throws {
        try await withProgram("echo first >&2; echo 'no such font' >&2; exit 3") { maker in
            #expect(await problem(maker) == .failed("no such font"))
        }
        try await withProgram("kill -9 $$") { maker in
            #expect(await problem(maker) == .failed("no message"))
        }
    }

    @Test("what is no PDF is refused")
    func noPDF() async throws {
        try await withProgram("cat") { maker in
            #expect(await problem(maker) == .failed("what came out is no PDF"))
        }
    }

    @Test("a missing program is said so")
    func missing() async throws {
        for name in ["/nowhere/weasyprint", "no-such-program-anywhere"] {
            let maker = PDFMaker(program: name)
            #expect(!maker.isAvailable)
            #expect(await problem(maker) == .noProgram(name))
        }
        #expect(DocumentError.noProgram("weasyprint").words.english.contains("Install the package weasyprint"))
    }

    @Test("a name is looked for in PATH")
    func inPath() { #expect(PDFMaker(program: "sh").isAvailable) }

    @Test("many at once all come to their end")
    func many() async throws {
        try await withProgram("printf '%%PDF-1.7\\n'; cat") { maker in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<12 {
                    group.addTask {
                        let pdf = try await maker.pdf(of: Array("page \(number)".utf8), styleSheet: "/paper.css")
                        return String(decoding: pdf, as: UTF8.self).hasSuffix("page \(number)")
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }
}
