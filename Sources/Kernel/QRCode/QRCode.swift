import CQREncode

/// A QR code (ISO/IEC 18004, model 2): a square of dark and light modules that a telephone reads a text from.
///
/// The smallest one that holds the text. The text is in it as UTF-8, in byte mode, which every reader takes for UTF-8.
public struct QRCode: Sendable, Equatable {
    /// How much of the picture may be damaged or covered and the text still be read.
    public enum Correction: Sendable, CaseIterable {
        /// L: about 7 %.
        case low
        /// M: about 15 %.
        case medium
        /// Q: about 25 %.
        case quartile
        /// H: about 30 %.
        case high

        /// The longest text, in bytes of UTF-8: that of the largest code (version 40) in byte mode.
        public var maximumBytes: Int {
            switch self {
            case .low: 2953
            case .medium: 2331
            case .quartile: 1663
            case .high: 1273
            }
        }
    }

    /// The light modules that must surround the code for readers to find it.
    public static let quietZone = 4

    /// How many modules a side has, without the quiet zone: 21 to 177.
    public let side: Int
    /// Row by row from the top, each from the left.
    private let isDark: [Bool]

    /// Throws `QRCodeError`.
    public init(_ text: String, correction: Correction = .medium) throws(QRCodeError) {
        let bytes = Array(text.utf8)
        if bytes.isEmpty { throw .empty }
        let most = correction.maximumBytes
        if bytes.count > most { throw .tooLong(bytes: bytes.count, maximum: most) }
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, correction.level) else { throw .noMemory }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        // The lowest bit is the colour; the others tell what a module is for.
        isDark = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
    }

    /// Whether a module is dark.
    public subscript(row: Int, column: Int) -> Bool {
        precondition((0..<side).contains(row) && (0..<side).contains(column), "the module lies outside of the code")
        return isDark[row * side + column]
    }

    /// The dark modules of a row as runs from left to right, so that a drawing needs one rectangle for each.
    public func darkRuns(row: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for column in 0...side {
            let dark = column < side && self[row, column]
            if dark, start == nil { start = column }
            if !dark, let first = start {
                runs.append(first..<column)
                start = nil
            }
        }
        return runs
    }

    /// The commands of an SVG path around the dark modules, one rectangle for each run; a module is one unit.
    public var outline: String {
        var commands = ""
        for row in 0..<side {
            for run in darkRuns(row: row) {
                commands += "M\(run.lowerBound) \(row)h\(run.count)v1h-\(run.count)z"
            }
        }
        return commands
    }
}

extension QRCode.Correction {
    fileprivate var level: QRecLevel {
        switch self {
        case .low: QR_ECLEVEL_L
        case .medium: QR_ECLEVEL_M
        case .quartile: QR_ECLEVEL_Q
        case .high: QR_ECLEVEL_H
        }
    }
}

/// Why there is no QR code of a text.
public enum QRCodeError: Error, Sendable, Equatable, CustomStringConvertible {
    case empty
    case tooLong(bytes: Int, maximum: Int)
    /// The machine had no memory for it.
    case noMemory

    public var description: String {
        switch self {
        case .empty: "A QR code needs a text, and this one is empty."
        case .tooLong(let bytes, let maximum):
            "The text has \(bytes) bytes; a QR code of this level holds \(maximum). Shorten it, or take a lower level."
        case .noMemory: "There was no memory for a QR code. Try again."
        }
    }
}
