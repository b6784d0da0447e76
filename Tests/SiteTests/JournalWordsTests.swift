import Languages
import Testing

@testable import Site

@Suite struct JournalWordsTests {
    @Test(arguments: [
        "member.edited", "decision.carried-out", "decision.not-carried-out", "decision.answer-recorded",
        "decision.meeting-recorded", "participation.corrected", "circumstance.changed", "webhook.turned-off",
    ])
    func `an entry is told in each language`(_ action: String) {
        #expect(Speech.pseudo.text(actionWords(action)).hasPrefix("["))
    }

    @Test(arguments: ["head", "leads_to", "problem", "items", "merged_into", "reading_a", "date_earliest", "kinds"])
    func `so is a field of it`(_ field: String) {
        #expect(Speech.pseudo.text(fieldWords(field)).hasPrefix("["))
    }

    @Test func `what a later release writes is shown by its key`() {
        #expect(actionWords("ferry.sent-away") == .verbatim("Ferry sent away"))
        #expect(fieldWords("ferry_line") == .verbatim("ferry line"))
    }
}
