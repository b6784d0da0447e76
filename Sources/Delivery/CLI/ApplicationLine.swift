import Access
import Charter
import Files
import Joining
import Languages

/// An application in a list, as JSON.
struct ApplicationLine: Encodable {
    let id: String
    let reference: String
    let state: String
    let category: String
    let title: String
    let country: String
    let startedAt: String
    let changedAt: String
    let submittedAt: String?

    init(_ application: Application) {
        (id, reference) = (application.id, application.reference)
        (state, category) = (application.state.rawValue, application.category)
        (title, country) = (application.title, application.values[.country])
        (startedAt, changedAt) = (application.startedAt, application.changedAt)
        submittedAt = application.submittedAt
    }
}

/// One application with all of it, as JSON.
struct ApplicationDetail: Encodable {
    struct Document: Encodable {
        let id: String
        let key: String
        let name: String
        let bytes: Int
    }

    struct Problem: Encodable {
        let field: String
        let message: String
    }

    struct Known: Encodable {
        let member: String
        let name: String
        let country: String?
        let status: String
        let since: String
        let because: String
        /// Whether somebody looked at it: the applicant is another one.
        let isAnother: Bool
    }

    struct Step: Encodable {
        let number: Int
        let at: String
        let kind: String
        let side: String
        let by: String
        let words: String
        let missing: [String]
        let isFor: Bool?
    }

    let application: ApplicationLine
    let email: String
    let language: String
    let says: [String: String]
    let documents: [Document]
    /// The keys of documents that must still come.
    let missing: [String]
    let problems: [Problem]
    let known: [Known]
    let steps: [Step]
    let decisions: [String]

    init(_ record: ApplicationRecord) {
        let values = record.application.values
        application = ApplicationLine(record.application)
        (email, language) = (record.application.email, record.application.language)
        says = Dictionary(
            uniqueKeysWithValues: ApplicationField.allCases.compactMap { field in
                values[field].isEmpty ? nil : (field.rawValue, values[field])
            }
        )
        documents = record.documents.map {
            Document(id: $0.use.id, key: $0.key, name: $0.use.name, bytes: $0.use.size)
        }
        missing = record.missing.map(\.key)
        problems = record.problems.map { Problem(field: $0.name, message: $0.message.english) }
        known = record.known.map {
            Known(
                member: $0.key,
                name: $0.name,
                country: $0.country,
                status: $0.standing,
                since: $0.since,
                because: $0.because.english,
                isAnother: $0.isAnother
            )
        }
        steps = record.steps.map {
            Step(
                number: $0.number,
                at: $0.at,
                kind: $0.kind.rawValue,
                side: $0.side.rawValue,
                by: $0.authorName,
                words: $0.said.english,
                missing: $0.missing,
                isFor: $0.isFor
            )
        }
        decisions = record.circulars.map(\.reference)
    }
}
