import Foundation

/// A phrase that is kept, to be said in whatever language it is read in later. What is the same everywhere is a plain
/// string, so that text of before phrases were kept reads as that; everything else is an object of its kind.
extension Phrase: Codable {
    private enum Key: String, CodingKey {
        case say, name, record, count, one, other, number, compact, decimal, money, code, places, date, style, list
        case sequence, part
    }

    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self.init(.verbatim(text))
            return
        }
        let values = try decoder.container(keyedBy: Key.self)
        if values.contains(.say) {
            self.init(.message(try Message(from: decoder)))
        } else if values.contains(.name) {
            self.init(.name(try values.decode(String.self, forKey: .name)))
        } else if values.contains(.record) {
            self.init(.record(try values.decode(String.self, forKey: .record)))
        } else if values.contains(.count) {
            let one = try values.decode(Message.self, forKey: .one)
            let other = try values.decode(Message.self, forKey: .other)
            self.init(.counted(try values.decode(Int.self, forKey: .count), one: one, other: other))
        } else if values.contains(.number) {
            self.init(.number(try values.decode(Int.self, forKey: .number)))
        } else if values.contains(.compact) {
            self.init(.compact(try values.decode(Int.self, forKey: .compact)))
        } else if values.contains(.decimal) {
            let places = try values.decode(Int.self, forKey: .places)
            self.init(.decimal(try values.decode(Double.self, forKey: .decimal), places: min(max(places, 0), 9)))
        } else if values.contains(.money) {
            let places = try values.decode(Int.self, forKey: .places)
            let minor = try values.decode(Int.self, forKey: .money)
            let code = try values.decode(String.self, forKey: .code)
            self.init(.money(minor: minor, places: min(max(places, 0), 9), code: code))
        } else if values.contains(.date) {
            self.init(.date(try Phrase.date(values), try values.decode(DateStyle.self, forKey: .style)))
        } else if values.contains(.list) {
            let style = try values.decode(ListStyle.self, forKey: .style)
            self.init(.list(try values.decode([Phrase].self, forKey: .list), style))
        } else if values.contains(.sequence) {
            self.init(.sequence(try values.decode([Phrase].self, forKey: .sequence)))
        } else {
            self.init(.part(try values.decode(Int.self, forKey: .part)))
        }
    }

    private static func date(_ values: KeyedDecodingContainer<Key>) throws -> CalendarDate {
        let parts = try values.decode([Int].self, forKey: .date)
        guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else {
            throw DecodingError.dataCorruptedError(forKey: .date, in: values, debugDescription: "\(parts) is no day")
        }
        return CalendarDate(year: parts[0], month: parts[1], day: parts[2])
    }

    public func encode(to encoder: any Encoder) throws {
        if case .verbatim(let text) = form {
            var value = encoder.singleValueContainer()
            return try value.encode(text)
        }
        if case .message(let message) = form { return try message.encode(to: encoder) }
        var values = encoder.container(keyedBy: Key.self)
        switch form {
        case .verbatim, .message: break
        case .name(let name): try values.encode(name, forKey: .name)
        case .record(let text): try values.encode(text, forKey: .record)
        case .counted(let count, let one, let other):
            try values.encode(count, forKey: .count)
            try values.encode(one, forKey: .one)
            try values.encode(other, forKey: .other)
        case .number(let number): try values.encode(number, forKey: .number)
        case .compact(let number): try values.encode(number, forKey: .compact)
        case .decimal(let number, let places):
            try values.encode(number, forKey: .decimal)
            try values.encode(places, forKey: .places)
        case .money(let minor, let places, let code):
            try values.encode(minor, forKey: .money)
            try values.encode(places, forKey: .places)
            try values.encode(code, forKey: .code)
        case .date(let date, let style):
            try values.encode([date.year, date.month, date.day], forKey: .date)
            try values.encode(style, forKey: .style)
        case .list(let items, let style):
            try values.encode(items, forKey: .list)
            try values.encode(style, forKey: .style)
        case .sequence(let phrases): try values.encode(phrases, forKey: .sequence)
        case .part(let number): try values.encode(number, forKey: .part)
        }
    }
}

extension Phrase.Message: Codable {
    private enum Key: String, CodingKey {
        case say, gaps, context
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let pieces = try container.decode([String].self, forKey: .say)
        let values = try container.decodeIfPresent([Phrase].self, forKey: .gaps) ?? []
        guard pieces.count == values.count + 1 else {
            throw DecodingError.dataCorruptedError(
                forKey: .gaps,
                in: container,
                debugDescription: "\(values.count) gaps between \(pieces.count) pieces"
            )
        }
        self.init(
            pieces: pieces,
            values: values,
            context: try container.decodeIfPresent(String.self, forKey: .context)
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(pieces, forKey: .say)
        if !values.isEmpty { try container.encode(values, forKey: .gaps) }
        try container.encodeIfPresent(context, forKey: .context)
    }
}

extension Phrase {
    /// As a column of text keeps it: JSON, the same for equal phrases.
    public var stored: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing in a phrase but a number that is none can be refused.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? english
    }

    /// What `stored` gave; text of before phrases were kept is taken as it is.
    public init(stored text: String) {
        self = (try? JSONDecoder().decode(Phrase.self, from: Data(text.utf8))) ?? .verbatim(text)
    }
}

// Columns of the records hold what people wrote and reports print beside what the program composed.
extension Phrase {
    /// A text of the records. What the program kept there (`recorded`) is said in the reader's language; whatever else
    /// stands there stays as it is, in the language of the records, and a page in another language says so.
    public static func record(_ text: String) -> Phrase {
        kept(in: text) ?? .quoted(text)
    }

    /// As a column of the records keeps it: plain text as it is, whatever is to be said as `stored`.
    public var recorded: String {
        switch form {
        case .verbatim(let text), .record(let text):
            // Text that reads as a phrase becomes the phrase of itself.
            Phrase.kept(in: text) == nil ? text : Phrase.sequence([self]).stored
        default: stored
        }
    }

    /// Only an object: a text in quotation marks is one that somebody wrote so.
    private static func kept(in text: String) -> Phrase? {
        guard text.utf8.first == UInt8(ascii: "{") else { return nil }
        return try? JSONDecoder().decode(Phrase.self, from: Data(text.utf8))
    }
}
