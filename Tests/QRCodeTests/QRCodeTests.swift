import QRCode
import Testing

@Suite struct QRCodeTests {
    @Test(arguments: QRCode.Correction.allCases)
    func `the modules are those that another program gives`(_ correction: QRCode.Correction) throws {
        let code = try QRCode("Hansa", correction: correction)
        let rows = (0..<code.side).map { row in
            String((0..<code.side).map { code[row, $0] ? "#" : "." })
        }
        #expect(rows.joined(separator: "\n") == KnownCodes.hansa[correction])
    }

    @Test func `a text of many languages is UTF-8`() throws {
        let code = try QRCode("서울 · São Paulo", correction: .medium)
        let rows = (0..<code.side).map { row in String((0..<code.side).map { code[row, $0] ? "#" : "." }) }
        #expect(rows.joined(separator: "\n") == KnownCodes.cities)
    }

    @Test(arguments: QRCode.Correction.allCases)
    func `the longest text fits and one byte more does not`(_ correction: QRCode.Correction) throws {
        let most = correction.maximumBytes
        #expect(try QRCode(String(repeating: "x", count: most), correction: correction).side == 177)
        #expect(throws: QRCodeError.tooLong(bytes: most + 1, maximum: most)) {
            try QRCode(String(repeating: "x", count: most + 1), correction: correction)
        }
        // Bytes count, not characters.
        let korean = String(repeating: "울", count: most / 3 + 1)
        #expect(throws: QRCodeError.tooLong(bytes: (most / 3 + 1) * 3, maximum: most)) {
            try QRCode(korean, correction: correction)
        }
    }

    @Test func `an empty text is refused and one sign is not`() throws {
        #expect(throws: QRCodeError.empty) { try QRCode("") }
        #expect(try QRCode("1").side == 21)
    }

    @Test func `a zero byte is a sign like any other`() throws {
        let (short, long) = (try QRCode("a"), try QRCode("a\0b"))
        #expect(short != long)
    }

    @Test func `more correction never makes a code smaller`() throws {
        for count in stride(from: 1, through: 1273, by: 53) {
            let text = String(repeating: "x", count: count)
            let sides = try QRCode.Correction.allCases.map { try QRCode(text, correction: $0).side }
            #expect(sides == sides.sorted())
            #expect(sides.allSatisfy { ($0 - 17).isMultiple(of: 4) })
        }
    }

    @Test func `the runs of a row are its dark modules`() throws {
        let code = try QRCode("https://hansa.test/", correction: .quartile)
        for row in 0..<code.side {
            let runs = code.darkRuns(row: row)
            #expect(runs.flatMap { Array($0) } == (0..<code.side).filter { code[row, $0] })
            #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        }
    }
}
