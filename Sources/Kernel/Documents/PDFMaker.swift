import Foundation

/// Makes PDFs (PDF/UA-1) of pages by a child process, weasyprint. The page comes in on its standard input and the PDF out
/// on its standard output.
///
/// The program reaches no network, and a page refers to nothing outside of itself. Without the program there are no PDFs,
/// and all else works.
public struct PDFMaker: Sendable {
    /// After how many seconds there may be room again, for whom too many wait.
    static let secondsToWait = 10

    /// The program's name, or its path.
    public let program: String
    let seconds: Int
    let largestBytes: Int
    // A process of it takes a core and 100 MB; more of them would only stand in each other's way.
    private let turns: Turns
    private let kept = KeptPDFs(most: 32, mostBytes: 16 << 20)
    private let threads = OperationQueue()

    /// - Parameters:
    ///   - program: its name, looked for in PATH, or its path.
    ///   - seconds: how long a document may take.
    ///   - largestBytes: how large a document may become.
    ///   - atOnce: how many are made at once.
    ///   - waiting: how many more may wait; whoever comes then is refused.
    public init(
        program: String = "weasyprint",
        seconds: Int = 30,
        largestBytes: Int = 20 << 20,
        atOnce: Int = 2,
        waiting: Int = 20
    ) {
        self.program = program
        self.seconds = seconds
        self.largestBytes = largestBytes
        turns = Turns(atOnce: atOnce, waiting: waiting)
        threads.name = "documents"
        threads.maxConcurrentOperationCount = max(1, atOnce)
    }

    /// Whether the program is on this machine.
    public var isAvailable: Bool { executable != nil }

    /// The PDF of a page; that of one of the latest pages is not made twice.
    ///
    /// - Parameters:
    ///   - page: the whole page, as UTF-8.
    ///   - styleSheet: the path of the style sheet; that of all documents when left out.
    public func pdf(of page: [UInt8], styleSheet: String = Paper.styleSheet) async throws(DocumentError) -> [UInt8] {
        guard let executable else { throw .noProgram(program) }
        if let pdf = kept.pdf(of: page, styleSheet) { return pdf }
        guard await turns.take() else { throw .busy(seconds: Self.secondsToWait) }
        defer { turns.leave() }
        guard !Task.isCancelled else { throw .givenUp }
        // Whoever came before may have asked for the same.
        if let pdf = kept.pdf(of: page, styleSheet) { return pdf }
        let pdf = try await make(page, styleSheet, executable)
        kept.keep(pdf, of: page, styleSheet)
        return pdf
    }

    private func make(
        _ page: [UInt8],
        _ styleSheet: String,
        _ executable: String
    ) async throws(DocumentError) -> [UInt8] {
        let arguments = [
            "--quiet", "--encoding", "utf-8", "--base-url", "", "--pdf-variant", "pdf/ua-1", "--stylesheet",
            styleSheet, "-", "-",
        ]
        let run = ChildRun(
            executable: executable,
            arguments: arguments,
            input: page,
            seconds: seconds,
            largestBytes: largestBytes
        )
        let result: Result<[UInt8], DocumentError> = await withCheckedContinuation { continuation in
            threads.addOperation {
                continuation.resume(returning: Result { () throws(DocumentError) -> [UInt8] in try run.output() })
            }
        }
        let pdf = try result.get()
        guard pdf.starts(with: "%PDF-".utf8) else { throw .failed("what came out is no PDF") }
        return pdf
    }

    /// Where the program is; `nil` where it is not.
    private var executable: String? {
        let files = FileManager.default
        if program.contains("/") { return files.isExecutableFile(atPath: program) ? program : nil }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return path.split(separator: ":").map { "\($0)/\(program)" }.first { files.isExecutableFile(atPath: $0) }
    }
}
