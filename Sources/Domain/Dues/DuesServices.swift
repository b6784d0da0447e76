public import Charter
public import Documents

/// What dues work with beside the database.
public struct DuesServices: Sendable {
    public let charter: Charter
    public let letters: DuesLetters
    /// Makes documents for paper of pages.
    public let pdf: PDFMaker

    public init(charter: Charter, letters: DuesLetters, pdf: PDFMaker) {
        self.charter = charter
        self.letters = letters
        self.pdf = pdf
    }
}
