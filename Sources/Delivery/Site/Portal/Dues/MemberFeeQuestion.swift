import Access
import Charter
import Dues
import HTTPTypes
import Languages
import Web

/// What somebody asks about their member's fee: of which year, and what it would be with other facts.
struct MemberFeeQuestion: Sendable {
    /// The form's fields, by the keys of figures and `kind`.
    static let form = NamedForm("if")

    let year: Int
    let typed: [String: String]
    /// Nothing where nothing was typed, or not all of it can be read.
    let assumptions: FeeAssumptions
    let problems: FormProblems

    /// Throws 400 for a year that is none.
    init(_ room: Room) throws { try self.init(room.query(), charter: room.site.charter, today: room.today) }

    init(_ query: QueryParameters, charter: Charter, today: Day) throws {
        year = try query.int("year", in: FeeQuestion.years, default: today.year)
        var typed: [String: String] = [:]
        for name in FeeMeasures(charter).measures.map(\.key) + [FeeQuestion.Name.kind] {
            typed[name] = try query.string(Self.form.field(name), maximumCharacters: 80)
        }
        self.typed = typed
        do {
            assumptions = try FeeAssumptions(typed: typed, charter: charter)
            problems = .none
        } catch let input as InvalidInput {
            assumptions = .none
            problems = Self.form.problems(input)
        }
    }

    /// Whether anything was typed, also what cannot be read.
    var isAsked: Bool { !typed.isEmpty }

    var status: HTTPResponse.Status { problems.isEmpty ? .ok : .unprocessableContent }
}
