import Foundation
import Joining
import Membership
import Web

/// What the form of an application sent, whichever of its buttons was pressed.
struct ApplicantForm: Sendable {
    enum Deed: Sendable, Equatable {
        case save, send, answer
        case remove(document: String)
        /// The applicant is the member with this key, or none of those that were shown.
        case same(as: String?)
    }

    /// In bytes: a file of the largest size, with others and the boxes beside it.
    static let largestBody = 32 << 20

    /// The boxes, each with the mark of what the page had; not those in which what another device wrote shall stand.
    let typed: [ApplicationField: TypedField]
    /// The category, where another one was chosen.
    let category: String?
    /// An answer to what the secretariat asked.
    let words: String
    /// The keys of the documents for which files came.
    let uploads: [String]
    let deed: Deed

    init(_ form: FormValues, _ files: [FormParts.File] = []) {
        var typed: [ApplicationField: TypedField] = [:]
        for field in ApplicationField.allCases where form.has(field.rawValue) {
            guard form[Name.choice(field)] != Name.there else { continue }
            let value = field.isLong ? form.exact(field.rawValue) : form[field.rawValue]
            typed[field] = TypedField(value, seen: PartMark(form[Name.seen(field)]))
        }
        self.typed = typed
        let chosen = form[Name.category]
        category = chosen.isEmpty || chosen == form[Name.seenCategory] ? nil : chosen
        words = form.exact(Name.words).replacing("\r\n", with: "\n")
        uploads = files.map(\.name).filter { $0.hasPrefix(Name.documentStart) }
            .map { String($0.dropFirst(Name.documentStart.count)) }
        deed = Self.deed(form)
    }

    /// The names of what the form sends beside the boxes.
    enum Name {
        static let category = "category"
        static let seenCategory = "seen-category"
        static let words = "words"
        static let documentStart = "document-"
        static let then = "then"
        static let remove = "remove"
        static let same = "same_as"
        /// Says that the applicant is none of the members that were shown. No member's key has a space.
        static let nobody = "no one"
        /// Takes what another device wrote.
        static let there = "there"
        /// Keeps what stands in the box.
        static let mine = "mine"

        static func document(_ key: String) -> String { documentStart + key }
        static func seen(_ field: ApplicationField) -> String { "seen-\(field.rawValue)" }
        static func choice(_ field: ApplicationField) -> String { "choice-\(field.rawValue)" }
    }

    private static func deed(_ form: FormValues) -> Deed {
        if let document = form.optional(Name.remove) { return .remove(document: document) }
        if let member = form.optional(Name.same) { return .same(as: member == Name.nobody ? nil : member) }
        return switch form[Name.then] {
        case "send": .send
        case "answer": .answer
        default: .save
        }
    }
}
