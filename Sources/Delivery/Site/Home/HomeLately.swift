import Charter
import HTML
import Languages
import Membership

/// The latest steps in the roll.
func homeLately(_ h: HTMLWriter, _ model: HomePage) {
    h.section(.aria(.labelledby, "lately")) {
        h.sectionHead(say("Lately"), id: "lately", more: (AtomFeed.path, say("Feed")))
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
    func subject(_ number: Int) {
        guard line.members.count <= LatelyLine.named else {
            let text = words.counted(line.members.count, category: line.category)
            return h.a(.href(line.list(words).address()), text: text)
        }
        let member = line.members[number]
        h.a(.href("/members/\(member.key)"), text: member.name)
    }
    let step = latelyStep(line, words)
    // The grounds are in the language of the records.
    let status = words.inEnglish.status(line.status).lowercased()
    let grounds = line.grounds.map { Phrase.record($0) }
    let isSaid = grounds.map { $0.english.lowercased().hasPrefix(status.prefix(6)) } ?? true
    let sentence = if let grounds, !isSaid { say("\(step): \(grounds).") } else { say("\(step).") }
    h.sentence(sentence, { subject(0) }, { subject(1) }, { subject(2) })
}

/// Whom the step concerns: as many links as there are names, or one to the list of many.
private func latelySubject(_ line: LatelyLine) -> Phrase {
    switch line.members.count {
    case 2: say("\(part: 0) and \(part: 1)")
    case 3: say("\(part: 0), \(part: 1) and \(part: 2)")
    default: Phrase(.part(0))
    }
}

/// Who did what. The charter's name for a status does for one that the language has no verb for.
private func latelyStep(_ line: LatelyLine, _ words: Words) -> Phrase {
    let count = line.members.count
    let who = latelySubject(line)
    if line.status == words.standard { return say(count, one: "\(who) joined", other: "\(who) joined") }
    switch line.status {
    case "suspended": return say(count, one: "\(who) was suspended", other: "\(who) were suspended")
    case "withdrawn": return say(count, one: "\(who) withdrew", other: "\(who) withdrew")
    case "terminated":
        return say(
            count,
            one: "\(who) had its membership terminated",
            other: "\(who) had their memberships terminated"
        )
    default:
        let status = words.status(line.status)
        return say(count, one: "\(who) is now “\(status)”", other: "\(who) are now “\(status)”")
    }
}
