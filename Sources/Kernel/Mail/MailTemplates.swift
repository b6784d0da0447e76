import Foundation

/// What is wrong with a folder of templates, all of it at once.
public struct MailTemplateProblems: Error, Sendable, Equatable, CustomStringConvertible {
    /// Each names its file and, where there is one, its line.
    public let problems: [String]

    public var description: String {
        "The mail templates cannot be used. Correct these:\n" + problems.map { "  " + $0 }.joined(separator: "\n")
    }
}

/// The words of all mail, in every language.
public struct MailTemplates: Sendable {
    /// By language, then by key.
    private let templates: [String: [String: MailTemplate]]

    /// BCP 47 tags, sorted.
    public var languages: [String] { templates.keys.sorted() }
    /// Sorted; the same in every language.
    public var keys: [String] { (templates["en"] ?? [:]).keys.sorted() }

    /// Reads `<folder>/<language>/<key>.txt`. Throws `MailTemplateProblems` when one cannot be read, or when a language
    /// lacks a template or placeholder that English has, or has one more.
    public static func load(folder: String) throws -> MailTemplates {
        var texts: [String: [String: String]] = [:]
        var problems: [String] = []
        let files = FileManager.default
        for language in ((try? files.contentsOfDirectory(atPath: folder)) ?? []).sorted() where !language.hasPrefix(".")
        {
            let inside = "\(folder)/\(language)"
            for file in ((try? files.contentsOfDirectory(atPath: inside)) ?? []).sorted() where file.hasSuffix(".txt") {
                guard let text = try? String(contentsOfFile: "\(inside)/\(file)", encoding: .utf8) else {
                    problems.append("\(language)/\(file) is not UTF-8 text")
                    continue
                }
                texts[language, default: [:]][String(file.dropLast(4))] = text
            }
        }
        if texts["en"] == nil { problems.append("\(folder) has no folder en with templates") }
        guard problems.isEmpty else { throw MailTemplateProblems(problems: problems) }
        return try MailTemplates(texts)
    }

    /// Reads templates by language and key. Throws like `load`.
    public init(_ texts: [String: [String: String]]) throws {
        var templates: [String: [String: MailTemplate]] = [:]
        var problems: [String] = []
        for (language, byKey) in texts.sorted(by: { $0.key < $1.key }) {
            templates[language] = [:]
            for (key, text) in byKey.sorted(by: { $0.key < $1.key }) {
                do { templates[language]?[key] = try MailTemplate(text) } catch {
                    problems.append("\(language)/\(key).txt, line \(error.line): \(error.what)")
                }
            }
        }
        // What could not be read is missing, which would only repeat the fault.
        if problems.isEmpty { problems = Self.differences(templates) }
        guard problems.isEmpty else { throw MailTemplateProblems(problems: problems) }
        self.templates = templates
    }

    private static func differences(_ templates: [String: [String: MailTemplate]]) -> [String] {
        let english = templates["en"] ?? [:]
        var problems: [String] = []
        for (language, byKey) in templates.sorted(by: { $0.key < $1.key }) where language != "en" {
            for key in Set(english.keys).union(byKey.keys).sorted() {
                switch (english[key], byKey[key]) {
                case (let one?, let other?):
                    let missing = one.placeholders.subtracting(other.placeholders).sorted()
                    let more = other.placeholders.subtracting(one.placeholders).sorted()
                    problems += missing.map { "\(language)/\(key).txt lacks {\($0)}, which en/\(key).txt has" }
                    problems += more.map { "\(language)/\(key).txt has {\($0)}, which en/\(key).txt has not" }
                case (_?, nil): problems.append("\(language)/\(key).txt is missing; en/\(key).txt is there")
                case (nil, _): problems.append("en/\(key).txt is missing; \(language)/\(key).txt is there")
                }
            }
        }
        return problems
    }

    /// The placeholders that a template needs values for.
    public func placeholders(_ key: String) -> Set<String> { templates["en"]?[key]?.placeholders ?? [] }

    /// Fills a template in: of the language, of the language without its region, or English. Throws `MailProblem`.
    public func render(_ key: String, language: String, values: [String: String]) throws -> MailContent {
        let short = String(language.prefix { $0 != "-" && $0 != "_" })
        guard let used = [language, short, "en"].first(where: { templates[$0]?[key] != nil }),
            let template = templates[used]?[key]
        else { throw MailProblem.unknownTemplate(key) }
        if let missing = template.placeholders.filter({ values[$0] == nil }).sorted().first {
            throw MailProblem.missingValue(template: key, placeholder: missing)
        }
        for case .button(_, let link) in template.blocks where !Self.isWebAddress(values[link] ?? "") {
            throw MailProblem.badLink(template: key, placeholder: link)
        }
        let subject = MailText.plain(template.subject, values)
        try MailHeader.check(subject, field: "subject")
        return MailContent(
            subject: subject,
            text: MailText.render(template, values),
            html: MailPage.render(template, values, title: subject, language: used)
        )
    }

    /// http or https, in ASCII without spaces, quotes and angle brackets.
    private static func isWebAddress(_ text: String) -> Bool {
        (text.hasPrefix("https://") || text.hasPrefix("http://"))
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"\"<>".utf8.contains($0) }
    }
}
