public import Hummingbird
public import Languages

/// What stands behind the `?` of an address, read strictly: a mistake is told, not guessed around.
public struct QueryParameters: Sendable, Equatable {
    /// More fields than any form of this site has.
    public static let maximumFields = 200

    private let values: [String: [String]]

    /// Reads the query of `request`. Throws 400 if an escape is broken, the bytes are no UTF-8, a control character is
    /// in it, or there are too many fields.
    public init(_ request: Request) throws(RequestProblem) {
        try self.init(request.uri.query ?? "")
    }

    /// Reads a query without its question mark. Throws as `init(_:)`.
    public init(text query: String) throws(RequestProblem) {
        try self.init(query)
    }

    init(_ query: String) throws(RequestProblem) {
        var values: [String: [String]] = [:]
        for field in try Self.fields(of: query) { values[field.name, default: []].append(field.value) }
        self.values = values
    }

    /// The fields of a query as they were sent, in order, empty ones too. Throws as `init(_:)`.
    package static func fields(of query: String) throws(RequestProblem) -> [(name: String, value: String)] {
        let fields = query.split(separator: "&")
        guard fields.count <= QueryParameters.maximumFields else {
            throw .badRequest(say("It has \(fields.count) fields; at most \(QueryParameters.maximumFields) are read."))
        }
        var read: [(name: String, value: String)] = []
        for field in fields {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try QueryParameters.decoded(parts[0])
            read.append((name: name, value: parts.count > 1 ? try QueryParameters.decoded(parts[1]) : ""))
        }
        return read
    }

    /// All values of the field, in order; none if it is absent. Empty ones (a choice left open) are left out.
    public func all(_ name: String) -> [String] {
        (values[name] ?? []).filter { !$0.isEmpty }
    }

    /// The one value of the field, without space around it; nil if it is absent or empty.
    public func string(_ name: String, maximumCharacters: Int = 200) throws(RequestProblem) -> String? {
        let values = all(name)
        guard values.count <= 1 else { throw problem(name, say("is given \(values.count) times; give it once.")) }
        guard let value = values.first.map(trimmed), !value.isEmpty else { return nil }
        guard value.count <= maximumCharacters else {
            throw problem(name, say("has \(value.count) characters; at most \(maximumCharacters) are read."))
        }
        return value
    }

    /// The field as a whole number, `fallback` if it is absent.
    public func int(_ name: String, in range: ClosedRange<Int>, default fallback: Int) throws(RequestProblem) -> Int {
        try int(name, in: range) ?? fallback
    }

    /// The field as a whole number, nil if it is absent.
    public func int(_ name: String, in range: ClosedRange<Int>) throws(RequestProblem) -> Int? {
        let expected = say("a whole number from \(plain: range.lowerBound) to \(plain: range.upperBound)")
        return try value(name, expected: expected) { text in
            // A number beyond Int is as much out of range as one within it.
            guard let number = Int(text), range.contains(number) else { return nil }
            return number
        }
    }

    /// The field as one of the cases of `Choice`, nil if it is absent.
    public func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        of type: Choice.Type = Choice.self
    ) throws(RequestProblem) -> Choice? where Choice.RawValue == String {
        let expected = say("one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        return try value(name, expected: expected, parse: Choice.init(rawValue:))
    }

    /// The field as a day of the calendar, in the form `2021-12-31`; nil if it is absent.
    public func day(_ name: String) throws(RequestProblem) -> String? {
        try value(name, expected: say("a day in the form 2021-12-31")) { isDay($0) ? $0 : nil }
    }

    /// The field as whatever `parse` makes of it; nil if it is absent, 400 with `expected` if `parse` returns nil.
    public func value<Value>(
        _ name: String,
        expected: Phrase,
        parse: (String) -> Value?
    ) throws(RequestProblem) -> Value? {
        guard let text = try string(name) else { return nil }
        guard let value = parse(text) else { throw problem(name, say("is “\(text)”; expected is \(expected).")) }
        return value
    }

    private func problem(_ name: String, _ message: Phrase) -> RequestProblem {
        .badRequest([.init(name: name, message: message)])
    }

    /// Undoes `+` and `%XX`.
    static func decoded(_ text: Substring) throws(RequestProblem) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexValue), let low = rest.next().flatMap(hexValue) else {
                    throw .badRequest(say("A % in the address must be followed by two hexadecimal digits."))
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard let string = String(validating: bytes, as: UTF8.self) else {
            throw .badRequest(say("The address holds bytes that are no UTF-8 text."))
        }
        guard !bytes.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D || $0 == 0x7F }) else {
            throw .badRequest(say("The address holds control characters."))
        }
        return string
    }
}

/// `text` as the value of a field in a query.
public func queryEscaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "~"):
            bytes.append(byte)
        case UInt8(ascii: " "): bytes.append(UInt8(ascii: "+"))
        default:
            let digits = Array("0123456789ABCDEF".utf8)
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

func trimmed(_ text: String) -> String {
    let start = text.drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
}

/// Whether `text` is a day of the Gregorian calendar as ISO 8601 writes it.
private func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }),
        parts.map(\.utf8.count) == [4, 2, 2],
        let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
        year >= 1, (1...12).contains(month)
    else { return false }
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...lengths[month - 1]).contains(day)
}
