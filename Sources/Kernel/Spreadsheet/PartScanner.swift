import XML

/// A part of a workbook, read as XML.
struct PartScanner {
    private var scanner: XMLScanner

    var part: String { scanner.part }

    init(_ bytes: [UInt8], part: String) throws(SheetError) {
        do { scanner = try XMLScanner(bytes, part: part) } catch { throw SheetError(error) }
    }

    mutating func next() throws(SheetError) -> XMLScanner.Event? {
        do { return try scanner.next() } catch { throw SheetError(error) }
    }

    func attribute(_ name: String, of tag: XMLScanner.Tag) throws(SheetError) -> String? {
        do { return try scanner.attribute(name, of: tag) } catch { throw SheetError(error) }
    }

    func text(_ range: Range<Int>) throws(SheetError) -> String {
        do { return try scanner.text(range) } catch { throw SheetError(error) }
    }
}

extension SheetError {
    fileprivate init(_ error: XMLError) {
        switch error {
        case .damaged(let what): self = .damaged(what)
        case .hasDocumentType(let part): self = .hasDocumentType(part)
        case .tooLarge(let what): self = .tooLarge(what)
        }
    }
}
