import Charter
import HTML
import Languages
import Standing

/// A member's standing through the years as bars: full where it opens all that standing can open, half where some of it
/// is limited, a hair where there was no standing.
struct StandingStrip: Sendable {
    enum Look: String, Sendable {
        case whole, part, none

        var height: Double {
            switch self {
            case .whole: 14
            case .part: 7
            case .none: 2
            }
        }

        var words: Phrase {
            switch self {
            case .whole: say("Full: everything is open")
            case .part: say("Half: some of it is limited or closed")
            case .none: say("Thin: no standing")
            }
        }
    }

    struct Bar: Sendable, Equatable {
        let look: Look
        let from: Day
        /// The day after the last.
        let to: Day
    }

    let bars: [Bar]
    let years: YearScale

    /// - Parameter spans: one after the other, the earliest first.
    init(_ spans: [StandingHistory.Span], charter: Charter) {
        bars = spans.map { span in
            let look = Self.look(span.found, charter.version(on: span.from)?.entitlements ?? [])
            return Bar(look: look, from: span.from, to: span.to.adding(days: 1))
        }
        let first = spans.first?.from.year ?? 0
        years = YearScale(first: first, last: (spans.last?.to.year ?? first) + 1)
    }

    private static func look(_ found: StandingFound, _ entitlements: [Charter.Entitlement]) -> Look {
        guard let key = found.key else { return .none }
        return entitlements.allSatisfy { $0.access[key] == .full } ? .whole : .part
    }

    /// Those that occur.
    var looks: [Look] { [Look.whole, .part, .none].filter { look in bars.contains { $0.look == look } } }
}

extension HTMLWriter {
    /// The bars, the years under them, and what their shapes mean.
    func standingStrip(_ strip: StandingStrip, sentence: Phrase) {
        svg(.class("strip"), .role(.img), .aria(.label, sentence)) {
            svg(.viewBox(0, 0, 100, 40), .preserveAspectRatio("none")) {
                rect(.x(0), .y(14), .width(100), .height(0.5))
                for bar in strip.bars {
                    let start = strip.years.position(bar.from)
                    rect(
                        .class("standing-\(bar.look.rawValue)"),
                        .x(start),
                        .y(14 - bar.look.height),
                        .width(strip.years.position(bar.to) - start),
                        .height(bar.look.height)
                    )
                }
            }
            yearTexts(strip.years)
        }
        ul(.class("legend")) { for look in strip.looks { li(look.words) } }
    }
}
