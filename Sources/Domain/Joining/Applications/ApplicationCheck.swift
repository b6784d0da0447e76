import Access
import Charter
import Database
import Foundation
import Languages
import Membership

extension Application {
    /// The member that it would become: checked and added by the same rule as one that is entered by hand.
    /// - Parameters:
    ///   - version: by whose charter facts are asked for.
    ///   - despite: the keys of members that the applicant is not.
    func addition(
        joined: Day,
        decision: String = "",
        grounds: String,
        despite: Set<String> = [],
        _ version: CharterVersion?,
        _ services: JoiningServices
    ) -> AddMember {
        var draft = MemberDraft()
        draft[.name] = values[.name]
        draft[.category] = category
        draft[.country] = values[.country]
        // Where the charter names the region of a country, nobody chooses another.
        if version?.region(forCountry: values[.country]) == nil { draft[.region] = values[.region] }
        let website = values[.website]
        draft[.website] = website.isEmpty || website.contains(":") ? website : "https://\(website)"
        if isAsked(.population, version) {
            draft[.population] = values[.population]
            draft[.populationYear] = values[.populationYear]
        }
        let isTranslation = values[.otherLanguage] != values[.language]
        return AddMember(
            draft,
            language: values[.language],
            furtherName: FurtherName(
                values[.otherName],
                language: values[.otherLanguage],
                kind: isTranslation ? .name : .alias
            ),
            joined: joined.description,
            decision: decision,
            grounds: grounds,
            despite: despite,
            rules: services.rules
        )
    }

    /// Whether the charter asks applicants of this category for a fact.
    func isAsked(_ fact: Charter.ApplicantFact, _ version: CharterVersion?) -> Bool {
        version?.membership.admission.asks(fact, of: category) != nil
    }
}

/// What keeps an application from being sent, by the charter of the day.
struct ApplicationCheck {
    let transaction: Transaction
    let services: JoiningServices
    let now: Date

    private var today: Day { FormCheck.today(now) }
    var version: CharterVersion? { services.charter.version(on: today) ?? services.charter.versions.first }

    /// All of it.
    func problems(
        _ application: Application,
        missing: [Charter.WantedDocument],
        known: [KnownApplicant]
    ) throws -> [InvalidInput.Field] {
        var check = FormCheck()
        if !missing.isEmpty {
            let names = Phrase.list(missing.map { .name($0.name) })
            check.refuse("documents", say("These documents are missing: \(names). Add them."))
        }
        let open = known.filter { !$0.isAnother && $0.memberID != application.memberID }
        if !open.isEmpty { check.refuse("member", Self.sentence(open)) }
        return try fieldProblems(application) + check.problems
    }

    private static func sentence(_ open: [KnownApplicant]) -> Phrase {
        let members = open.filter(\.isOnRoll)
        guard members.isEmpty else {
            let names = Phrase.list(members.map { .verbatim($0.name) })
            return say(
                "On the roll already: \(names). If this is the applicant, there is nothing to apply for; if it is "
                    + "another one, say so."
            )
        }
        let names = Phrase.list(open.map { .verbatim($0.name) })
        return say(
            "The records have what may be the applicant: \(names). Say whether it is the applicant or another one."
        )
    }

    /// What is wrong with the boxes and the category.
    func fieldProblems(_ application: Application) throws -> [InvalidInput.Field] {
        let added = try application.addition(joined: today, grounds: Self.grounds(application), version, services)
            .problems(transaction, now: now)
        var check = FormCheck()
        facts(application, &check)
        contact(application, &check)
        check.text(application.values[.reason], ApplicationField.reason.rawValue, most: 5000, isLong: true)
        // How members are added has boxes of its own, which an applicant does not see.
        let names = Set(ApplicationField.allCases.map(\.rawValue) + ["category"])
        let told = Set(check.problems.map(\.name))
        return added.filter { names.contains($0.name) && !told.contains($0.name) } + check.problems
    }

    /// Why the member that it becomes is recorded.
    static func grounds(_ application: Application) -> String { say("Application \(application.reference)").recorded }

    private func facts(_ application: Application, _ check: inout FormCheck) {
        let values = application.values
        for fact in Charter.ApplicantFact.allCases {
            guard let asked = version?.membership.admission.asks(fact, of: application.category) else { continue }
            let field = Self.field(fact)
            let fields = ApplicationField.allCases.filter { $0.fact == fact }
            guard fields.contains(where: { !values[$0].isEmpty }) else {
                if asked.isRequired {
                    check.refuse(
                        field.rawValue,
                        say("\(field.label): asked of every applicant of this category. Enter it.")
                    )
                }
                continue
            }
            switch fact {
            // Checked with the member that it becomes.
            case .population: break
            case .employees: _ = check.number(values[field], field.rawValue, Self.employees, whole: true)
            case .gdpPerCapita: _ = check.number(values[field], field.rawValue, 0...10_000_000, whole: false)
            case .headOfGovernment:
                for field in fields { check.name(values[field], field.rawValue) }
            }
        }
    }

    static let employees: ClosedRange<Double> = 0...100_000_000

    private static func field(_ fact: Charter.ApplicantFact) -> ApplicationField {
        switch fact {
        case .population: .population
        case .employees: .employees
        case .gdpPerCapita: .gdpPerCapita
        case .headOfGovernment: .head
        }
    }

    private func contact(_ application: Application, _ check: inout FormCheck) {
        let values = application.values
        check.name(values[.contactName], ApplicationField.contactName.rawValue)
        check.text(values[.contactPosition], ApplicationField.contactPosition.rawValue, most: 200)
        let phone = values[.contactPhone]
        if !phone.isEmpty, !Self.isPhone(phone) {
            check.refuse(
                ApplicationField.contactPhone.rawValue,
                say("Enter a telephone number with the country's code, as in +46 498 26 90 00.")
            )
        }
    }

    /// Digits with what people write between them.
    private static func isPhone(_ text: String) -> Bool {
        let digits = text.count { ("0"..."9").contains($0) }
        return (4...20).contains(digits)
            && text.allSatisfy { ("0"..."9").contains($0) || "+-()/. ".contains($0) }
    }

    /// Documents that the charter requires of the category and that are not there.
    func missing(_ application: Application, _ documents: [ApplicationDocument]) -> [Charter.WantedDocument] {
        let there = Set(documents.map(\.key))
        return wanted(application).filter { $0.isRequired && !there.contains($0.key) }
    }

    /// Documents that the charter asks for, required or not.
    func wanted(_ application: Application) -> [Charter.WantedDocument] {
        version?.membership.admission.documents(for: application.category) ?? []
    }
}
