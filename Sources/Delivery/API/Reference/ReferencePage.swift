import Access
import HTML
import HTTPTypes
import Languages

/// The API for people: the same declarations as the document, as a page of the site.
struct ReferencePage: Sendable {
    static let path = "/developers"
    static let title = say("For developers")
    static let description = say(
        "What programs can read and do here: every operation, what it takes and what it answers."
    )

    let operations: [Operation]
    let rate: RatePolicy
    let baseURL: String

    func write(_ h: HTMLWriter) {
        h.div(.class("prose")) {
            h.h1(Self.title)
            h.p(.class("lede"), text: say("Everything that programs can read and do here."))
            start(h)
            tokens(h)
            h.h2(.id("operations"), text: say("Operations"))
            // What the document says is English on every page.
            h.ul(.lang("en")) {
                for operation in operations {
                    h.li {
                        h.a(.href("#\(operation.id)"), text: operation.summary)
                    }
                }
            }
        }
        for topic in Topic.allCases where operations.contains(where: { $0.topic == topic }) { section(h, topic) }
        problems(h)
    }

    private func start(_ h: HTMLWriter) {
        h.h2(.id("start"), text: say("Start"))
        h.p {
            h.sentence(
                say("The whole of it is one document, \(part: 0) (OpenAPI 3.1); programs that make clients read it."),
                { h.a(.href("\(API.path)/openapi.json"), text: "openapi.json") }
            )
        }
        h.pre(.class("example"), .tabindex(0)) {
            h.code("curl '\(baseURL)\(API.path)/members?as_of=2021-12-31&limit=2'")
        }
        marked(h, OpenAPIDocument.introduction)
        h.p(
            say(
                "One address may ask \(rate.withoutToken) times a minute, one token \(rate.withToken) times. The fields RateLimit and RateLimit-Policy say how much is left."
            )
        )
    }

    private func tokens(_ h: HTMLWriter) {
        h.h2(.id("tokens"), text: say("Tokens"))
        h.p(
            say(
                "You make a token in your account, or for a member's own programs in the member's room. It is shown once. Its scopes only narrow: with any of them, a token does no more than its holder may."
            )
        )
        h.dl(.class("facts")) {
            for scope in Scope.allCases {
                h.div {
                    h.dt { h.code(scope.rawValue) }
                    h.dd(scope.words)
                }
            }
        }
    }

    private func section(_ h: HTMLWriter, _ topic: Topic) {
        let id = "topic-\(topic)"
        h.section(.lang("en"), .aria(.labelledby, id)) {
            h.h2(.id(id), text: topic.rawValue)
            h.p(.class("quiet"), text: topic.detail)
            for operation in operations where operation.topic == topic { self.operation(h, operation) }
        }
    }

    private func operation(_ h: HTMLWriter, _ operation: Operation) {
        h.article(.class("operation"), .id(operation.id), .aria(.labelledby, "name-\(operation.id)")) {
            h.h3(.id("name-\(operation.id)"), text: operation.summary)
            h.p(.class("address")) { h.code("\(operation.method.rawValue) \(API.path)\(operation.path)") }
            marked(h, operation.detail)
            h.p(.class("quiet")) { access(h, operation.access) }
            if !operation.parameters.isEmpty {
                h.h4(say("What it takes"))
                h.dl(.class("facts")) {
                    for parameter in operation.parameters { self.parameter(h, parameter) }
                }
            }
            if let body = operation.body { properties(h, say("What is sent"), body) }
            if let file = operation.file { self.file(h, file) }
            if let object = operation.answered { properties(h, say("What it answers"), object) }
        }
    }

    private func access(_ h: HTMLWriter, _ access: OperationAccess) {
        switch access {
        case .open: h.text(say("Open to everybody, without a token."))
        case .anyToken: h.text(say("With any token."))
        case .token(let scope, let action):
            h.sentence(
                say("With a token of the scope \(part: 0), whose holder may \(action.words)."),
                { h.code(scope.rawValue) }
            )
        }
    }

    private func parameter(_ h: HTMLWriter, _ parameter: any AnyParameter) {
        h.div {
            h.dt { h.code(parameter.name) }
            h.dd {
                marked(h, parameter.schema.detail)
                h.p(.class("also")) {
                    h.text(Self.capitalised(parameter.schema.expected.english))
                    if parameter.isRequired { h.text(", required") }
                    if parameter.place != .query { h.text(", in the \(parameter.place.rawValue)") }
                    h.text(".")
                }
            }
        }
    }

    private func file(_ h: HTMLWriter, _ file: FileBody) {
        h.h4(say("What is sent"))
        h.dl(.class("facts")) {
            h.div {
                h.dt(say("File"))
                h.dd {
                    marked(h, file.words)
                    h.p(.class("also"), text: file.types.joined(separator: ", "))
                }
            }
        }
    }

    private func properties(_ h: HTMLWriter, _ heading: Phrase, _ object: ObjectSchema) {
        h.h4(heading)
        h.dl(.class("facts")) {
            for property in object.properties {
                h.div {
                    h.dt { h.code(property.name) }
                    h.dd {
                        marked(h, property.schema.detail)
                        h.p(.class("also")) {
                            h.text(Self.kind(property.schema))
                            if object.isClosed, property.isRequired { h.text(", required") }
                            h.text(".")
                        }
                    }
                }
            }
        }
    }

    private func problems(_ h: HTMLWriter) {
        h.section(.aria(.labelledby, "problems")) {
            h.h2(.id("problems"), text: say("Problems"))
            h.p(.class("quiet"), text: say("Every no is a document of the type application/problem+json (RFC 9457)."))
            h.dl(.class("facts")) {
                for (status, meaning) in ProblemMeaning.all {
                    h.div(.lang("en"), .id("problem-\(status.code)")) {
                        h.dt("\(status.code) \(status.reasonPhrase)")
                        h.dd { marked(h, meaning) }
                    }
                }
            }
        }
    }

    /// The document's own words, in English like the document; what stands in backquotes is code.
    private func marked(_ h: HTMLWriter, _ text: String) {
        h.p(.lang("en")) {
            for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
                if index.isMultiple(of: 2) { h.text(part) } else { h.code(String(part)) }
            }
        }
    }

    /// What sort of value it is, in a word or two.
    static func kind(_ schema: Schema) -> String {
        let kind =
            switch schema.kind {
            case .text, .choice: "Text"
            case .day: "Day"
            case .instant: "Instant"
            case .integer: "Whole number"
            case .number: "Number"
            case .flag: "True or false"
            case .list(let element, _, _, _): "List of \(name(element))"
            case .object: capitalised(name(schema))
            }
        return schema.isNullable ? kind + ", or null" : kind
    }

    private static func name(_ schema: Schema) -> String {
        switch schema.kind {
        case .object(let object): object.name ?? "object"
        case .text, .choice: "texts"
        default: kind(schema).lowercased()
        }
    }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension Operation {
    /// The object, or each object of the list, that it answers with.
    fileprivate var answered: ObjectSchema? {
        guard case .object(let object)? = answers.first(where: { $0.status.kind == .successful })?.schema?.kind else {
            return nil
        }
        for property in object.properties where property.name == "data" {
            if case .list(let element, _, _, _) = property.schema.kind, case .object(let row) = element.kind {
                return row
            }
        }
        return object
    }
}
