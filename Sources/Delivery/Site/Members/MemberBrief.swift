import Charter
import HTML
import Languages
import Membership

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
                if let title = words.categories.first(where: { $0.key == profile.category })?.title {
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
                            h.a(.class("tag"), .href("/members?tag=\(queryEscaped(tag))"), text: tag)
                        }
                    }
                }
            }
            h.fact(say("Source")) { h.cited(profile.source) }
        }
        if let note = profile.note { h.p(.class("note"), text: note) }
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
                h.named(name.name, language: name.language)
                if let days = nameDays(name) { h.text(" (\(days))") }
            }
            if language != "en" { h.text(" \(languageName(language))") }
        }
    }
}

/// When a name was borne, as far as it is dated.
func nameDays(_ name: MemberProfile.Name) -> String? {
    switch (name.from, name.to) {
    case (let from?, let to?): "\(DayRange(from, from).label) to \(DayRange(to, to).label)"
    case (let from?, nil): "from \(DayRange(from, from).label)"
    case (nil, let to?): "to \(DayRange(to, to).label)"
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

/// The English name of a language, or its code.
func languageName(_ code: String) -> String {
    languageNames[String(code.prefix { $0 != "-" })] ?? code
}

/// English names of languages, by BCP 47 primary tag.
let languageNames: [String: String] = [
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bn": "Bengali", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "ko": "Korean", "ku": "Kurdish",
    "ky": "Kyrgyz", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian", "mn": "Mongolian", "ms": "Malay", "my": "Burmese",
    "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese",
    "zh": "Chinese",
]
