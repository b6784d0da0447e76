public import Languages

/// Why no document could be made. The page of the same content can still be read.
public enum DocumentError: Error, Sendable, Equatable {
    /// The program that makes documents is not on this machine.
    case noProgram(String)
    case tooSlow(seconds: Int)
    case tooLarge(bytes: Int)
    /// The program gave up, with its last words.
    case failed(String)
    /// Too many wait for a document already.
    case busy(seconds: Int)
    /// Whoever asked was gone before its turn came.
    case givenUp

    /// What happened, what it means, what to do.
    public var words: Phrase {
        switch self {
        case .noProgram(let name):
            say(
                "No PDF can be made: the program \(name) is not on this machine. Install the package weasyprint, or read "
                    + "the document as a page."
            )
        case .tooSlow(let seconds):
            say(
                "No PDF was made: it would have taken longer than \(seconds) seconds. Try again, or read the document as "
                    + "a page."
            )
        case .tooLarge(let bytes):
            say("No PDF was made: it would have been larger than \(bytes >> 20) MB. Read the document as a page.")
        case .failed(let text):
            say("No PDF was made: the program that makes it stopped (\(text)). Read the document as a page.")
        case .busy(let seconds):
            say(
                "No PDF was made: too many are being made at this moment. Try again in \(seconds) seconds, or read the "
                    + "document as a page."
            )
        case .givenUp: say("No PDF was made: nobody waited for it any more. Ask for it again.")
        }
    }
}

extension DocumentError: CustomStringConvertible {
    public var description: String { words.english }
}
