import HTML
import Languages
import NIOCore
import QRCode
import Testing

@testable import Site

@Suite struct QRPictureTests {
    private func markup(_ code: QRCode) -> String {
        String(buffer: HTMLWriter.render { $0.qrCode(code, label: .verbatim("Scan \"me\"")) })
    }

    @Test func `the outline covers the dark modules and nothing else`() throws {
        let code = try QRCode("otpauth://totp/Hansa:ana?secret=JBSWY3DPEHPK3PXP", correction: .quartile)
        var drawn: Set<[Int]> = []
        for run in code.outline.matches(of: #/M(\d+) (\d+)h(\d+)v1h-(\d+)z/#) {
            let (x, y) = (try #require(Int(run.1)), try #require(Int(run.2)))
            let count = try #require(Int(run.3))
            #expect(run.3 == run.4)
            for column in x..<(x + count) { #expect(drawn.insert([y, column]).inserted) }
        }
        var dark: Set<[Int]> = []
        for row in 0..<code.side { for column in 0..<code.side where code[row, column] { dark.insert([row, column]) } }
        #expect(drawn == dark)
        #expect(code.outline.replacing(#/M\d+ \d+h\d+v1h-\d+z/#, with: "").isEmpty)
    }

    @Test func `the picture has its quiet zone, whole pixels, a name and no style of its own`() throws {
        let markup = markup(try QRCode("Hansa", correction: .medium))
        #expect(
            markup.hasPrefix(
                #"<svg class="qr-code" viewBox="-4 -4 29 29" width="116" height="116" role="img" "#
                    + #"aria-label="Scan &quot;me&quot;"><path d="M0 0h7"#
            )
        )
        #expect(!markup.contains("style"))
        #expect(markup.ranges(of: "<path").count == 1)
    }
}
