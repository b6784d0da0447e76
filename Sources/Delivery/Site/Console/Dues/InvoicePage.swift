import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

/// An invoice as the secretariat works on it.
struct ConsoleInvoice: Sendable {
    let record: InvoiceRecord
    /// What the member has to its credit, by currency.
    let credit: [Money]

    var invoice: Invoice { record.invoice }

    static func load(_ room: Room) async throws -> ConsoleInvoice {
        let charter = room.site.charter
        let record = try await room.ask(InvoiceByID(room.parameter("id"), charter: charter))
        let account = try await room.ask(AccountOfMember(record.invoice.memberKey, charter: charter))
        return ConsoleInvoice(record: record, credit: account.credit)
    }

    /// The payments that settled something of it and were not undone.
    var payments: [String] {
        let undone = Set(record.entries.compactMap(\.reverses))
        var seen: Set<String> = []
        return record.entries.filter { $0.kind == .payment && !undone.contains($0.id) }.compactMap(\.paymentID)
            .filter { seen.insert($0).inserted }
    }
}

/// What it asks for and why, what became of it, how it is paid, and what can be done with it.
func invoicePage(_ room: Room, _ trouble: FormSetback) async throws -> Response {
    let found = try await ConsoleInvoice.load(room)
    let invoice = found.invoice
    let title = say("Invoice \(invoice.number)")
    return room.page(DuesTab.invoices.page(title), status: trouble.status) { h in
        h.p(.class("lede"), text: standing(found))
        if invoice.isInvented {
            h.div(.class("notice caution"), .role(.note)) {
                h.p(say("It rests on something made up: nothing is owed by it."))
            }
        }
        h.trouble(trouble)
        actions(h, room, found)
        h.div(.class("columns aside")) {
            h.div(.class("brief")) { facts(h, room, found) }
            h.div(.class("account")) {
                explanation(h, found)
                whatBecame(h, room, found)
                howToPay(h, found)
                reminders(h, found)
                disputes(h, found)
                InvoiceForms(h: h, room: room, found: found, trouble: trouble).write()
            }
        }
    }
}

private func standing(_ found: ConsoleInvoice) -> Phrase {
    let balance = found.record.balance
    return switch found.record.state {
    case .open: say("\(balance.owed) is open, due on \(found.record.dueOn).")
    case .overdue: say("\(balance.owed) is open and past due since \(found.record.dueOn).")
    case .paid:
        balance.owed.isNegative
            ? say("It is paid, and more than it asked for came in.") : say("It is paid.")
    case .credited: say("Nothing of it is asked for any more.")
    }
}

private func actions(_ h: HTMLWriter, _ room: Room, _ found: ConsoleInvoice) {
    let invoice = found.invoice
    h.div(.class("actions")) {
        h.a(
            .class("button"),
            .href(ConsoleDues.document(invoice.number, "document.pdf")),
            text: say("The invoice as PDF")
        )
        h.a(.href(ConsoleDues.document(invoice.number)), text: say("In other languages"))
        h.a(.href(memberAddress(invoice.memberKey, "dues")), text: say("The member's account"))
        if room.may(.readJournal) {
            h.a(.href("/console/journal?about=\(Invoice.subjectKind):\(invoice.id)"), text: say("Journal"))
        }
    }
}

private func facts(_ h: HTMLWriter, _ room: Room, _ found: ConsoleInvoice) {
    let (invoice, record) = (found.invoice, found.record)
    h.dl(.class("facts")) {
        h.fact(say("Number", context: "of a document")) { h.text(invoice.number) }
        h.fact(say("Member")) { h.a(.href(memberAddress(invoice.memberKey)), text: invoice.memberName) }
        h.fact(say("State")) { h.invoiceStanding(record.state) }
        h.fact(say("Dues of")) { h.text(String(invoice.year)) }
        h.fact(say("Day of issue")) { h.when(DayRange(invoice.issuedOn)) }
        h.fact(say("Due on")) { h.when(DayRange(record.dueOn)) }
        h.fact(say("Fee of the year")) { h.text(invoice.fee.words) }
        h.fact(say("Invoiced")) { h.text(invoice.amount.words) }
        h.fact(say("Asked for now")) { h.text(record.balance.asked.words) }
        h.fact(say("Open", context: "an amount")) { h.b(record.balance.owed.words) }
        h.fact(say("Reference")) { h.text(record.payment.groupedReference) }
        h.fact(say("Language")) { h.text(languageName(invoice.language)) }
        h.fact(say("Run", context: "of invoices")) {
            h.a(.href(ConsoleDues.run(invoice.runID)), text: invoice.issuedOn.short)
        }
        h.fact(say("Proof")) {
            h.a(.href(DuesLetters.Path.proof(record.proof.code)), text: say("Whether it is genuine"))
            h.span(.class("also"), .untranslated, text: record.proof.groupedCode)
        }
    }
}

private func explanation(_ h: HTMLWriter, _ found: ConsoleInvoice) {
    h.section(.aria(.labelledby, "why")) {
        h.h2(.id("why"), text: say("How the amount came about"))
        h.p { h.ruled(found.invoice.explanation) }
        if let rule = found.record.rule {
            h.dl(.class("facts wide")) { h.fact(say("Rule")) { h.rule(rule) } }
        }
    }
}

private func whatBecame(_ h: HTMLWriter, _ room: Room, _ found: ConsoleInvoice) {
    let record = found.record
    h.section(.aria(.labelledby, "entries")) {
        h.h2(.id("entries"), text: say("What stands on the account"))
        h.accountTable(
            room,
            record.entries.map { (entry: $0, balance: Money?.none) },
            caption: say("What stands on the account of it")
        )
        guard !record.creditNotes.isEmpty else { return }
        h.h3(say("Credit notes"))
        h.ul(.class("rows plain-rows")) {
            for note in record.creditNotes {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href(ConsoleDues.document(note.number)), text: note.number)
                        h.span(.class("also")) {
                            h.text(say("\(note.amount), \(note.issuedOn)", context: "an amount and its day"))
                            h.text(": ")
                            h.record(note.grounds)
                        }
                        if note.isInvoicedAnew {
                            h.span(.class("also"), text: say("The next run writes another invoice of the year."))
                        }
                    }
                    h.div()
                }
            }
        }
    }
}

private func howToPay(_ h: HTMLWriter, _ found: ConsoleInvoice) {
    let record = found.record
    guard record.balance.owed.isPositive else { return }
    h.section(.aria(.labelledby, "pay")) {
        h.h2(.id("pay"), text: say("How it is paid"))
        h.p(record.payment.words)
        if record.parts.count > 1 { h.whenToPay(record.parts, record.balance.owed.currency, on: record.day) }
    }
}

private func reminders(_ h: HTMLWriter, _ found: ConsoleInvoice) {
    let reminders = found.record.reminders
    guard !reminders.isEmpty else { return }
    h.section(.aria(.labelledby, "reminders")) {
        h.h2(.id("reminders"), text: say("Reminders"))
        h.ol(.class("timeline changes")) {
            for reminder in reminders {
                h.li {
                    h.day(of: reminder.notedAt)
                    h.div {
                        h.text(reminderWords(reminder))
                        if !reminder.isSent {
                            h.span(.class("also"), text: say("No letter was written: a later reminder replaced it."))
                        }
                    }
                }
            }
        }
    }
}

private func reminderWords(_ reminder: SentReminder) -> Phrase {
    switch reminder.step {
    case ..<0:
        say(
            -reminder.step,
            one: "1 day before it was due on \(reminder.dueOn)",
            other: "\(-reminder.step) days before it was due on \(reminder.dueOn)"
        )
    case 0: say("On the day on which it was due, \(reminder.dueOn)")
    default:
        say(
            reminder.step,
            one: "1 day after it was due on \(reminder.dueOn)",
            other: "\(reminder.step) days after it was due on \(reminder.dueOn)"
        )
    }
}

/// That the member says that it is not right, and what came of that.
private func disputes(_ h: HTMLWriter, _ found: ConsoleInvoice) {
    let disputes = found.record.disputes
    guard !disputes.isEmpty else { return }
    h.section(.aria(.labelledby, "disputes")) {
        h.h2(.id("disputes"), text: say("What the member disputes"))
        h.ol(.class("timeline changes")) {
            for dispute in disputes {
                h.li {
                    h.day(of: dispute.raisedAt)
                    h.div {
                        let words = dispute.words.isEmpty ? InvoiceDispute.erasedWords : .record(dispute.words)
                        h.p(.class("kept-lines"), text: words)
                        if let outcome = dispute.outcome {
                            h.span(.class("also")) {
                                h.text(say("What came of it:"))
                                h.text(" ")
                                h.record(outcome)
                            }
                        } else {
                            h.span(.class("also off"), text: say("Open: nobody is reminded of the invoice meanwhile."))
                        }
                    }
                }
            }
        }
    }
}

extension InvoiceRecord {
    /// When the earliest of what is owed is or was to be paid.
    var dueOn: Day { parts.first?.dueOn ?? invoice.dueOn }
    /// Whether the member says that it is not right.
    var isDisputed: Bool { disputes.contains(where: \.isOpen) }
}
