import Synchronization

/// The latest PDFs with the pages that they were made of, within limits of number and size: whoever asks for one again
/// need not wait for it again.
final class KeptPDFs: Sendable {
    private struct Kept {
        let page: [UInt8]
        let styleSheet: String
        let pdf: [UInt8]

        var bytes: Int { page.count + pdf.count }
    }

    private let most: Int
    private let mostBytes: Int
    /// The latest last.
    private let kept = Mutex<[Kept]>([])

    init(most: Int, mostBytes: Int) {
        self.most = most
        self.mostBytes = mostBytes
    }

    func pdf(of page: [UInt8], _ styleSheet: String) -> [UInt8]? {
        kept.withLock { kept in kept.first { $0.page == page && $0.styleSheet == styleSheet }?.pdf }
    }

    func keep(_ pdf: [UInt8], of page: [UInt8], _ styleSheet: String) {
        let new = Kept(page: page, styleSheet: styleSheet, pdf: pdf)
        guard new.bytes <= mostBytes else { return }
        kept.withLock { kept in
            kept.removeAll { $0.page == page && $0.styleSheet == styleSheet }
            kept.append(new)
            var bytes = kept.reduce(0) { $0 + $1.bytes }
            while kept.count > most || bytes > mostBytes { bytes -= kept.removeFirst().bytes }
        }
    }
}
