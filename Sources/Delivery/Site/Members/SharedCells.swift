import Charter
import HTML
import Languages
import Synchronization

/// What many rows of tables have in common, rendered once.
enum SharedCell: Hashable, Sendable {
    case country(String?)
    case region(String?)
    case category(String)
    /// Country and region in one cell.
    case place(country: String?, region: String?)
    /// A status and since when, as ISO days.
    case standing(status: String, earliest: String?, since: String?)
}

/// The cells of one table that many rows share.
struct SharedCells {
    /// The status that need not be told.
    let standardStatus: String?
    private let cells: RollCells
    private let words: Words
    private let speech: Speech
    private var known: [SharedCell: HTMLFragment]
    private let knownBefore: Int

    init(_ cells: RollCells, _ words: Words, in speech: Speech) {
        (self.cells, self.words, self.speech) = (cells, words, speech)
        standardStatus = words.standard
        known = cells.known(on: words.effective, in: speech.language)
        knownBefore = known.count
    }

    private mutating func cell(_ cell: SharedCell, _ write: (HTMLWriter) -> Void) -> HTMLFragment {
        if let written = known[cell] { return written }
        let written = HTMLFragment(in: speech, write)
        known[cell] = written
        return written
    }

    mutating func country(_ code: String?, _ countries: Countries) -> HTMLFragment {
        cell(.country(code)) { h in
            h.td {
                guard let code else { return h.text("–") }
                h.a(.class("plain"), .href("/countries/\(code.lowercased())"), text: countries.name(code))
            }
        }
    }

    mutating func region(_ key: String?) -> HTMLFragment {
        let words = words
        return cell(.region(key)) { h in
            h.td(.class("narrow-hide")) {
                guard let key else { return h.text("–") }
                h.span(.class("region region-\(key)"), text: words.region(key))
            }
        }
    }

    mutating func category(_ key: String) -> HTMLFragment {
        let words = words
        return cell(.category(key)) { h in h.td(.class("quiet-column"), text: words.category(key)) }
    }

    mutating func place(country: String?, region: String?, _ countries: Countries) -> HTMLFragment {
        let words = words
        return cell(.place(country: country, region: region)) { h in
            h.td(.class("narrow-hide")) {
                h.text(country.map(countries.name) ?? "–")
                if let region { h.span(.class("also"), text: words.region(region)) }
            }
        }
    }

    mutating func standing(_ status: String, earliest: String?, since: String?) -> HTMLFragment {
        let words = words
        return cell(.standing(status: status, earliest: earliest, since: since)) { h in
            h.td(.class("standing")) {
                h.statusMark(status, words)
                if let since { h.span(.class("also"), text: DayRange(earliest, since).label) }
            }
        }
    }

    /// Keeps what was rendered for the next table.
    func keep() {
        if known.count > knownBefore { cells.keep(known, of: words.effective, in: speech.language) }
    }
}

/// Rendered cells that outlive a page, in each language for one version of the charter at a time.
final class RollCells: Sendable {
    /// More than all countries, and days of joining for years; with more, the next table begins anew.
    private static let most = 4000

    private let state = Mutex<[Language: (version: Day?, known: [SharedCell: HTMLFragment])]>([:])

    func known(on version: Day?, in language: Language) -> [SharedCell: HTMLFragment] {
        state.withLock { state in
            guard let kept = state[language], kept.version == version else { return [:] }
            return kept.known
        }
    }

    func keep(_ known: [SharedCell: HTMLFragment], of version: Day?, in language: Language) {
        state.withLock { state in
            if let kept = state[language], kept.version == version, kept.known.count >= known.count { return }
            state[language] = (version: version, known: known.count > Self.most ? [:] : known)
        }
    }
}
