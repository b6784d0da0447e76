import Database

/// Keys of new members: the name in ASCII, with the country or a number behind it where that is taken.
enum MemberKey {
    /// What an address of the console means already.
    static let reserved = "new"

    static func make(name: String, country: String?, isTaken isKnown: (String) -> Bool) -> String {
        func isTaken(_ key: String) -> Bool { key == reserved || isKnown(key) }
        let words = Folding.words(name).map { word in String(word.unicodeScalars.filter { $0.isASCII }) }
        let plain = String(words.filter { !$0.isEmpty }.joined(separator: "-").prefix(60))
        let trimmed = plain.split(separator: "-").joined(separator: "-")
        // A name in another script has no ASCII of its own.
        let stem = trimmed.isEmpty ? "member" + (country.map { "-" + $0.lowercased() } ?? "") : trimmed
        if !trimmed.isEmpty, !isTaken(stem) { return stem }
        if let country, !trimmed.isEmpty {
            let key = "\(stem)-\(country.lowercased())"
            if !isTaken(key) { return key }
        }
        var number = trimmed.isEmpty ? 1 : 2
        while isTaken("\(stem)-\(number)") { number += 1 }
        return "\(stem)-\(number)"
    }
}
