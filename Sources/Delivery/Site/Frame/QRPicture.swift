import HTML
import Languages
import QRCode

extension HTMLWriter {
    /// Draws a QR code with its quiet zone: dark on white in dark mode too, since most readers cannot read the inverse.
    ///
    /// `label` says what scanning it does; what it holds must stand on the page as text as well.
    func qrCode(_ code: QRCode, label: Phrase) {
        let (zone, side) = (Double(QRCode.quietZone), Double(code.side + 2 * QRCode.quietZone))
        svg(
            .class("qr-code"),
            .viewBox(-zone, -zone, side, side),
            // Whole pixels for each module keep its edges sharp.
            .width(side * 4),
            .height(side * 4),
            .role(.img),
            .aria(.label, label)
        ) {
            path(.d(code.outline))
        }
    }
}

extension QRCode {
    /// The commands of a path around the dark modules, one rectangle for each run.
    var outline: String {
        var commands = ""
        for row in 0..<side {
            for run in darkRuns(row: row) {
                commands += "M\(run.lowerBound) \(row)h\(run.count)v1h-\(run.count)z"
            }
        }
        return commands
    }
}
