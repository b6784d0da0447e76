import Foundation
import Languages
import Testing

@testable import Documents

/// Runs `body` with a program of a shell's words in a folder of its own.
private func withProgram(
    _ script: String,
    seconds: Int = 20,
    largestBytes: Int = 1 << 20,
    waiting: Int = 20,
    _ body: (PDFMaker) async throws -> Void
) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("documents-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appendingPathComponent("maker").path
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: program))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    try await body(PDFMaker(program: program, seconds: seconds, largestBytes: largestBytes, waiting: waiting))
}

private func problem(_ maker: PDFMaker, _ page: String = "<p>Page</p>") async -> DocumentError? {
    do {
        _ = try await maker.pdf(of: Array(page.utf8), styleSheet: "/nowhere.css")
        return nil
    } catch { return error }
}

/// A program of these words that notes each of its runs and waits for `open`.
private let gated = "echo run >> \"$0.runs\"; until [ -e \"$0.open\" ]; do sleep 0.05; done; printf '%%PDF-1.7\\n'; cat"

extension PDFMaker {
    fileprivate func open() { _ = FileManager.default.createFile(atPath: program + ".open", contents: nil) }

    /// How often the program was run.
    fileprivate var runs: Int {
        let noted = FileManager.default.contents(atPath: program + ".runs") ?? Data()
        return noted.count { $0 == UInt8(ascii: "\n") }
    }
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

    @Test("whoever comes when too many wait is refused at once, and there is room again afterwards")
    func full() async throws {
        try await withProgram(gated, waiting: 3) { maker in
            let others = await withTaskGroup(of: DocumentError?.self) { group in
                for number in 0..<6 { group.addTask { await problem(maker, "page \(number)") } }
                // Two are being made and three wait: nothing but the refusal can come before the program may go on.
                let first = await group.next() ?? nil
                #expect(first == .busy(seconds: 10))
                maker.open()
                return await group.reduce(into: [DocumentError?]()) { $0.append($1) }
            }
            #expect(others == [nil, nil, nil, nil, nil])
            #expect(maker.runs == 5)
            #expect(await problem(maker, "page 7") == nil)
        }
        #expect(DocumentError.busy(seconds: 10).words.english.contains("Try again in 10 seconds"))
    }

    @Test("what nobody waits for any more is not made")
    func givenUp() async throws {
        try await withProgram(gated) { maker in
            maker.open()
            let asked = Task {
                while !Task.isCancelled { await Task.yield() }
                return await problem(maker)
            }
            asked.cancel()
            #expect(await asked.value == .givenUp)
            #expect(maker.runs == 0)
            // Its turn is over all the same.
            for number in 0..<3 { #expect(await problem(maker, "page \(number)") == nil) }
        }
    }

    @Test("the same page is made once, also for those who ask at the same time")
    func once() async throws {
        try await withProgram(gated) { maker in
            await withTaskGroup(of: DocumentError?.self) { group in
                for _ in 0..<8 { group.addTask { await problem(maker) } }
                maker.open()
                for await problem in group { #expect(problem == nil) }
            }
            let made = maker.runs
            #expect(made <= 2, "as many as are made at once")
            let page = Array("<p>Page</p>".utf8)
            let kept = try await maker.pdf(of: page, styleSheet: "/nowhere.css")
            #expect(String(decoding: kept, as: UTF8.self) == "%PDF-1.7\n<p>Page</p>")
            #expect(maker.runs == made)
            _ = try await maker.pdf(of: page, styleSheet: "/other.css")
            #expect(maker.runs == made + 1)
            #expect(await problem(maker, "<p>Another</p>") == nil)
            #expect(maker.runs == made + 2)
        }
    }

    @Test("of what was made, the latest is kept, and no more than there is room for")
    func kept() {
        let kept = KeptPDFs(most: 2, mostBytes: 100)
        func pages() -> [UInt8] { (0..<9).filter { kept.pdf(of: [$0], "a.css") != nil } }
        for page in UInt8(1)...3 { kept.keep([page, page], of: [page], "a.css") }
        #expect(pages() == [2, 3])
        #expect(kept.pdf(of: [3], "a.css") == [3, 3])
        #expect(kept.pdf(of: [3], "b.css") == nil)
        // One that is made again counts once, as the latest.
        kept.keep([9], of: [2], "a.css")
        kept.keep([4], of: [4], "a.css")
        #expect(pages() == [2, 4])
        #expect(kept.pdf(of: [2], "a.css") == [9])
        kept.keep(Array(repeating: 0, count: 98), of: [5], "a.css")
        #expect(pages() == [5])
        kept.keep(Array(repeating: 0, count: 100), of: [6], "a.css")
        #expect(pages() == [5])
    }
}
