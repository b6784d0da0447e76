import Charter
import HTML
import Languages
import Membership

/// The latest steps in the roll.
func homeLately(_ h: HTMLWriter, _ model: HomePage) {
    h.section(.aria(.labelledby, "lately")) {
        h.sectionHead(say("Lately"), id: "lately", more: ("/feed.atom", say("Feed")))
        if model.lately.isEmpty {
            h.p(.class("quiet"), text: say("No step is on record."))
        } else {
            h.ol(.class("timeline")) {
                for line in model.lately {
                    h.timelineRow(line.range, source: line.source) { latelySentence(h, line, model.words) }
                }
            }
        }
    }
}

/// "Cuenca joined.", "22 local governments were suspended: no payment for three years."
func latelySentence(_ h: HTMLWriter, _ line: LatelyLine, _ words: Words) {
    if line.members.count > LatelyLine.named {
        let text = words.counted(line.members.count, category: line.category)
        h.a(.href(line.list(words).address()), text: text)
    } else {
        for (index, member) in line.members.enumerated() {
            if index > 0 { h.text(index == line.members.count - 1 ? " and " : ", ") }
            h.a(.href("/members/\(member.key)"), text: member.name)
        }
    }
    h.text(" \(latelyVerb(line, words))")
    let isSaid =
        line.grounds.map { $0.lowercased().hasPrefix(words.status(line.status).lowercased().prefix(6)) } ?? true
    if let grounds = line.grounds, !isSaid { h.text(": \(grounds)") }
    h.text(".")
}

/// What the step is called. The charter's name for a status does for one that the language has no verb for.
private func latelyVerb(_ line: LatelyLine, _ words: Words) -> String {
    let isOne = line.members.count == 1
    if line.status == words.standard { return "joined" }
    switch line.status {
    case "suspended": return isOne ? "was suspended" : "were suspended"
    case "withdrawn": return "withdrew"
    case "terminated": return isOne ? "had its membership terminated" : "had their memberships terminated"
    default: return "\(isOne ? "is" : "are") now “\(words.status(line.status))”"
    }
}
