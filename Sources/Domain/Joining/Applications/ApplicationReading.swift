import Access
import Charter
import Database
import Files
import Foundation
import Languages
import Membership

/// Puts together everything about one application.
struct ApplicationReading {
    let transaction: Transaction
    let services: JoiningServices
    let now: Date

    func record(_ application: Application) throws -> ApplicationRecord {
        let check = ApplicationCheck(transaction: transaction, services: services, now: now)
        let documents = try Self.documents(application, transaction)
        let isOpen = !application.state.isOver
        let missing = isOpen ? check.missing(application, documents) : []
        let day = FormCheck.today(now)
        let known = try KnownApplicants(transaction: transaction, services: services, day: day).all(application)
        return ApplicationRecord(
            application: application,
            steps: try ApplicationStep.all(transaction, application: application.id),
            documents: documents,
            missing: missing,
            known: known,
            problems: isOpen ? try check.problems(application, missing: missing, known: known) : [],
            rule: check.version?.rule(ApplicationWriter.rule),
            circulars: try circulars(application)
        )
    }

    /// The same without what is the secretariat's: internal steps, the names of its people, the decisions of bodies.
    func recordForApplicant(_ application: Application) throws -> ApplicationRecord {
        let whole = try record(application)
        return ApplicationRecord(
            application: application,
            steps: whole.steps.filter { !$0.isInternal }.map(\.withoutColleagues),
            documents: whole.documents,
            missing: whole.missing,
            known: whole.known,
            problems: whole.problems,
            rule: whole.rule,
            circulars: []
        )
    }

    static func documents(_ application: Application, _ transaction: Transaction) throws -> [ApplicationDocument] {
        try FileUse.list(transaction, of: application.fileOwner).map { ApplicationDocument(use: $0) }
    }

    private func circulars(_ application: Application) throws -> [ApplicationRecord.Circular] {
        try transaction.query(
            """
            SELECT c.id, c.year, c.number FROM circular_item i JOIN circular c ON c.id = i.circular_id
            WHERE i.subject_kind = ? AND i.subject_id = ? AND c.matter = ? ORDER BY c.year DESC, c.number DESC
            """,
            [.text(Application.subjectKind), .text(application.id), .text(AdmissionMatter.kind)]
        ) { ApplicationRecord.Circular(id: try $0.text(0), reference: "\(try $0.integer(1))-\(try $0.integer(2))") }
    }
}

extension ApplicationStep {
    /// Whoever works in the secretariat is the secretariat to applicants.
    fileprivate var withoutColleagues: ApplicationStep {
        guard side == .secretariat else { return self }
        return ApplicationStep(
            number: number,
            at: at,
            kind: kind,
            side: side,
            authorName: "",
            words: words,
            missing: missing,
            isFor: isFor,
            day: day
        )
    }
}
