import Access
import Charter
import Dues
import Files
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

/// A bank's file that was sent and is looked at before it is taken. It lies in the store under the hash of its content,
/// as the address says, for a day: nothing refers to it, so it is collected then.
struct SentStatement: Sendable {
    /// Of 32 MB, which is the most that anybody can send, a form around it needs a little.
    static let largestBytes = 30 << 20

    let hash: String
    let name: String
    /// The name of the mapping by which a table is read; empty for camt.053.
    let mapping: String
    let isInvented: Bool

    init(hash: String, name: String, mapping: String, isInvented: Bool) {
        self.hash = hash
        self.name = name
        self.mapping = mapping
        self.isInvented = isInvented
    }

    /// The one that the address names.
    init(_ room: Room) throws {
        let query = try room.query()
        hash = try room.parameter("file")
        name = try query.string("name", maximumCharacters: 255) ?? ""
        mapping = try query.string("mapping") ?? ""
        isInvented = try query.string("invented") == "1"
    }

    /// The address of its dry run.
    var address: String { "\(ConsoleDues.newStatement)/\(hash)?\(query)" }
    /// The form in which somebody tells what its columns hold.
    var mappingAddress: String { "\(ConsoleDues.mappings)/new?file=\(hash)&\(query)" }

    private var query: String {
        let fields = [("name", name), ("mapping", mapping), ("invented", isInvented ? "1" : "")]
        return fields.filter { !$0.1.isEmpty }.map { "\($0.0)=\(queryEscaped($0.1))" }.joined(separator: "&")
    }

    /// Its bytes; nil where it is not kept any more.
    func bytes(_ room: Room) async throws -> [UInt8]? {
        do { return try await room.site.rooms.files.bytes(hash) } catch FileError.missing { return nil }
    }

    /// Read as the mapping tells. Throws `StatementRefusal`.
    func read(_ room: Room, _ bytes: [UInt8]) async throws -> StatementFile {
        var told: StatementMapping?
        if !mapping.isEmpty { told = try await room.ask(StatementMappingByName(mapping)) }
        let (name, known) = (name, told)
        // Reading takes a processor for a while; it has a thread of its own.
        return try await Task.detached { try StatementFile(name: name, bytes: bytes, mapping: known) }.value
    }
}

extension Site {
    /// A bank's statement: sent, looked at, taken, undone.
    static func addStatements(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.newStatement, .may(.recordPayments)) { try await uploadPage($0, .none) }
        rooms.post(
            ConsoleDues.newStatement,
            .may(.recordPayments),
            largestBody: SentStatement.largestBytes + (64 << 10)
        ) { try await keepStatement($0) }
        rooms.get("\(ConsoleDues.newStatement)/:file", .may(.recordPayments)) { room in
            let sent = try SentStatement(room)
            guard let bytes = try await sent.bytes(room) else { return gone(room) }
            do {
                let file = try await sent.read(room, bytes)
                return try await statementPreviewPage(room, sent, file)
            } catch StatementRefusal.needsMapping {
                return room.redirect(to: sent.mappingAddress)
            } catch let refusal as StatementRefusal {
                return try await uploadPage(room, FormSetback(refusal: refusal), sent)
            }
        }
        rooms.post("\(ConsoleDues.newStatement)/:file", .may(.recordPayments)) { try await takeStatement($0) }
        addTakenStatements(to: rooms)
    }

    private static func gone(_ room: Room) -> Response {
        room.redirect(
            to: ConsoleDues.newStatement,
            notice: say("The file is not kept any more. Nothing of it was written; choose it again.")
        )
    }

    private static func keepStatement(_ room: Room) async throws -> Response {
        guard let file = room.files.first(where: { $0.name == "file" }), !file.bytes.isEmpty else {
            let none = say("No file was chosen, or it is empty. Choose the file that the bank exported.")
            return try await uploadPage(room, FormSetback(problems: FormProblems(fields: [.init("file", none)])))
        }
        // What it is, the reader finds out; here it is only kept.
        let stored = try await room.site.rooms.files.put(file.bytes, as: .text, now: room.now)
        let sent = SentStatement(
            hash: stored.hash,
            name: String(file.fileName.prefix(200)),
            mapping: room.form["mapping"],
            isInvented: room.form.has("invented")
        )
        return room.redirect(to: sent.address)
    }

    private static func takeStatement(_ room: Room) async throws -> Response {
        let form = room.form
        let sent = SentStatement(
            hash: try room.parameter("file"),
            name: form["name"],
            mapping: form["mapping"],
            isInvented: form.has("invented")
        )
        guard let bytes = try await sent.bytes(room) else { return gone(room) }
        return try await room.trying {
            let file = try await sent.read(room, bytes)
            let command = ImportBankStatement(
                file,
                isInvented: sent.isInvented,
                booksMatches: form.has("book"),
                charter: room.site.charter
            )
            let outcome = try await room.run(command)
            let ids = outcome.statements.compactMap(\.id)
            let match = outcome.match
            let notice =
                ids.isEmpty
                ? say("Nothing was new: every line is on record already.")
                : say("Taken. Booked by themselves: \(match.booked); waiting: \(match.open).")
            let place = ids.count == 1 ? ConsoleDues.statement(ids[0]) : ConsoleDues.statements
            return room.redirect(to: place, notice: notice)
        } again: {
            try await uploadPage(room, $0, sent)
        }
    }
}

/// - Parameter sent: the file that could not be read.
private func uploadPage(_ room: Room, _ trouble: FormSetback, _ sent: SentStatement? = nil) async throws -> Response {
    let mappings = try await room.ask(StatementMappings())
    let chosen = sent?.mapping ?? room.form["mapping"]
    return room.page(DuesTab.statements.page(say("Bring in a bank's statement")), status: trouble.status) { h in
        h.p(
            .class("lede"),
            text: say(
                "You see what each line would do before anything is written. A line that came before is left out."
            )
        )
        h.trouble(trouble)
        if trouble.refusal != nil, let sent {
            h.p {
                h.sentence(
                    say("The file was “\(sent.name)”. If its columns were taken wrongly, \(part: 0)."),
                    { h.a(.href(sent.mappingAddress), text: say("correct the mapping")) }
                )
            }
        }
        room.uploadForm(h, ConsoleDues.newStatement) {
            h.field(
                "file",
                label: say("File"),
                help: say("camt.053 (XML), or a table as CSV; up to 30 MB."),
                problems: trouble.problems
            ) { tied in
                h.input(
                    tied + [.type(.file), .accept(".xml,.csv,.txt,text/csv,text/xml,application/xml"), .required()]
                )
            }
            h.choice(
                "mapping",
                label: say("What the columns of a table hold"),
                value: chosen,
                options: [(value: "", text: say("It is camt.053, or I name the columns next"))]
                    + mappings.map { (value: $0.name, text: Phrase.verbatim($0.name)) },
                problems: trouble.problems
            )
            h.div(.class("field")) {
                h.checkBox(
                    "invented",
                    label: say("It is made up, as an example: so are the payments that come of it"),
                    isChecked: sent?.isInvented ?? room.form.has("invented")
                )
            }
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Look at it"))
                h.a(.class("button"), .href(ConsoleDues.statements), text: say("Cancel"))
            }
        }
        h.p { h.a(.href(ConsoleDues.mappings), text: say("Mappings that are kept")) }
    }
}
