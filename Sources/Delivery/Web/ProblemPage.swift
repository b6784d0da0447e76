import HTML
import HTTPTypes
public import Hummingbird
public import Languages
public import NIOCore

/// Words for a problem, for the page that shows it.
public struct ProblemPage: Sendable, Equatable {
    public let problem: RequestProblem
    /// What finds this request in the log.
    public let requestID: String
    /// The language of the page that was asked for.
    public let language: Language

    public init(problem: RequestProblem, requestID: String, language: Language) {
        self.problem = problem
        self.requestID = requestID
        self.language = language
    }

    /// A page without the site's frame, for a server that has no better one.
    public func render() -> ByteBuffer {
        let speech = Speech.english
        var head = DocumentHead(title: speech.text(problem.title))
        head.robots = "noindex"
        return HTMLWriter.render(capacityBytes: 2048, in: speech) { h in
            h.document(head) {
                h.main {
                    h.h1(problem.title)
                    h.p(problem.detail)
                    if !problem.fields.isEmpty {
                        h.ul {
                            for field in problem.fields { h.li(.verbatim("\(field.name): ") + field.message) }
                        }
                    }
                    h.p { h.a(.href("/"), text: say("Home")) }
                    h.p { h.small(say("Request \(requestID)")) }
                }
            }
        }
    }

    /// The same as RFC 9457 has it for programs.
    func renderJSON() -> ByteBuffer {
        // What programs read is in one language, whichever page was asked for.
        func text(_ phrase: Phrase) -> String { quoted(phrase.english) }
        // The page for developers tells what each status means there.
        let type = problem.code == nil ? "about:blank" : "/developers#problem-\(problem.status.code)"
        var json = ByteBuffer(string: "{\"type\":\"\(type)\",\"title\":\(text(problem.title))")
        json.writeString(",\"status\":\(problem.status.code),\"detail\":\(text(problem.detail))")
        if let code = problem.code { json.writeString(",\"code\":\(quoted(code))") }
        if !problem.fields.isEmpty {
            let errors = problem.fields.map { "{\"field\":\(quoted($0.name)),\"detail\":\(text($0.message))}" }
            json.writeString(",\"errors\":[\(errors.joined(separator: ","))]")
        }
        json.writeString(",\"request\":\(quoted(requestID))}\n")
        return json
    }

    /// The whole answer, as a page for people or JSON for programs, whichever `accept` asks for.
    func response(accept: String?, render: (ProblemPage) -> ByteBuffer) -> Response {
        ProblemPage.prefersJSON(accept) ? document : response(render(self), .html)
    }

    /// The answer for a program, whatever it says that it takes.
    public var document: Response { response(renderJSON(), .problem) }

    private func response(_ body: ByteBuffer, _ type: ContentType) -> Response {
        var fields = problem.headers
        fields[.contentType] = type.value
        fields[.cacheControl] = "no-store"
        return Response(status: problem.status, headers: fields, body: ResponseBody(byteBuffer: body))
    }

    /// Whether JSON is named in an Accept field before HTML. Browsers always name HTML first; `*/*` alone is taken
    /// for a person with a simple client.
    static func prefersJSON(_ accept: String?) -> Bool {
        guard let accept = accept?.lowercased() else { return false }
        for range in accept.split(separator: ",") {
            let type = range.prefix { $0 != ";" }.filter { $0 != " " }
            if type == "text/html" || type == "application/xhtml+xml" { return false }
            if type == "application/json" || type.hasSuffix("+json") { return true }
        }
        return false
    }
}

/// `string` as a JSON string with its quotes.
func quoted(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\u{0}"..."\u{1F}", "\u{7F}":
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
