import Charter
import Dues
import HTML
import Hummingbird
import Languages

/// The member's account as it stood at the end of a day.
func memberAccountPage(_ room: Room, _ account: AccountOfMember.Answer) throws -> Response {
    try room.portalPage(say("Statement of account"), .dues, isBelow: true) { h in
        h.p(
            .class("lede"),
            text: say(
                "At the end of \(account.day, .long): "
                    + "\(balanceWords(owed: account.owedOnInvoices, credit: account.credit))"
            )
        )
        accountForm(h, account.memberKey, account.day, room.today)
        guard !account.lines.isEmpty else {
            h.div(.class("empty")) {
                h.h2(say("Nothing is on your account"))
                h.p(say("Invoices and payments up to this day would stand here."))
            }
            return
        }
        h.section(.aria(.labelledby, "entries")) {
            h.h2(.id("entries"), text: say("Entries"))
            h.ownEntries(
                account.lines.map { (entry: $0.entry, balance: Optional($0.balance)) },
                caption: say("Entries up to \(account.day, .long)")
            )
            h.p(.class("note"), text: say("What raises what you owe is above zero, what lowers it below."))
        }
    }
}

extension HTMLWriter {
    /// Lines of the member's own account, the earliest first, each with what was owed then where that is known.
    func ownEntries(_ lines: [(entry: AccountEntry, balance: Money?)], caption words: Phrase) {
        let hasBalance = lines.contains { $0.balance != nil }
        table {
            caption(.class("hidden-text"), text: words)
            thead {
                tr {
                    th(.scope(.col), text: say("Item", context: "an entry of an account"))
                    th(.scope(.col), .class("num"), text: say("Amount"))
                    if hasBalance { th(.scope(.col), .class("num"), text: say("Owed then")) }
                }
            }
            tbody {
                for line in lines {
                    tr {
                        th(.scope(.row)) {
                            text(line.entry.words)
                            if line.entry.isInvented {
                                text(" ")
                                madeUpTag()
                            }
                            span(.class("also")) { when(DayRange(line.entry.day)) }
                        }
                        td(.class("num"), text: line.entry.amount.words)
                        if hasBalance { td(.class("num"), text: line.balance?.words ?? .empty) }
                    }
                }
            }
        }
    }
}
