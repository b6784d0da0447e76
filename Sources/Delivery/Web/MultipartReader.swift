import Foundation
import Languages

/// Goes through the bytes of a form with files, part by part.
struct MultipartReader {
    private let bytes: [UInt8]
    private let limits: MultipartLimits
    private let delimiter: [UInt8]
    private var place = 0

    init(bytes: [UInt8], boundary: String, limits: MultipartLimits) {
        self.bytes = bytes
        self.limits = limits
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    mutating func parts() throws(MultipartError) -> FormParts {
        // The first delimiter has no line end before it; text before it, which the RFC allows, no browser sends.
        guard bytes.starts(with: delimiter.dropFirst(2)) else {
            throw .malformed(say("it does not begin with its boundary"))
        }
        place = delimiter.count - 2
        var fields: [FormValues.Field] = []
        var files: [FormParts.File] = []
        var count = 0
        var fieldBytes = 0
        while try hasPart() {
            count += 1
            guard count <= limits.parts else { throw .tooManyParts(limit: limits.parts) }
            let header = try MultipartHeader(takeHeader())
            let content = try takeContent()
            if let fileName = header.fileName {
                guard content.count <= limits.fileBytes else {
                    throw .fileTooLarge(name: FileName.cleaned(fileName), limit: limits.fileBytes)
                }
                // An input that was left empty sends a nameless file of no bytes.
                if fileName.isEmpty, content.isEmpty { continue }
                let file = FormParts.File(
                    name: header.name,
                    fileName: FileName.cleaned(fileName),
                    declaredType: header.type,
                    bytes: Array(content)
                )
                files.append(file)
            } else {
                fieldBytes += content.count + header.name.utf8.count
                guard fieldBytes <= limits.fieldBytes else { throw .fieldsTooLarge(limit: limits.fieldBytes) }
                fields.append(.init(header.name, try text(content, of: header.name)))
            }
        }
        return FormParts(values: FormValues(fields), files: files)
    }

    /// Whether another part follows the delimiter that was just passed.
    private mutating func hasPart() throws(MultipartError) -> Bool {
        let rest = bytes[place...]
        if rest.starts(with: [0x0d, 0x0a]) {
            place += 2
            return true
        }
        guard rest.starts(with: [0x2d, 0x2d]) else { throw .malformed(say("its boundary is within a part")) }
        guard rest.count == 2 || rest.dropFirst(2).elementsEqual([0x0d, 0x0a]) else {
            throw .malformed(say("something follows its end"))
        }
        return false
    }

    private mutating func takeHeader() throws(MultipartError) -> ArraySlice<UInt8> {
        // A part without a header begins with the empty line, and has no name: it is refused as such.
        guard !bytes[place...].starts(with: [0x0d, 0x0a]) else { throw .malformed(say("a part has no header")) }
        guard let end = find([0x0d, 0x0a, 0x0d, 0x0a], within: limits.headerBytes + 4) else {
            throw bytes.count - place > limits.headerBytes
                ? .headerTooLong(limit: limits.headerBytes) : .malformed(say("it was cut short"))
        }
        defer { place = end + 4 }
        return bytes[place..<end]
    }

    private mutating func takeContent() throws(MultipartError) -> ArraySlice<UInt8> {
        guard let end = find(delimiter, within: bytes.count) else { throw .malformed(say("it was cut short")) }
        defer { place = end + delimiter.count }
        return bytes[place..<end]
    }

    /// Where `mark`, which begins with a carriage return, is found next.
    private func find(_ mark: [UInt8], within count: Int) -> Int? {
        let end = min(bytes.count, place + count)
        return bytes.withUnsafeBytes { all -> Int? in
            guard let start = all.baseAddress else { return nil }
            var from = place
            while end - from >= mark.count {
                guard let found = memchr(start + from, 0x0d, end - from - mark.count + 1) else { return nil }
                let at = UnsafeRawPointer(found) - start
                if memcmp(found, mark, mark.count) == 0 { return at }
                from = at + 1
            }
            return nil
        }
    }

    private func text(_ content: ArraySlice<UInt8>, of name: String) throws(MultipartError) -> String {
        let hasControls = content.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d || $0 == 0x7f }
        guard !hasControls, let text = String(validating: content, as: UTF8.self) else { throw .notText(field: name) }
        return text
    }
}

/// What stands between the parts.
struct MultipartBoundary {
    let text: String

    /// Reads `multipart/form-data; boundary=…` (RFC 2046, section 5.1.1: 1 to 70 of certain signs).
    init(_ contentType: String) throws(MultipartError) {
        let pieces = contentType.split(separator: ";", maxSplits: 1)
        guard pieces.first.map({ trimmed(String($0)).lowercased() }) == "multipart/form-data" else {
            throw .otherType(String(contentType.prefix(100)))
        }
        let found = pieces.dropFirst().first.map { HeaderParameters(String($0)).all("boundary") } ?? []
        let signs = Set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ".utf8)
        guard found.count == 1, (1...70).contains(found[0].utf8.count), found[0].utf8.allSatisfy(signs.contains),
            found[0].last != " "
        else { throw .malformed(say("it names no boundary")) }
        text = found[0]
    }
}

/// The header of one part.
struct MultipartHeader {
    let name: String
    /// `nil` for a field, the name as it was sent for a file.
    let fileName: String?
    let type: String

    init(_ bytes: ArraySlice<UInt8>) throws(MultipartError) {
        guard let text = String(validating: bytes, as: UTF8.self),
            !text.unicodeScalars.contains(where: {
                $0.value < 0x20 && ![0x09, 0x0a, 0x0d].contains($0.value) || $0 == "\u{7f}"
            })
        else { throw .malformed(say("the header of a part is no text")) }
        var values: [String: String] = [:]
        for line in text.components(separatedBy: "\r\n") {
            guard let colon = line.firstIndex(of: ":"), !line.contains("\n"), !line.contains("\r") else {
                throw .malformed(say("the header of a part is broken"))
            }
            let key = line[..<colon].lowercased()
            let value = trimmed(String(line[line.index(after: colon)...]))
            guard !key.isEmpty, key.utf8.allSatisfy({ $0 > 0x20 }), values.updateValue(value, forKey: key) == nil else {
                throw .malformed(say("the header of a part is broken"))
            }
        }
        // RFC 7578 did away with it, and what is packed twice is easily read in two ways.
        guard ["", "binary", "8bit", "7bit"].contains(values["content-transfer-encoding"]?.lowercased() ?? "") else {
            throw .malformed(say("a part is encoded"))
        }
        let pieces = (values["content-disposition"] ?? "").split(separator: ";", maxSplits: 1)
        let parameters = HeaderParameters(pieces.count > 1 ? String(pieces[1]) : "")
        let (names, fileNames) = (parameters.all("name"), parameters.all("filename"))
        guard pieces.first.map({ trimmed(String($0)).lowercased() }) == "form-data", names.count == 1,
            !names[0].isEmpty,
            fileNames.count <= 1, !parameters.isBroken
        else { throw .malformed(say("a part has no name, or several")) }
        name = names[0]
        fileName = fileNames.first
        type = values["content-type"] ?? "text/plain"
    }
}

/// `key=value; key="value"` as browsers write it: in quotes, `"` and line ends are `%22`, `%0D` and `%0A`.
struct HeaderParameters {
    private var pairs: [(key: String, value: String)] = []
    private(set) var isBroken = false

    init(_ text: String) {
        var rest = text[...]
        while true {
            rest = rest.drop { $0 == ";" || $0 == " " || $0 == "\t" }
            if rest.isEmpty { return }
            guard let equals = rest.firstIndex(of: "=") else {
                isBroken = true
                return
            }
            let key = trimmed(String(rest[..<equals])).lowercased()
            rest = rest[rest.index(after: equals)...]
            guard let value = HeaderParameters.takeValue(&rest) else {
                isBroken = true
                return
            }
            pairs.append((key, value))
        }
    }

    func all(_ key: String) -> [String] { pairs.filter { $0.key == key }.map(\.value) }

    private static func takeValue(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else {
            let value = rest.prefix { $0 != ";" }
            rest = rest.dropFirst(value.count)
            return trimmed(String(value))
        }
        rest.removeFirst()
        var value = ""
        while let sign = rest.popFirst() {
            if sign == "\"" {
                return value.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
            }
            // Some programs write \" where browsers write %22; a lone \ belongs to a Windows path.
            if sign == "\\", rest.first == "\"" || rest.first == "\\", let escaped = rest.popFirst() {
                value.append(escaped)
            } else {
                value.append(sign)
            }
        }
        return nil
    }
}

/// Names that files are shown and sent with.
enum FileName {
    private static let greatestBytes = 150

    /// The last component, without signs that do not show or that turn the direction of writing (which make `exe.jpg` of
    /// `gpj.exe`), at most 150 bytes with its extension kept; `file` when nothing is left.
    static func cleaned(_ sent: String) -> String {
        let last = sent.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let shown = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
            default: true
            }
        }
        let name = String(String.UnicodeScalarView(shown)).trimmingCharacters(in: CharacterSet(charactersIn: " .\t"))
        let cut = shortened(name)
        return cut.isEmpty ? "file" : cut
    }

    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > greatestBytes else { return name }
        let dot = name.lastIndex(of: ".").map { name[$0...] } ?? ""
        let ending = dot.utf8.count <= 12 ? String(dot) : ""
        var stem = name.dropLast(ending.count)
        while stem.utf8.count + ending.utf8.count > greatestBytes { stem.removeLast() }
        return stem + ending
    }
}
