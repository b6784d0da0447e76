import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import NIOCore
import Web

/// What the comparison asks for, as its address says it.
struct FeeComparisonAddress: Sendable, Equatable {
    static let pageSize = 200
    var from: Int
    var to: Int
    /// The day of the roll; the day on which the later year's fees are decided for nil.
    var day: Day?
    /// Nil for all.
    var change: ComparedFee.Change?
    var page: Int

    init(_ query: QueryParameters, today: Day) throws(RequestProblem) {
        to = try query.int("to", in: 1900...2199, default: today.year)
        from = try query.int("from", in: 1900...2199, default: max(to - 1, 1900))
        day = try query.day("on").flatMap { Day($0) }
        change = try query.choice("change", of: ComparedFee.Change.self)
        page = try query.int("page", in: 1...100_000, default: 1)
    }

    func with(_ edit: (inout FeeComparisonAddress) -> Void) -> String {
        var changed = self
        edit(&changed)
        return "\(ConsoleDues.comparison)?\(changed.query)"
    }

    var fileAddress: String {
        let on = day.map { "&on=\($0)" } ?? ""
        return "\(ConsoleDues.comparison)/members.csv?from=\(from)&to=\(to)\(on)"
    }

    private var query: String {
        let parts: [String?] = [
            "from=\(from)", "to=\(to)", day.map { "on=\($0)" }, change.map { "change=\($0.rawValue)" },
            page == 1 ? nil : "page=\(page)",
        ]
        return parts.compactMap(\.self).joined(separator: "&")
    }
}

extension Site {
    /// What the rules of two years ask of the same members by the same facts.
    static func addFeeComparison(to rooms: RoomRoutes) {
        rooms.get(ConsoleDues.comparison, .may(.readDues)) { room in
            let address = try FeeComparisonAddress(room.query(), today: room.today)
            do {
                let found = try await room.ask(address.question(room.site.charter))
                return room.duesPage(.comparison) { h in compared(h, room, address, found) }
            } catch let refusal as FeeRefusal {
                return room.duesPage(.comparison, status: refusal.kind.status) { h in
                    h.refused(refusal)
                    choose(h, room, address)
                }
            }
        }
        rooms.get("\(ConsoleDues.comparison)/members.csv", .may(.readDues)) { room in
            let address = try FeeComparisonAddress(room.query(), today: room.today)
            let found = try await room.ask(address.question(room.site.charter))
            let name = "fees-\(address.from)-\(address.to).csv"
            return room.download(ComparisonFile.csv(found), type: .csv, fileName: name)
        }
    }
}

extension FeeComparisonAddress {
    fileprivate func question(_ charter: Charter) -> FeeComparison {
        FeeComparison(from: from, to: to, on: day, charter: charter)
    }
}

private func choose(_ h: HTMLWriter, _ room: Room, _ address: FeeComparisonAddress) {
    h.form(.class("filters"), .action(ConsoleDues.comparison), .method(.get)) {
        h.div(.class("filter-grid four")) {
            years(h, room, "from", say("Year of the first rules"), address.from)
            years(h, room, "to", say("Year of the second rules"), address.to)
            h.filterBox("comparison-on", say("Day of the roll")) { id in
                h.input(.type(.date), .id(id), .name("on"), .value(address.day?.description ?? ""))
            }
            h.button(.class("button"), .type(.submit), text: say("Compare"))
        }
    }
}

private func years(_ h: HTMLWriter, _ room: Room, _ name: String, _ label: Phrase, _ chosen: Int) {
    h.filterBox("comparison-\(name)", label) { id in
        h.select(.id(id), .name(name)) {
            for year in Set(room.duesYears).union([chosen]).sorted(by: >) {
                h.option(.value(String(year)), .selected(year == chosen), text: String(year))
            }
        }
    }
}

private func compared(_ h: HTMLWriter, _ room: Room, _ address: FeeComparisonAddress, _ found: ComparedFees) {
    h.p(
        .class("lede"),
        text: say(
            "The same members and the same figures, by the rules of two years. Nothing is guessed, nothing changes."
        )
    )
    choose(h, room, address)
    h.p(
        .class("quiet"),
        text: say(
            "The roll of \(found.day); rules in force since \(found.from.version.effective) and "
                + "\(found.to.version.effective)."
        )
    )
    summaryTable(h, room, address, found)
    reasons(h, found)
    members(h, room, address, found)
}

/// All together and by category: what they pay by either rules, and how many pay more or less.
private func summaryTable(_ h: HTMLWriter, _ room: Room, _ address: FeeComparisonAddress, _ found: ComparedFees) {
    h.section(.aria(.labelledby, "together")) {
        h.h2(.id("together"), text: say("Together"))
        h.table(.class("dense")) {
            h.caption(
                .class("hidden-text"),
                text: say("What members pay by the rules of \(plain: address.from) and of \(plain: address.to)")
            )
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("Category"))
                    h.th(.scope(.col), .class("num"), text: String(address.from))
                    h.th(.scope(.col), .class("num"), text: String(address.to))
                }
            }
            h.tbody {
                summaryRow(h, say("All", context: "members"), found.summary)
                for part in found.byCategory {
                    let name = Phrase.verbatim(room.site.words.categories(part.category))
                    summaryRow(h, name, part.summary)
                }
            }
        }
        h.p(.class("note"), text: say("Sums are of those whose two fees can be told."))
    }
}

private func summaryRow(_ h: HTMLWriter, _ name: Phrase, _ summary: ComparedFees.Summary) {
    h.tr {
        h.th(.scope(.row)) {
            h.text(name)
            let counts = ComparedFee.Change.allCases.compactMap { change -> Phrase? in
                summary.counts[change].map { say("\(change.words): \($0)", context: "how many members") }
            }
            h.span(.class("also"), text: Phrase.joined(counts, by: " · "))
        }
        h.td(.class("num"), text: totals(summary.before))
        h.td(.class("num"), text: totals(summary.after))
    }
}

private func totals(_ all: [FeeTotal]) -> Phrase {
    all.isEmpty ? .verbatim("–") : .list(all.map(\.words))
}

private func reasons(_ h: HTMLWriter, _ found: ComparedFees) {
    let reasons = found.reasons
    guard !reasons.isEmpty else { return }
    h.section(.aria(.labelledby, "untold")) {
        h.h2(.id("untold"), text: say("Why fees cannot be told"))
        h.ul(.class("rows plain-rows")) {
            for reason in reasons {
                h.li(.data("row")) {
                    h.div { h.ruled(reason.words) }
                    h.div(.class("age"), text: counted(members: reason.members))
                }
            }
        }
    }
}

private func members(_ h: HTMLWriter, _ room: Room, _ address: FeeComparisonAddress, _ found: ComparedFees) {
    let rows = found.rows.filter { row in address.change.map { $0 == row.change } ?? true }
    let counts = found.summary.counts
    h.section(.aria(.labelledby, "members")) {
        h.sectionHead(
            say("Member by member"),
            id: "members",
            more: (address.fileAddress, say("All of them as CSV"))
        )
        h.nav(.class("tabs"), .aria(.label, say("By change"))) {
            for change in [nil] + ComparedFee.Change.allCases.map(Optional.some) {
                let count = change.map { counts[$0] ?? 0 } ?? found.rows.count
                let name = change?.words ?? say("all", context: "members")
                if count > 0 || change == address.change {
                    h.a(
                        .href(address.with { ($0.change, $0.page) = (change, 1) }),
                        .when(change == address.change, .aria(.current, "page")),
                        text: Phrase.joined([name, .number(count)], by: " ")
                    )
                }
            }
        }
        guard !rows.isEmpty else {
            return h.p(.class("quiet"), text: say("There is none."))
        }
        let size = FeeComparisonAddress.pageSize
        h.table(.class("dense")) {
            h.caption(.class("hidden-text"), text: say("Fees of each member by the rules of two years"))
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("Member"))
                    h.th(.scope(.col), .class("num"), text: String(address.from))
                    h.th(.scope(.col), .class("num"), text: String(address.to))
                    h.th(.scope(.col), .class("num narrow-hide"), text: say("Difference"))
                }
            }
            h.tbody {
                for row in rows.dropFirst((address.page - 1) * size).prefix(size) { memberRow(h, row) }
            }
        }
        h.pages(PageSpan(page: address.page, size: size, total: rows.count, isOpen: false)) { page in
            address.with { $0.page = page }
        }
    }
}

private func memberRow(_ h: HTMLWriter, _ row: ComparedFee) {
    h.tr(.data("row")) {
        h.th(.scope(.row)) {
            h.a(.href(memberAddress(row.member.key, "dues")), text: row.member.name)
            let rests = [row.before, row.after].compactMap(\.answer).contains {
                $0.figure.isInvented || $0.kind?.isInvented == true
            }
            if row.member.isSample || rests {
                h.text(" ")
                h.madeUpTag()
            }
            h.span(.class("also"), text: row.change.words)
        }
        feeCell(h, row.before)
        feeCell(h, row.after)
        h.td(.class("num narrow-hide"), text: difference(row))
    }
}

private func feeCell(_ h: HTMLWriter, _ outcome: FeeOutcome) {
    h.td(.class("num")) {
        if let answer = outcome.answer {
            h.text(FeeTotal(currency: answer.currency, amount: answer.fee).words)
        } else {
            h.span(.class("off"), text: "?")
            h.span(.class("also")) { h.ruled(outcome.words) }
        }
    }
}

private func difference(_ row: ComparedFee) -> Phrase {
    guard let difference = row.difference, let currency = row.after.answer?.currency else { return .verbatim("–") }
    return FeeTotal(currency: currency, amount: difference).words
}

/// The comparison for a spreadsheet, UTF-8, one line a member.
private enum ComparisonFile {
    static func csv(_ found: ComparedFees) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: 64 * 1024)
        let headings = [
            "member", "name", "category", "currency_before", "fee_before", "currency_after", "fee_after", "difference",
            "change", "why_before", "why_after",
        ]
        buffer.writeString(headings.joined(separator: ","))
        buffer.writeStaticString("\r\n")
        for row in found.rows {
            for text in [row.member.key, row.member.name, row.member.category] { cell(text, &buffer) }
            for outcome in [row.before, row.after] {
                cell(outcome.answer?.currency ?? "", &buffer)
                number(outcome.answer?.fee, &buffer)
            }
            number(row.difference, &buffer)
            for text in [row.change.rawValue, row.before.words.english] { cell(text, &buffer) }
            MembersCSV.writeCell(row.after.words.english, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
        return buffer
    }

    private static func cell(_ text: String, _ buffer: inout ByteBuffer) {
        MembersCSV.writeCell(text, to: &buffer)
        buffer.writeStaticString(",")
    }

    private static func number(_ number: Int?, _ buffer: inout ByteBuffer) {
        buffer.writeString(number.map { String($0) } ?? "")
        buffer.writeStaticString(",")
    }
}
