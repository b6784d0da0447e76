import Charter
import HTML
import Joining
import Languages

/// All that happened and was said, with what the applicant is not shown marked as such.
func applicationThread(_ h: HTMLWriter, _ room: Room, _ record: ApplicationRecord) {
    h.section(.aria(.labelledby, "thread")) {
        h.h2(.id("thread"), text: say("What happened", context: "to an application"))
        h.ol(.class("timeline changes")) {
            for step in record.steps { stepRow(h, room, step) }
        }
    }
}

private func stepRow(_ h: HTMLWriter, _ room: Room, _ step: ApplicationStep) {
    h.li {
        h.day(of: step.at)
        h.div {
            h.b(step.kind.title)
            if let by = author(step) { h.text(.verbatim(" · ") + by) }
            if step.isInternal {
                h.text(" ")
                h.span(.class("tag"), text: say("not shown to the applicant"))
            }
            if let isFor = step.isFor {
                let opinion = isFor ? say("For admission") : say("Against admission")
                h.span(.class(isFor ? "also same" : "also off"), text: opinion)
            }
            if let day = step.day.flatMap({ Day($0) }) {
                h.span(.class("also"), text: say("of \(day)", context: "the day of a letter or a decision"))
            }
            if !step.words.isEmpty { h.p(.class("kept-lines"), text: step.said) }
            if !step.missing.isEmpty {
                let names = Phrase.list(step.missing.map { documentName($0, room) })
                h.span(.class("also"), text: say("Missing: \(names)"))
            }
        }
    }
}

/// Whose step it was; nil for what followed from a decision by itself.
private func author(_ step: ApplicationStep) -> Phrase? {
    switch step.side {
    case .program: nil
    case .applicant: step.authorName.isEmpty ? say("the applicant") : say("\(step.authorName), for the applicant")
    case .secretariat: step.authorName.isEmpty ? say("the secretariat") : .verbatim(step.authorName)
    }
}
