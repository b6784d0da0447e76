public import Charter
import Database
import Foundation
import Languages
import Membership
import Standing

/// A figure, or the kind of a member, as somebody typed it.
public struct FeeInputDraft: Sendable, Equatable {
    /// A member's key or any of its names; empty for a country's figure.
    public var member: String
    /// A country's code or name; empty for a member's own figure.
    public var country: String
    /// Key of one of the charter's measures, or `kind`.
    public var measure: String
    /// A number, or the key of a kind.
    public var value: String
    /// `2022-12-31`, `2022-12` or `2022`.
    public var asOf: String
    public var source: String
    /// Where in the source; may be empty, like the note.
    public var locator: String
    public var note: String
    public var isInvented: Bool

    public init(
        member: String = "",
        country: String = "",
        measure: String = "",
        value: String = "",
        asOf: String = "",
        source: String = "",
        locator: String = "",
        note: String = "",
        isInvented: Bool = false
    ) {
        self.member = UploadFile.trimmed(member)
        self.country = UploadFile.trimmed(country)
        self.measure = UploadFile.trimmed(measure)
        self.value = UploadFile.trimmed(value)
        self.asOf = UploadFile.trimmed(asOf)
        self.source = UploadFile.trimmed(source)
        self.locator = UploadFile.trimmed(locator)
        self.note = UploadFile.trimmed(note)
        self.isInvented = isInvented
    }
}

/// What the charter's schedules go by, in any of its versions: figures of earlier years are entered too.
public struct FeeMeasures: Sendable {
    public let measures: [Charter.Measure]
    private let kinds: [String: [Charter.MemberKind]]

    public init(_ charter: Charter) {
        var measures: [Charter.Measure] = []
        var kinds: [String: [Charter.MemberKind]] = [:]
        for schedule in charter.versions.flatMap(\.feeSchedules) {
            if let measure = schedule.measure, !measures.contains(where: { $0.key == measure.key }) {
                measures.append(measure)
            }
            for kind in schedule.kinds where kinds[schedule.category]?.contains(where: { $0.key == kind.key }) != true {
                kinds[schedule.category, default: []].append(kind)
            }
        }
        (self.measures, self.kinds) = (measures, kinds)
    }

    /// The kinds that a member of a category can be of.
    public func kinds(of category: String) -> [Charter.MemberKind] { kinds[category] ?? [] }

    /// The keys of all kinds.
    var kindKeys: [String] { Set(kinds.values.flatMap { $0.map(\.key) }).sorted() }

    func measure(_ key: String) -> Charter.Measure? { measures.first { $0.key == key } }

    /// What an input can be about.
    var keys: [String] { measures.map(\.key) + (kinds.isEmpty ? [] : [FeeInput.kindMeasure]) }
}

/// An input whose fields were checked.
struct CheckedFeeInput {
    enum Subject: Hashable {
        case member(String)
        case country(String)
    }

    let subject: Subject
    let measure: String
    let content: FeeInput.Content
    let asOf: AsOf
    let source: String
    let locator: String?
    let note: String?
    let isInvented: Bool
}

/// Checks what was typed against the charter and the records.
struct FeeInputCheck {
    let measures: FeeMeasures
    let countries: CountryWords
    let today: Day
    /// The id of the member that a text means; throws `MemberByName.Unclear`.
    let member: (String) throws -> String
    /// The category of a member.
    let category: (_ id: String) throws -> String?

    /// Throws `InvalidInput` (`member`, `country`, `measure`, `value`, `as_of`, `source`, `locator`, `note`).
    func check(_ draft: FeeInputDraft) throws -> CheckedFeeInput {
        var check = FormCheck()
        let subject = try subject(draft, &check)
        let content = try content(draft, subject, &check)
        let asOf = asOf(draft, &check)
        if draft.source.isEmpty {
            check.refuse("source", say("Say where this is from: a report, a letter, a web page."))
        }
        check.text(draft.source, "source", most: 200)
        check.text(draft.locator, "locator", most: 300)
        check.text(draft.note, "note", most: 1000)
        try check.finish()
        guard let subject, let content, let asOf else { preconditionFailure("an input that was refused went on") }
        return CheckedFeeInput(
            subject: subject,
            measure: draft.measure,
            content: content,
            asOf: asOf,
            source: draft.source,
            locator: draft.locator.isEmpty ? nil : draft.locator,
            note: draft.note.isEmpty ? nil : draft.note,
            isInvented: draft.isInvented
        )
    }

    private func subject(_ draft: FeeInputDraft, _ check: inout FormCheck) throws -> CheckedFeeInput.Subject? {
        if draft.country.isEmpty {
            do { return .member(try member(draft.member)) } catch let words as MemberByName.Unclear {
                check.refuse("member", words.sentence)
                return nil
            }
        }
        guard draft.member.isEmpty else {
            check.refuse("country", say("Give a member or a country, not both: a figure is of one of them."))
            return nil
        }
        let code = draft.country.uppercased()
        let isCode = code.utf8.count == 2 && code.utf8.allSatisfy { (0x41...0x5a).contains($0) }
        if isCode, countries.codes.isEmpty || countries.codes.contains(code) { return .country(code) }
        if let code = countries.code(draft.country) { return .country(code) }
        check.refuse("country", say("No country is known by this. Write its ISO 3166 code, as in KR."))
        return nil
    }

    private func content(
        _ draft: FeeInputDraft,
        _ subject: CheckedFeeInput.Subject?,
        _ check: inout FormCheck
    ) throws -> FeeInput.Content? {
        if draft.measure == FeeInput.kindMeasure { return try kind(draft, subject, &check) }
        guard let measure = measures.measure(draft.measure) else {
            check.refuse("measure", say("Say what the figure is about: \(Self.choices(measures.keys))."))
            return nil
        }
        if case .country = subject, measure.isWholeNumbers {
            check.refuse("country", say("This is counted of a member, not of a country. Give the member."))
        }
        let value = check.number(draft.value, "value", 0...1_000_000_000_000, whole: measure.isWholeNumbers)
        return value.map(FeeInput.Content.figure)
    }

    private func kind(
        _ draft: FeeInputDraft,
        _ subject: CheckedFeeInput.Subject?,
        _ check: inout FormCheck
    ) throws -> FeeInput.Content? {
        switch subject {
        case nil: return nil
        case .country:
            check.refuse("country", say("A country is of no kind. Give the member."))
            return nil
        case .member(let id):
            let kinds = measures.kinds(of: try category(id) ?? "").map(\.key)
            if kinds.contains(draft.value) { return .kind(draft.value) }
            check.refuse(
                "value",
                kinds.isEmpty
                    ? say("Members of its category are of no kinds.")
                    : say("Give the kind of the member: \(Self.choices(kinds)).")
            )
            return nil
        }
    }

    private func asOf(_ draft: FeeInputDraft, _ check: inout FormCheck) -> AsOf? {
        guard let asOf = AsOf(draft.asOf) else {
            check.refuse("as_of", say("Give the day, month or year that it is of, as in 2022-12-31, 2022-12 or 2022."))
            return nil
        }
        if asOf.day > today {
            check.refuse("as_of", say("\(asOf.text) has not come yet. Enter this when it has."))
            return nil
        }
        return asOf
    }

    private static func choices(_ keys: [String]) -> Phrase { .list(keys.map { .verbatim($0) }, .or) }
}

extension FeeInputCheck {
    /// For one input.
    init(_ charter: Charter, _ countries: CountryWords, _ transaction: Transaction, now: Date) {
        self.init(
            measures: FeeMeasures(charter),
            countries: countries,
            today: FormCheck.today(now),
            member: { try MemberByName.find($0, transaction) },
            category: { id in
                try transaction.first("SELECT category FROM member WHERE id = ?", [.text(id)]) { try $0.text(0) }
            }
        )
    }

    /// For many.
    init(_ charter: Charter, _ countries: CountryWords, _ index: NameIndex, now: Date) {
        self.init(
            measures: FeeMeasures(charter),
            countries: countries,
            today: FormCheck.today(now),
            member: { try MemberByName.find($0, index) },
            category: { index.members[$0]?.category }
        )
    }
}
