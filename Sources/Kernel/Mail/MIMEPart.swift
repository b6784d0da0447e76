import Foundation

/// A part of a mail that came in: headers and bytes, read leniently, since mail from outside is often a little wrong.
struct MIMEPart {
    /// In order, unfolded; names in lower case.
    let headers: [(name: String, value: String)]
    let body: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        let (headers, rest) = Self.fields(bytes)
        self.headers = headers
        body = rest
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// `multipart/report`, in lower case.
    var type: String {
        (header("content-type") ?? "text/plain").prefix { $0 != ";" }.lowercased().trimmingCharacters(in: .whitespaces)
    }

    /// The body with its transfer encoding taken off.
    var decoded: ArraySlice<UInt8> {
        let encoding = (header("content-transfer-encoding") ?? "").trimmingCharacters(in: .whitespaces)
        return TransferEncoding.decode(Array(body), named: encoding)[...]
    }

    /// A parameter of the type, as `boundary`.
    func parameter(_ name: String) -> String? {
        for part in (header("content-type") ?? "").split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].trimmingCharacters(in: .whitespaces).lowercased() == name else { continue }
            return pair[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
        }
        return nil
    }

    /// The parts of a multipart, 50 at most; none when it is not one.
    var parts: [MIMEPart] {
        guard type.hasPrefix("multipart/"), let boundary = parameter("boundary"), !boundary.isEmpty else { return [] }
        let mark = Array("--\(boundary)".utf8)
        var parts: [MIMEPart] = []
        var begin: Int?
        for line in Self.lines(body) {
            guard line.starts(with: mark) else { continue }
            if let begin, begin <= line.startIndex { parts.append(MIMEPart(body[begin..<line.startIndex])) }
            let isLast = line.dropFirst(mark.count).starts(with: Array("--".utf8))
            begin = isLast || parts.count >= 50 ? nil : line.endIndex
        }
        if let begin { parts.append(MIMEPart(body[begin...])) }
        return parts
    }

    /// Header fields up to an empty line, and what comes after it.
    static func fields(_ bytes: ArraySlice<UInt8>) -> ([(name: String, value: String)], ArraySlice<UInt8>) {
        var fields: [(name: String, value: String)] = []
        for line in lines(bytes) {
            let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
            if text.trimmingCharacters(in: .whitespaces).isEmpty { return (fields, bytes[line.endIndex...]) }
            if line.first == 0x20 || line.first == 0x09, !fields.isEmpty {
                fields[fields.count - 1].value += " " + text.trimmingCharacters(in: .whitespaces)
            } else if let colon = text.firstIndex(of: ":"), fields.count < 500 {
                let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                fields.append((text[..<colon].lowercased().trimmingCharacters(in: .whitespaces), value))
            }
        }
        return (fields, bytes[bytes.endIndex...])
    }

    /// Lines with their ends.
    private static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var begin = bytes.startIndex
        while begin < bytes.endIndex {
            let end = bytes[begin...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.endIndex
            lines.append(bytes[begin..<end])
            begin = end
        }
        return lines
    }
}
