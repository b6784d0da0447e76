/// Something to be said in the reader's language: a message of the program with what it is about, or a value that each
/// language writes in its own way.
///
/// Messages are made by `say("…")` and only there, so that the translators' catalogues can be compared with the code.
/// Who renders it knows the language (`Speech`). A phrase is a value: it can be kept, compared and put into another.
public struct Phrase: Sendable, Hashable {
    package indirect enum Form: Sendable, Hashable {
        /// A name or whatever else is the same in every language.
        case verbatim(String)
        /// A name for which whoever speaks may have another one in each language.
        case name(String)
        /// A text that stays in the language of the code, whatever the reader's.
        case record(String)
        case message(Message)
        /// One of two messages by a number; languages have more or fewer forms than English.
        case counted(Int, one: Message, other: Message)
        case number(Int)
        case compact(Int)
        case decimal(Double, places: Int)
        /// Minor units of a currency, of which so many digits stand after the sign; and its code.
        case money(minor: Int, places: Int, code: String)
        case date(CalendarDate, DateStyle)
        case list([Phrase], ListStyle)
        case sequence([Phrase])
        /// A place in a sentence that its writer fills, as with a link.
        case part(Int)
    }

    /// A text of the program with gaps: one piece more than values.
    package struct Message: Sendable, Hashable {
        package var pieces: [String]
        package var values: [Phrase]
        /// What tells two equal English texts apart, `msgctxt` in the catalogue.
        package var context: String?

        /// The text as catalogues know it, `{0} joined on {1}`. A brace of the text itself is doubled.
        package var key: String {
            if pieces.count == 1 { return Message.escaped(pieces[0]) }
            var key = Message.escaped(pieces[0])
            for (number, piece) in pieces.dropFirst().enumerated() {
                key += "{\(number)}"
                key += Message.escaped(piece)
            }
            return key
        }

        private static func escaped(_ text: String) -> String {
            guard text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) else { return text }
            return text.map { $0 == "{" ? "{{" : $0 == "}" ? "}}" : String($0) }.joined()
        }
    }

    package let form: Form

    package init(_ form: Form) { self.form = form }

    /// A name, an address, what somebody wrote: never translated.
    public static func verbatim(_ text: String) -> Phrase { Phrase(.verbatim(text)) }
    /// A name as it stands on record, said as `Speech.naming` has it in the reader's language.
    public static func name(_ name: String) -> Phrase { Phrase(.name(name)) }
    /// What another machine or a source said, in the language of the code whatever the reader's; a page says so.
    public static func quoted(_ text: String) -> Phrase { Phrase(.record(text)) }
    /// A whole number, grouped as the language does.
    public static func number(_ number: Int) -> Phrase { Phrase(.number(number)) }
    /// A number shortened: "131M".
    public static func compact(_ number: Int) -> Phrase { Phrase(.compact(number)) }
    /// A number with at most `places` decimals.
    public static func decimal(_ number: Double, places: Int = 2) -> Phrase { Phrase(.decimal(number, places: places)) }
    /// An amount of money with the currency's code: "USD 1,234.50".
    ///
    /// - Parameter places: how many digits of the minor units stand after the decimal sign (0 to 9).
    public static func money(minor: Int, places: Int, code: String) -> Phrase {
        Phrase(.money(minor: minor, places: places, code: code))
    }
    /// A calendar day or a part of one.
    public static func date(_ date: CalendarDate, _ style: DateStyle) -> Phrase { Phrase(.date(date, style)) }
    /// "Cuenca, Loja and Ryde".
    public static func list(_ items: [Phrase], _ style: ListStyle = .and) -> Phrase { Phrase(.list(items, style)) }
    /// A list of so many places that its writer fills: `\(part: 0)`, `\(part: 1)` and so on.
    public static func parts(_ count: Int) -> Phrase { .list((0..<count).map { Phrase(.part($0)) }) }
    /// Sentences or parts one after the other, with nothing between them.
    public static func sequence(_ phrases: [Phrase]) -> Phrase { Phrase(.sequence(phrases)) }

    /// Sentences or parts with a separator between them that every language shares, as `, ` or ` · `.
    public static func joined(_ phrases: [Phrase], by separator: String) -> Phrase {
        var all: [Phrase] = []
        for phrase in phrases {
            if !all.isEmpty { all.append(.verbatim(separator)) }
            all.append(phrase)
        }
        return .sequence(all)
    }

    /// Nothing.
    public static let empty = Phrase.verbatim("")
}

extension Phrase {
    /// Both, one after the other.
    public static func + (first: Phrase, second: Phrase) -> Phrase { .sequence([first, second]) }
    public static func += (first: inout Phrase, second: Phrase) { first = first + second }
}

/// A text of the program in English, as it stands in the code. Catalogues translate it by this very text.
///
/// - Parameter context: where two equal English texts need different words elsewhere ("Open", the state or the button).
public func say(_ text: PhraseLiteral, context: String? = nil) -> Phrase {
    Phrase(.message(text.message(context)))
}

/// A text that depends on a number: `say(count, one: "\(count) member", other: "\(count) members")`.
///
/// Both must have the same gaps in the same order, or the number's gap missing in `one`'s place: each language chooses
/// among its own forms.
public func say(_ number: Int, one: PhraseLiteral, other: PhraseLiteral, context: String? = nil) -> Phrase {
    Phrase(.counted(number, one: one.message(context), other: other.message(context)))
}

extension DefaultStringInterpolation {
    /// A phrase has no text before its language is known. Deprecated and not unavailable, because the compiler would
    /// then silently take the interpolation of any type; the strict build knows no warnings.
    @available(*, deprecated, message: "put it into a say(…), or take speech.text(phrase)")
    public mutating func appendInterpolation(_ phrase: Phrase) { appendInterpolation(phrase.english) }
}

/// What `say` takes: a string literal with gaps.
public struct PhraseLiteral: ExpressibleByStringInterpolation {
    fileprivate var pieces: [String]
    fileprivate var values: [Phrase]

    public init(stringLiteral value: String) {
        (pieces, values) = ([value], [])
    }

    public init(stringInterpolation: StringInterpolation) {
        (pieces, values) = (stringInterpolation.pieces + [stringInterpolation.last], stringInterpolation.values)
    }

    /// A text that is too long for one line of code.
    public static func + (first: PhraseLiteral, second: PhraseLiteral) -> PhraseLiteral {
        var whole = first
        whole.pieces[whole.pieces.count - 1] += second.pieces[0]
        whole.pieces += second.pieces.dropFirst()
        whole.values += second.values
        return whole
    }

    fileprivate func message(_ context: String?) -> Phrase.Message {
        Phrase.Message(pieces: pieces, values: values, context: context)
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces: [String] = []
        fileprivate var values: [Phrase] = []
        fileprivate var last = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount + 1)
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) { last += literal }

        public mutating func appendInterpolation(_ phrase: Phrase) {
            pieces.append(last)
            values.append(phrase)
            last = ""
        }

        /// A name: the same in every language.
        public mutating func appendInterpolation(_ text: String) { appendInterpolation(.verbatim(text)) }
        public mutating func appendInterpolation(_ text: Substring) { appendInterpolation(.verbatim(String(text))) }
        /// A count, grouped as the language does.
        public mutating func appendInterpolation(_ number: Int) { appendInterpolation(.number(number)) }
        /// A number that is a name, as a year or a code: its digits.
        public mutating func appendInterpolation(plain number: Int) { appendInterpolation(.verbatim(String(number))) }
        /// A place that the writer fills, as with a link: `h.sentence(say("See \(part: 0)."), { … })`.
        public mutating func appendInterpolation(part number: Int) { appendInterpolation(Phrase(.part(number))) }
    }
}
