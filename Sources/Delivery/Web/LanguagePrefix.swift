import HTTPTypes
import Hummingbird
import Languages

/// The language in the address of a page: `/ko/members` is `/members` in Korean. English has no prefix.
///
/// Routes know nothing of it: the prefix is taken off before they are asked, and put before the local address of a
/// redirect when they have answered, so that nobody loses their language on the way.
struct LanguagePrefix: Sendable {
    private let languages: [Language]

    /// - Parameter languages: Those with addresses of their own; English is not among them even if it is named.
    init(_ languages: [Language]) {
        self.languages = languages.filter { $0 != .source }
    }

    /// The language that the address names, and the request without its name.
    func read(_ request: Request) -> (Language, Request) {
        guard let path = request.head.path, let language = languages.first(where: { names($0, path) }) else {
            return (.source, request)
        }
        var head = request.head
        let rest = path.dropFirst(language.addressPrefix.count)
        head.path = rest.first == "/" ? String(rest) : "/" + rest
        return (language, Request(head: head, body: request.body))
    }

    /// Sends a redirect within this site to the pages of the same language.
    func keep(_ language: Language, in response: inout Response) {
        guard language != .source, let target = response.headers[.location], target.hasPrefix("/"),
            !target.hasPrefix("//"), !names(language, target)
        else { return }
        response.headers[.location] = language.addressPrefix + target
    }

    /// Whether the path is the language's first page or below it: `/ko`, `/ko/members`, `/ko?on=…`, not `/kosovo`.
    private func names(_ language: Language, _ path: String) -> Bool {
        guard path.hasPrefix(language.addressPrefix) else { return false }
        let next = path.dropFirst(language.addressPrefix.count).first
        return next == nil || next == "/" || next == "?"
    }
}
