import Charter
import Languages
import Membership

/// Steps in the roll that one source tells of one day and one status: 22 suspensions are one piece of news.
struct RollNews: Sendable, Equatable {
    /// By name, never empty.
    let changes: [RollChange]

    private var first: RollChange { changes[0] }
    var status: String { first.status }
    var range: DayRange { DayRange(first.earliest, first.latest) }
    /// "GA6, Annex 1".
    var source: Phrase { MemberProfile.Source(code: first.sourceCode, locator: first.locator).words }

    /// What stays the same for this news as long as its records do; plain ASCII, and no other news has it.
    var key: String { RollNews.key(first) }

    /// In the order of `changes`, which must be the newest first.
    static func news(_ changes: [RollChange]) -> [RollNews] {
        var order: [String] = []
        var groups: [String: [RollChange]] = [:]
        for change in changes {
            let key = key(change)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(change)
        }
        return order.map { key in
            RollNews(
                changes: (groups[key] ?? []).sorted { ($0.memberName, $0.memberKey) < ($1.memberName, $1.memberKey) }
            )
        }
    }

    private static func key(_ change: RollChange) -> String {
        [change.status, change.earliest, change.latest, change.sourceCode, change.locator ?? ""].map(plain)
            .filter { !$0.isEmpty }.joined(separator: "-")
    }

    /// "Cusco and Urubamba joined", "22 local governments: suspended".
    func title(_ words: Words) -> Phrase {
        let count = changes.count
        let who = count <= 3 ? Phrase.list(changes.map { .verbatim($0.memberName) }) : countedSubject(words)
        if status == words.standard { return say(count, one: "\(who) joined", other: "\(who) joined") }
        return say("\(who): \(words.inText(words.status(status)))", context: "a member and a status")
    }

    private func countedSubject(_ words: Words) -> Phrase {
        let (count, categories) = (changes.count, Set(changes.map(\.category)))
        guard categories.count == 1 else { return say(count, one: "\(count) member", other: "\(count) members") }
        return words.counted(count, category: first.category)
    }

    /// Small letters, digits and hyphens only.
    private static func plain(_ text: String) -> String {
        text.lowercased().utf8.split { byte in
            !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
    }
}
