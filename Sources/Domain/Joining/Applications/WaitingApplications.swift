import Access
import Database
import Languages

/// Applications that wait for the secretariat.
enum WaitingApplications {
    static let source = WaitingSource(
        kind: "application",
        title: say("Applications for membership"),
        reads: .readApplications
    ) { try list($0) }

    static func list(_ transaction: Transaction) throws -> [WaitingItem] {
        // A question about what was withdrawn has lost its object; somebody takes it back.
        let applications = try Application.list(
            transaction,
            """
            WHERE a.state IN ('submitted', 'recommended') OR (a.state = 'withdrawn' AND EXISTS
                (SELECT 1 FROM circular_item i JOIN circular c ON c.id = i.circular_id
                 WHERE i.subject_kind = '\(Application.subjectKind)' AND i.subject_id = a.id AND c.state = 'open'))
            ORDER BY a.id
            """
        )
        return try applications.map { application in
            WaitingItem(
                kind: "application",
                id: application.id,
                title: say("Application: \(application.title)"),
                detail: detail(application.state),
                needs: .handleApplications,
                since: try since(application, transaction),
                memberID: nil
            )
        }
    }

    private static func detail(_ state: ApplicationState) -> Phrase {
        switch state {
        case .recommended: say("Put it before the body that decides.")
        case .withdrawn: say("The applicant withdrew it, and the body still has it: withdraw the question.")
        default: say("Look at it: ask the applicant, or recommend.")
        }
    }

    /// When the last step was made that gave it to the secretariat.
    private static func since(_ application: Application, _ transaction: Transaction) throws -> String {
        let last = try transaction.first(
            """
            SELECT MAX(at) FROM application_step
            WHERE application_id = ?
                AND kind IN ('submitted', 'answered', 'recommended', 'taken-back', 'returned', 'withdrawn')
            """,
            [.text(application.id)]
        ) { $0.optionalText(0) }
        return (last ?? nil) ?? application.changedAt
    }
}
