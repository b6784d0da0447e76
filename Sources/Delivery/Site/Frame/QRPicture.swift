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
