import Foundation
import Testing

@testable import API

@Suite("Writing JSON")
struct JSONWriterTests {
    /// What another reader makes of it.
    private func read(_ json: [UInt8]) throws -> String? {
        try JSONSerialization.jsonObject(with: Data(json), options: .fragmentsAllowed) as? String
    }

    @Test(
        "whatever must be escaped is, wherever it stands among the eight bytes that are looked at together",
        arguments: ["\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1f}", "\u{7f}", " ", "!", "é", "한", "😀", "/"]
    )
    func escapes(_ odd: String) throws {
        for before in 0...17 {
            for after in [0, 1, 7, 8, 9] {
                let text = String(repeating: "x", count: before) + odd + String(repeating: "ü", count: after)
                var json = JSONWriter(capacityBytes: 0)
                json.text(text)
                #expect(try read(json.bytes) == text)
                #expect(!json.bytes.contains { $0 < 0x20 || $0 == 0x7f })
            }
        }
    }

    @Test("what is written grows as it must, and a copy goes its own way")
    func copies() {
        var json = JSONWriter(capacityBytes: 0)
        let long = String(repeating: "Lübeck ", count: 1000)
        json.text(long)
        var copy = json
        json.raw("[1]")
        copy.raw("{}")
        #expect(json.bytes == Array("\"\(long)\"[1]".utf8))
        #expect(copy.bytes == Array("\"\(long)\"{}".utf8))
    }
}
