import Charter
import HTTPTypes
import Hummingbird
import Languages
import Membership
import NIOCore
import Web

extension Site {
    static func addMembers(to routes: Routes, _ context: SiteContext) {
        routes.get("/members") { request, web in
            let context = context.speaking(web.language)
            let address = try MembersAddress(QueryParameters(request), context.words, context.countries)
            return try await context.answer(to: request) {
                try await membersPage(MembersPage.load(address, context), context)
            }
        }
        routes.get("/members.csv") { request, web in
            let context = context.speaking(web.language)
            let address = try MembersAddress(QueryParameters(request), context.words, context.countries)
            return try await membersCSV(address, request, context)
        }
        routes.get("/members/:key") { request, web -> Response in
            let context = context.speaking(web.language)
            let key = try web.parameters.require("key")
            if let lower = smallKey(key) { return .redirect(to: "/members/\(lower)", type: .permanent) }
            do {
                return try await context.answer(to: request) {
                    try await memberPage(MemberPage.load(key, context), context)
                }
            } catch let missing as NoSuchMember {
                // The record is one with another by now; its address stays good.
                if let kept = try await context.directory.keptKey(of: missing.key) {
                    return Response(status: .permanentRedirect, headers: [.location: "/members/\(kept)"])
                }
                return missingMember(missing.key, request, web, context)
            }
        }
    }

    /// The key in small letters, where it has others: a key is written in one way only.
    private static func smallKey(_ key: String) -> String? {
        let isPlain = key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        let lower = key.lowercased()
        return isPlain && lower != key ? lower : nil
    }

    private static func missingMember(
        _ key: String,
        _ request: Request,
        _ web: WebContext,
        _ context: SiteContext
    ) -> Response {
        let searched = String(key.replacing("-", with: " ").prefix(100))
        let problem = RequestProblem(
            .notFound,
            title: say("There is no member at this address"),
            detail: say("The address leads nowhere. The member may be listed under another name: search for it.")
        )
        let page = Page(problemPageBytes(problem, requestID: web.requestID, search: searched, context))
        return page.response(to: request, status: .notFound)
    }

    /// The whole list, in parts: a long one is sent while it is read, so that it never stands in memory whole.
    private static func membersCSV(
        _ address: MembersAddress,
        _ request: Request,
        _ context: SiteContext
    ) async throws -> Response {
        let filter = address.filter(today: context.today())
        let directory = context.directory
        let first = try await directory.list(filter, page: 1, size: csvPartRows)
        var head = ByteBufferAllocator().buffer(capacity: 64 * 1024)
        MembersCSV.writeHeading(to: &head)
        MembersCSV.write(first.rows, to: &head)
        var response: Response
        if first.rows.count < csvPartRows {
            response = Page(head, contentType: .csv).response(to: request)
        } else {
            response = Response(
                status: .ok,
                headers: [.contentType: ContentType.csv.value, .cacheControl: "no-cache"],
                body: ResponseBody { [head] writer in
                    try await writer.write(head)
                    try await writeParts(from: 2, filter, directory, to: &writer)
                    try await writer.finish(nil)
                }
            )
        }
        let name = "members-\(filter.day).csv"
        response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        return response
    }

    private static let csvPartRows = 5_000

    private static func writeParts(
        from start: Int,
        _ filter: RollFilter,
        _ directory: Directory,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        var part = start
        while true {
            let rows = try await directory.list(filter, page: part, size: csvPartRows).rows
            var buffer = ByteBufferAllocator().buffer(capacity: 512 * 1024)
            MembersCSV.write(rows, to: &buffer)
            try await writer.write(buffer)
            if rows.count < csvPartRows { return }
            part += 1
        }
    }
}

extension MembersPage {
    static func load(_ address: MembersAddress, _ context: SiteContext) async throws -> MembersPage {
        let today = context.today()
        let filter = address.filter(today: today)
        let cube = try await context.directory.cube(filter.day)
        let found = try await context.directory.list(filter, page: address.page, size: MembersAddress.pageSize)
        let countries = context.countries
        let choices = cube.countries(standing: .any).sorted { countries.rank($0.country) < countries.rank($1.country) }
        let words = context.words(on: filter.day)
        return MembersPage(
            address: address,
            today: today,
            found: found,
            counts: RollCounts(cube, words),
            words: words,
            countries: countries,
            countryChoices: choices.map { (code: $0.country, name: countries.name($0.country)) },
            cells: context.cells
        )
    }
}
