public import Languages

// What the program itself wrote into the records is said in the reader's language, all else as it stands there.

extension RecordSource {
    /// The title as it is published; that of what was entered here in the reader's language.
    public var titleWords: Phrase { code == EntrySource.ownCode ? EntrySource.title : .record(title) }

    public var noteWords: Phrase? {
        code == EntrySource.ownCode ? EntrySource.note : note.map { .record($0) }
    }
}

extension MemberProfile.Person {
    /// What a spreadsheet calls the head of a government where it names the person alone.
    static let unnamedPosition = "Head of government"

    public var positionWords: Phrase {
        position == Self.unnamedPosition ? say("Head of government") : .record(position)
    }
}

extension MemberProfile.Source {
    /// "GA6, Annex 1"
    public var words: Phrase {
        guard let locator, !locator.isEmpty else { return .verbatim(code) }
        return .joined([.verbatim(code), EntrySource.words(code, locator) ?? .record(locator)], by: ", ")
    }
}
