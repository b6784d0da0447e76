public import Languages

/// What a person can be in the network. A role is held in one place, for a period.
public enum Role: String, Sendable, CaseIterable, Codable {
    case administrator, officer, finance, communication
    case auditor
    case committee
    case regionalOffice = "regional-office"
    case juror
    case representative, editor, delegate

    /// Where a role is held.
    public enum Seat: String, Sendable {
        /// In the association as a whole.
        case association
        /// In one of the charter's bodies or offices.
        case body
        /// In a member.
        case member
    }

    public var seat: Seat {
        switch self {
        case .administrator, .officer, .finance, .communication, .auditor: .association
        case .committee, .regionalOffice, .juror: .body
        case .representative, .editor, .delegate: .member
        }
    }

    public var name: Phrase {
        switch self {
        case .administrator: say("Administrator")
        case .officer: say("Officer")
        case .finance: say("Finance officer")
        case .communication: say("Communication officer")
        case .auditor: say("Auditor")
        case .committee: say("Executive Committee member")
        case .regionalOffice: say("Regional office")
        case .juror: say("Juror")
        case .representative: say("Member's representative")
        case .editor: say("Member's editor")
        case .delegate: say("Voting delegate")
        }
    }

    /// What the role is for, in a sentence.
    public var purpose: Phrase {
        switch self {
        case .administrator: say("Runs the secretariat's system: people, roles, settings and everything below.")
        case .officer: say("Keeps the members' records, decides on proposals, writes to members.")
        case .finance: say("Reads the members' records and keeps dues and payments.")
        case .communication: say("Keeps profiles and tags, writes to members.")
        case .auditor: say("Reads everything and changes nothing.")
        case .committee: say("Sits on the Executive Committee.")
        case .regionalOffice: say("Looks after the members of one region.")
        case .juror: say("Judges entries of the prize.")
        case .representative: say("Speaks for a member: its profile, its people, its proposals.")
        case .editor: say("Keeps a member's profile.")
        case .delegate: say("Votes for a member in the assembly.")
        }
    }

    /// Whether the role works for the secretariat, and so needs a second factor at sign-in.
    public var needsSecondFactor: Bool {
        switch self {
        case .administrator, .officer, .finance, .communication, .auditor: true
        default: false
        }
    }
}

/// Where an action is done or a role is held.
public enum Place: Sendable, Hashable {
    case association
    /// One of the charter's bodies, by its key.
    case body(String)
    /// A member, by its id.
    case member(String)
    /// A person, by their id.
    case person(String)

    public var kind: String {
        switch self {
        case .association: "association"
        case .body: "body"
        case .member: "member"
        case .person: "person"
        }
    }

    /// The key within its kind; empty for the association.
    public var id: String {
        switch self {
        case .association: ""
        case .body(let id), .member(let id), .person(let id): id
        }
    }

    public init?(kind: String, id: String) {
        switch kind {
        case "association": self = .association
        case "body": self = .body(id)
        case "member": self = .member(id)
        case "person": self = .person(id)
        default: return nil
        }
    }
}
