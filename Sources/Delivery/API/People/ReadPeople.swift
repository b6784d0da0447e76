import Access
import HTTPTypes
import Web

extension Operation {
    /// Everybody with the roles of today.
    static let listPeople: Operation = {
        let search = Parameter.text("q", "Words of their name or address, accents and case aside.", .line(1, 100))
        let role = Parameter.choice("role", "People who hold this role today.", Role.allCases.map(\.rawValue))
        let states = PeopleFilter.State.allCases.map(\.rawValue)
        let state = Parameter.choice("state", "People in this state.", states)
        let size = 50
        return pages(
            "/people",
            id: "listPeople",
            topic: .people,
            summary: "List people",
            detail: "Everybody whom the program knows, by name, with the roles that they hold today.",
            of: Shapes.person,
            named: "PersonPage",
            access: .token(.readPeople, .readPeople),
            parameters: [search, role, state],
            size: size
        ) { call, page in
            let filter = PeopleFilter(
                search: try call.value(search) ?? "",
                role: try call.value(role).flatMap(Role.init(rawValue:)),
                state: try call.value(state).flatMap(PeopleFilter.State.init(rawValue:))
            )
            let question = Reading(PeopleList(filter, page: page, size: size)) { found, transaction in
                Rows(
                    rows: try found.lines.map { line in
                        PersonEntry(
                            person: line.person,
                            roles: try line.roles.map { try HeldRole($0, transaction) }
                        )
                    },
                    total: found.total
                )
            }
            return try await call.ask(question)
        }
    }()

    static let getPerson: Operation = {
        let id = Parameter<String>.path("id", "The person's id.")
        return one(
            "/people/{id}",
            id: "getPerson",
            topic: .people,
            summary: "Read a person",
            detail: "One person with every role that they ever held, and how they were invited.",
            of: Shapes.personFile,
            access: .token(.readPeople, .readPeople),
            parameters: [id]
        ) { call in
            let wanted = try call.required(id)
            return Record("person \(wanted)", Shapes.personFile, PersonRecord(wanted)) { record, transaction in
                PersonFile(record: record, roles: try record.roles.map { try HeldRole($0, transaction) })
            }
        }
    }()

    /// Who acts for a member.
    static let listMemberPeople = list(
        "/members/{key}/people",
        id: "listMemberPeople",
        topic: .people,
        summary: "List a member's people",
        detail: "Who holds which role in a member, and who did: those in force and to come first.",
        of: Shapes.memberPerson,
        named: "MemberPeople",
        access: .token(.readPeople, .readMemberPeople),
        parameters: [MemberKey.parameter]
    ) { call in
        let member = try await call.memberID(call.required(MemberKey.parameter))
        let question = Reading(PeopleOfMember(member)) { lines, transaction in
            try lines.map { MemberPerson(line: $0, role: try HeldRole($0.role, transaction)) }
        }
        return try await call.ask(question)
    }
}
