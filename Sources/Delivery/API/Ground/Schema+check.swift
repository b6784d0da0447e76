import Languages
import Web

extension Schema {
    /// Reads a text of an address or a header as a value. `nil` when it is none by this schema.
    ///
    /// A list is written with commas between its elements (`style: form, explode: false`).
    func read(_ text: String) -> JSONValue? {
        let value: JSONValue
        switch kind {
        case .integer:
            guard let number = Self.whole(text) else { return nil }
            value = .integer(number)
        case .number:
            // As JSON writes them: no hexadecimal digits, no sign without need, no space.
            guard !text.contains(where: \.isWhitespace), let number = try? JSONReader.read(Array(text.utf8)) else {
                return nil
            }
            value = number
        case .flag:
            guard text == "true" || text == "false" else { return nil }
            value = .flag(text == "true")
        case .list(let element, _, _, _):
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            var values: [JSONValue] = []
            for part in parts {
                guard let read = element.read(String(part)) else { return nil }
                values.append(read)
            }
            value = .list(values)
        default: value = .text(text)
        }
        return problems(value, at: "").isEmpty ? value : nil
    }

    /// Decimal digits as JSON writes them, with a sign where there is one and without a zero that says nothing.
    private static func whole(_ text: String) -> Int? {
        guard let number = Int(text), String(number) == text else { return nil }
        return number
    }

    /// What is wrong with a value; `path` names it in what is said.
    func problems(_ value: JSONValue, at path: String) -> [RequestProblem.Field] {
        if case .null = value, isNullable { return [] }
        func refused() -> [RequestProblem.Field] { [.init(name: path, message: say("is not \(expected)."))] }
        switch (kind, value) {
        case (.text(let rule), .text(let text)): return rule.accepts(text) ? [] : refused()
        case (.choice(let choices), .text(let text)): return choices.contains(text) ? [] : refused()
        case (.day, .text(let text)): return CalendarText.isDay(text) ? [] : refused()
        case (.instant, .text(let text)): return CalendarText.isInstant(text) ? [] : refused()
        case (.integer(let range), .integer(let number)):
            return range.map { $0.contains(number) } ?? true ? [] : refused()
        case (.number(let range), .integer(let number)):
            return range.map { $0.contains(Double(number)) } ?? true ? [] : refused()
        case (.number(let range), .number(let number)):
            return range.map { $0.contains(number) } ?? true ? [] : refused()
        case (.flag, .flag): return []
        case (.list(let element, let least, let most, let isUnique), .list(let values)):
            guard values.count >= least, values.count <= most ?? .max else { return refused() }
            if isUnique, Set(values.map(\.written)).count < values.count { return refused() }
            return values.enumerated().flatMap { element.problems($0.element, at: "\(path)[\($0.offset)]") }
        case (.object(let object), .object(let members)): return object.problems(members, at: path)
        default: return refused()
        }
    }

    /// What is expected, for a sentence that begins "is not".
    var expected: Phrase {
        switch kind {
        case .text(let rule): Self.expected(rule)
        case .choice(let choices):
            choices.count > 40
                ? say("one of the \(choices.count) values that the document lists")
                : say("one of \(choices.joined(separator: ", "))")
        case .day: say("a day in the form 2021-12-31")
        case .instant: say("an instant in the form 2021-12-31T09:30:00Z")
        case .integer(let range):
            range.map { say("a whole number from \(plain: $0.lowerBound) to \(plain: $0.upperBound)") }
                ?? say("a whole number")
        case .number(let range):
            range.map { say("a number from \(Phrase.decimal($0.lowerBound)) to \(Phrase.decimal($0.upperBound))") }
                ?? say("a number")
        case .flag: say("true or false")
        case .list(let element, _, _, _): say("a list; each element is \(element.expected)")
        case .object: say("an object")
        }
    }

    private static func expected(_ rule: TextRule) -> Phrase {
        let pattern = rule.pattern ?? ""
        guard let most = rule.lengths.most else { return say("a text") }
        let least = rule.lengths.least ?? 0
        return say("a text of \(plain: least) to \(plain: most) characters that fits \(pattern)")
    }
}

extension ObjectSchema {
    func problems(_ members: [JSONValue.Member], at path: String) -> [RequestProblem.Field] {
        let prefix = path.isEmpty ? "" : path + "."
        var found: [RequestProblem.Field] = []
        for property in properties {
            guard let member = members.first(where: { $0.name == property.name }) else {
                if property.isRequired {
                    found.append(.init(name: prefix + property.name, message: say("is missing.")))
                }
                continue
            }
            found += property.schema.problems(member.value, at: prefix + property.name)
        }
        guard isClosed else { return found }
        for member in members where !properties.contains(where: { $0.name == member.name }) {
            let known = properties.map(\.name).joined(separator: ", ")
            found.append(
                .init(name: prefix + String(member.name.prefix(60)), message: say("is unknown; known are \(known)."))
            )
        }
        return found
    }
}

/// Days and instants as JSON Schema's formats `date` and `date-time` have them (RFC 3339).
enum CalendarText {
    static func isDay(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            (1...12).contains(month)
        else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day >= 1 && day <= lengths[month - 1]
    }

    /// With the zone Z, as the program itself writes instants.
    static func isInstant(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T"),
            isDay(String(decoding: bytes[0..<10], as: UTF8.self)), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]), hour < 24, minute < 60, second < 60
        else { return false }
        let fraction = bytes[19..<(bytes.count - 1)]
        return fraction.isEmpty || (fraction.first == UInt8(ascii: ".") && number(fraction.dropFirst()) != nil)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
