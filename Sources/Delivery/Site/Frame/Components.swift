import HTML
import Languages
import Membership

/// Where a fact on a page was read: the code of a source, and the place within it.
struct FactSource: Sendable, Equatable {
    let code: String
    let locator: String?

    init(code: String, locator: String?) {
        self.code = code
        self.locator = locator
    }

    init(_ source: MemberProfile.Source) {
        self.init(code: source.code, locator: source.locator)
    }
}

// The small parts that every page is made of. Each writes itself and nothing around it.
extension HTMLWriter {
    /// Where a fact was read: "GA6, Annex 1".
    func cited(_ code: String, _ locator: String?) {
        span(.class("source")) {
            text(code)
            if let locator, !locator.isEmpty {
                text(", ")
                text(EntrySource.words(code, locator) ?? .record(locator))
            }
        }
    }

    func cited(_ source: FactSource) { cited(source.code, source.locator) }
    func cited(_ source: MemberProfile.Source) { cited(source.code, source.locator) }

    /// A status by shape and word.
    func statusMark(_ key: String, _ words: Words) {
        span(.class("status status-\(key)"), text: words.status(key))
    }

    /// A region by colour and word, with the way to its page.
    func regionLink(_ key: String, _ words: Words) {
        a(.class("region region-\(key)"), .href("/regions/\(key)"), text: words.region(key))
    }

    /// Regions by colour and word with a count each: the legend of a map and the way to each region.
    func regionLegend(_ counts: [(key: String, count: Int)], _ words: Words) {
        guard !counts.isEmpty else { return }
        ul(.class("legend")) {
            for (key, count) in counts {
                li {
                    a(.class("region region-\(key)"), .href("/regions/\(key)")) {
                        text(words.region(key))
                        text(" ")
                        b(Phrase.number(count))
                    }
                }
            }
        }
    }

    /// Says that what stands beside it is no record of anything.
    func sampleTag() {
        span(.class("tag"), text: say("Invented sample"))
    }

    /// The way up from a page.
    func trail(_ steps: [(address: String, name: Phrase)]) {
        nav(.class("trail"), .aria(.label, say("Path"))) {
            ol {
                for step in steps { li { a(.href(step.address), text: step.name) } }
            }
        }
    }

    /// A heading with a link at its end. `id` names the section by `aria-labelledby`.
    func sectionHead(_ title: Phrase, id name: String, more: (address: String, text: Phrase)? = nil) {
        guard let more else { return h2(.id(name), text: title) }
        div(.class("section-head")) {
            h2(.id(name), text: title)
            a(.class("more"), .href(more.address), text: more.text)
        }
    }

    /// One line of a list of facts: `h.dl(.class("facts")) { h.fact("Status") { … } }`.
    func fact(_ name: Phrase, content: () -> Void) {
        div {
            dt(name)
            dd { content() }
        }
    }

    /// One line of a timeline: when, what, where it was read, and what is to be said of it.
    func timelineRow(
        _ range: DayRange,
        source: FactSource?,
        note: String? = nil,
        id name: String? = nil,
        content: () -> Void
    ) {
        li(.when(name != nil, .id(name ?? ""))) {
            when(range)
            p {
                content()
                if let source {
                    text(" ")
                    cited(source)
                }
                if let note { span(.class("also"), text: .record(note)) }
            }
        }
    }

    /// A name in its own language, so that it is read and set as such.
    func named(_ name: String, language: String) {
        if language == speech.language.rawValue || language.isEmpty || language == "und" {
            text(name)
        } else {
            span(.lang(language), text: name)
        }
    }
}
