import Charter
import HTML
import Languages
import Membership
import Web

/// The member in a few lines, beside its account.
func memberBrief(_ h: HTMLWriter, _ model: MemberPage) {
    let profile = model.profile
    let words = model.words
    h.section(.aria(.labelledby, "brief")) {
        h.h2(.id("brief"), text: say("In brief"))
        h.dl(.class("facts")) {
            if let status = model.status {
                h.fact(say("Status")) {
                    h.statusMark(status.status, words)
                    if status.status != words.standard {
                        h.span(.class("also"), text: DayRange(status.earliest, status.latest).phrase)
                    }
                }
            }
            h.fact(say("Category")) {
                h.text(words.category(profile.category))
                if let title = words.title(ofCategory: profile.category) {
                    h.span(.class("also"), text: title)
                }
            }
            if let joined = model.joined {
                h.fact(say("Member since")) { h.text(DayRange(joined.earliest, joined.latest).label) }
            }
            briefPlace(h, model)
            h.fact(say("Names")) { memberNames(h, profile) }
            if let website = profile.website {
                h.fact(say("Website")) { h.a(.href(website), .rel("external"), text: bareAddress(website)) }
            }
            if !profile.tags.isEmpty {
                h.fact(say("Tags")) {
                    h.div(.class("tags")) {
                        for tag in profile.tags {
                            h.a(.class("tag"), .untranslated, .href("/members?tag=\(queryEscaped(tag))"), text: tag)
                        }
                    }
                }
            }
            h.fact(say("Source")) { h.cited(profile.source) }
        }
        if let note = profile.note { h.p(.class("note"), text: .record(note)) }
    }
}

private func briefPlace(_ h: HTMLWriter, _ model: MemberPage) {
    if let code = model.profile.country, let name = model.country {
        h.fact(say("Country")) { h.a(.href("/countries/\(code.lowercased())"), text: name) }
    }
    if let region = model.profile.region { h.fact(say("Region")) { h.regionLink(region, model.words) } }
}

/// The present name, then every other one by language, former ones with their days.
private func memberNames(_ h: HTMLWriter, _ profile: MemberProfile) {
    h.text(profile.name)
    let others = profile.names.filter { $0.kind != "printed" && !($0.name == profile.name && $0.to == nil) }
    for (language, names) in byLanguage(others) {
        h.span(.class("also")) {
            for (index, name) in names.enumerated() {
                if index > 0 { h.text(", ") }
                if let days = nameDays(name) {
                    h.sentence(say("\(part: 0) (\(days))"), { h.named(name.name, language: name.language) })
                } else {
                    h.named(name.name, language: name.language)
                }
            }
            if language != "en" {
                h.text(" ")
                h.text(languageName(language))
            }
        }
    }
}

/// When a name was borne, as far as it is dated.
func nameDays(_ name: MemberProfile.Name) -> Phrase? {
    switch (name.from, name.to) {
    case (let from?, let to?): say("\(DayRange(from, from).label) to \(DayRange(to, to).label)")
    case (let from?, nil): say("from \(DayRange(from, from).label)")
    case (nil, let to?): say("to \(DayRange(to, to).label)")
    case (nil, nil): nil
    }
}

/// The page's own language first, the others in the order in which they come; no name twice.
private func byLanguage(_ names: [MemberProfile.Name]) -> [(String, [MemberProfile.Name])] {
    var groups: [(language: String, names: [MemberProfile.Name])] = []
    for name in names {
        if let index = groups.firstIndex(where: { $0.language == name.language }) {
            let isKnown = groups[index].names.contains { $0.name == name.name && $0.from == name.from }
            if !isKnown { groups[index].names.append(name) }
        } else {
            groups.append((name.language, [name]))
        }
    }
    return groups.filter { $0.language == "en" } + groups.filter { $0.language != "en" }
}

/// The address without what all addresses have.
private func bareAddress(_ website: String) -> String {
    var bare = Substring(website)
    for prefix in ["https://", "http://", "www."] where bare.hasPrefix(prefix) { bare = bare.dropFirst(prefix.count) }
    return String(bare.hasSuffix("/") ? bare.dropLast() : bare)
}

/// The name of a language, or its code.
func languageName(_ code: String) -> Phrase {
    languageNames[String(code.prefix { $0 != "-" })] ?? .verbatim(code)
}

/// Names of languages, by BCP 47 primary tag.
let languageNames: [String: Phrase] = [
    "am": say("Amharic"), "ar": say("Arabic"), "az": say("Azerbaijani"), "be": say("Belarusian"),
    "bn": say("Bengali"), "cs": say("Czech"), "da": say("Danish"), "de": say("German"), "el": say("Greek"),
    "en": say("English"), "es": say("Spanish"), "et": say("Estonian"), "fa": say("Persian"), "fi": say("Finnish"),
    "fr": say("French"), "he": say("Hebrew"), "hi": say("Hindi"), "hu": say("Hungarian"), "id": say("Indonesian"),
    "it": say("Italian"), "ja": say("Japanese"), "ka": say("Georgian"), "kk": say("Kazakh"), "km": say("Khmer"),
    "ko": say("Korean"), "ku": say("Kurdish"), "ky": say("Kyrgyz"), "lo": say("Lao"), "lt": say("Lithuanian"),
    "lv": say("Latvian"), "mn": say("Mongolian"), "ms": say("Malay"), "my": say("Burmese"), "ne": say("Nepali"),
    "nl": say("Dutch"), "no": say("Norwegian"), "pl": say("Polish"), "ps": say("Pashto"), "pt": say("Portuguese"),
    "ro": say("Romanian"), "ru": say("Russian"), "si": say("Sinhala"), "sv": say("Swedish"), "sw": say("Swahili"),
    "ta": say("Tamil"), "th": say("Thai"), "tl": say("Tagalog"), "tr": say("Turkish"), "uk": say("Ukrainian"),
    "ur": say("Urdu"), "uz": say("Uzbek"), "vi": say("Vietnamese"), "zh": say("Chinese"),
]
