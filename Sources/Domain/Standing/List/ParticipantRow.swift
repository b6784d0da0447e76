import Database
public import Languages
public import Membership

/// One row of a list of participants as the file has it: what its known columns say, and nothing of the others.
struct ParticipantCells: Sendable, Equatable, Codable {
    /// As a spreadsheet program counts it, from 1.
    let line: Int
    var key: String?
    var name: String?
    var country: String?
    var capacity: String?
    var mode: String?
    var position: String?
    /// A cell that cannot be read, with its heading.
    var unreadable: String?
}

/// What bringing in one row would do.
public struct ParticipantRow: Sendable, Equatable {
    public enum Outcome: String, Sendable, CaseIterable {
        case add, correct, same
        /// Somebody chose to leave it out.
        case leftOut = "left-out"
        /// It can mean several members; a person chooses.
        case unclear
        /// It names nobody that is known.
        case unknown
        case refused

        /// Whether the list cannot be applied before somebody settles the row.
        public var isInTheWay: Bool { self == .unclear || self == .unknown || self == .refused }
    }

    public let line: Int
    /// The name or key as it stands in the file.
    public let told: String
    public internal(set) var outcome: Outcome
    /// The member that it means.
    public internal(set) var member: RowPlan.Candidate?
    public internal(set) var candidates: [RowPlan.Candidate] = []
    public internal(set) var problem: Phrase?
    var before: ParticipationStep.Content?
    var after: ParticipationStep.Content?

    public var beforeWords: String? { before?.words }
    public var afterWords: String? { after?.words }
    public var capacity: String? { after?.capacity }

    /// What makes it another plan than the one that was looked at.
    var mark: String { "\(line) \(outcome.rawValue) \(member?.id ?? "") \(beforeWords ?? "") > \(afterWords ?? "")" }
}

/// Which column of a file holds what, by its headings.
struct ParticipantColumns: Sendable, Equatable {
    enum Field: String, Sendable, CaseIterable, Codable { case key, name, country, capacity, mode, position }

    private(set) var places: [Field: Int] = [:]

    /// - Parameter nameColumn: the heading of the column that names the members, where the headings do not tell.
    init(header: [String], nameColumn: String? = nil) throws(ParticipationRefusal) {
        for (place, heading) in header.enumerated() {
            guard let field = Self.field(heading), places[field] == nil else { continue }
            places[field] = place
        }
        if let nameColumn, !nameColumn.isEmpty {
            let wanted = NameIndex.fold(nameColumn)
            guard let place = header.firstIndex(where: { NameIndex.fold($0) == wanted }) else {
                throw .unreadable(
                    say(
                        "The file has no column “\(nameColumn)”. It has: \(Self.told(header))."
                    )
                )
            }
            places = places.filter { $0.value != place }
            places[.name] = place
        }
        guard places[.name] != nil || places[.key] != nil else {
            throw .unreadable(
                say(
                    "No column names the members. Head one of them “Member” or “City”, or say which it is. "
                        + "The file has: \(Self.told(header))."
                )
            )
        }
    }

    private static func told(_ header: [String]) -> Phrase {
        Phrase.list(header.prefix(20).filter { !$0.isEmpty }.map { .verbatim($0) })
    }

    private static func field(_ heading: String) -> Field? {
        let folded = NameIndex.fold(heading)
        for (field, words) in headings where words.contains(where: { NameIndex.fold($0) == folded }) { return field }
        switch UploadField.suggestion(for: heading) {
        case .key: return .key
        case .name: return .name
        case .country: return .country
        default: return nil
        }
    }

    // With what our own forms call them in every language; a test compares.
    private static let headings: [(Field, [String])] = [
        (
            .capacity,
            [
                "capacity", "in which capacity", "role", "attended as", "took part as", "participation", "자격", "역할",
                "참가자격", "참여 구분", "calidad", "en qué calidad", "rol", "papel", "身份", "角色", "参加身份",
            ]
        ),
        (
            .mode,
            [
                "mode", "attendance", "format", "how", "way", "참가방식", "참석방식", "참여 방식", "방식", "modalidad",
                "forma", "cómo", "方式", "参会方式", "参加方式",
            ]
        ),
        (
            .position,
            [
                "position", "position of who came", "title", "job title", "office", "직위", "참석자의 직위", "직책", "직함",
                "cargo", "cargo de quien asistió", "puesto", "职务", "职位", "参加者的职位", "職務",
            ]
        ),
    ]

    /// What the known columns of a row say.
    func cells(_ line: UploadFile.Line) -> ParticipantCells {
        var found = ParticipantCells(line: line.number)
        func cell(_ field: Field) -> String? {
            guard let place = places[field], line.cells.indices.contains(place) else { return nil }
            let text = FormulaGuard.unguarded(UploadFile.trimmed(line.cells[place]))
            if text.isEmpty { return nil }
            if CellReader.hidden(text) != nil || text.count > 200 || text.hasPrefix("=") {
                found.unreadable = field.rawValue
                return nil
            }
            return text
        }
        let values = Field.allCases.map { ($0, cell($0)) }
        for (field, value) in values {
            switch field {
            case .key: found.key = value?.lowercased()
            case .name: found.name = value
            case .country: found.country = value
            case .capacity: found.capacity = value
            case .mode: found.mode = value
            case .position: found.position = value
            }
        }
        return found
    }
}

/// The words of lists for capacities and ways of taking part.
enum ParticipantWords {
    static func capacity(_ word: String) -> String? {
        read(
            word,
            [
                "delegate": ["delegates", "member delegate", "대표", "대표단", "delegado", "delegada", "代表"],
                "voter": ["voting", "voting delegate", "투표자", "votante", "投票人"],
                "observer": ["observers", "참관인", "observador", "observadora", "观察员"],
                "participant": ["attendee", "trainee", "참가자", "참석자", "participante", "asistente", "参加者", "参会者"],
                "speaker": ["panellist", "panelist", "moderator", "연사", "발표자", "ponente", "发言人", "演讲者"],
            ]
        )
    }

    static func mode(_ word: String) -> String? {
        read(
            word,
            [
                "on-site": [
                    "on site", "onsite", "in person", "offline", "present", "현장", "대면", "오프라인", "presencial", "现场",
                ],
                "online": [
                    "virtual", "remote", "remotely", "zoom", "온라인", "비대면", "en línea", "virtualmente", "线上", "在线",
                ],
                "ballot": ["online vote", "by ballot", "투표", "votación", "投票"],
            ]
        )
    }

    private static func read(_ word: String, _ known: [String: [String]]) -> String? {
        let folded = NameIndex.fold(word)
        for (key, words) in known where ([key] + words).contains(where: { NameIndex.fold($0) == folded }) { return key }
        return nil
    }
}
