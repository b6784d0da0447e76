import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Web

/// Where the console shows dues.
enum ConsoleDues {
    static let path = ConsolePlace.dues.address
    static let trail: [(address: String, name: Phrase)] = [(path, ConsolePlace.dues.title)]

    static let plan = "\(path)/plan"
    static let invoices = "\(path)/invoices"
    static let payments = "\(path)/payments"
    static let newPayment = "\(payments)/new"
    static let refund = "\(payments)/refund"
    static let rates = "\(path)/rates"
    static let queue = "\(path)/queue"
    static let statements = "\(path)/statements"
    static let newStatement = "\(statements)/new"
    static let mappings = "\(statements)/mappings"
    static let figures = "\(path)/figures"
    static let newFigure = "\(figures)/new"
    static let figuresFile = "\(figures)/file"
    static let comparison = "\(path)/comparison"
    static let reliefs = "\(path)/relief"

    static func run(_ id: String) -> String { "\(path)/runs/\(id)" }
    static func invoice(_ id: String, _ below: String...) -> String { address(invoices, id, below) }
    static func document(_ number: String, _ below: String...) -> String {
        address("\(path)/documents", number, below)
    }
    static func payment(_ id: String, _ below: String...) -> String { address(payments, id, below) }
    static func statement(_ id: String, _ below: String...) -> String { address(statements, id, below) }
    static func line(_ id: String, _ below: String...) -> String { address("\(path)/lines", id, below) }
    static func relief(_ id: String, _ below: String...) -> String { address(reliefs, id, below) }

    private static func address(_ place: String, _ id: String, _ below: [String]) -> String {
        ([place, id] + below).joined(separator: "/")
    }

    /// The dry run of a year, or of the members of one outcome.
    static func plan(of year: Int, _ outcome: PlanView? = nil) -> String {
        "\(plan)?year=\(year)" + (outcome.map { "&show=\($0.rawValue)" } ?? "")
    }

    /// The form for a figure of a member.
    static func newFigure(of member: String) -> String { "\(newFigure)?member=\(queryEscaped(member))" }

    /// As the page Today calls an invoice that its member disputes.
    static let disputeKind = "invoice-dispute"

    /// Where something leads that the journal or the page Today names by kind; nil for what is not of dues.
    static func of(_ kind: String, _ id: String) -> String? {
        switch kind {
        case DuesRun.subjectKind: run(id)
        case Invoice.subjectKind, disputeKind: invoice(id)
        case ReliefRequest.subjectKind: relief(id)
        case Payment.subjectKind: payment(id)
        case BankLine.subjectKind: line(id)
        case BankStatementRecord.subjectKind: statement(id)
        default: nil
        }
    }
}

/// The parts of the place, in the order of its tabs.
enum DuesTab: CaseIterable {
    case year, invoices, payments, queue, statements, relief, figures, comparison, rates

    var title: Phrase {
        switch self {
        case .year: say("The year")
        case .invoices: say("Invoices")
        case .payments: say("Payments")
        case .queue: say("To match")
        case .statements: say("Statements")
        case .relief: say("Relief")
        case .figures: say("Figures for fees")
        case .comparison: say("Two years compared")
        case .rates: say("Exchange rates")
        }
    }

    var address: String {
        switch self {
        case .year: ConsoleDues.path
        case .invoices: ConsoleDues.invoices
        case .payments: ConsoleDues.payments
        case .queue: ConsoleDues.queue
        case .statements: ConsoleDues.statements
        case .relief: ConsoleDues.reliefs
        case .figures: ConsoleDues.figures
        case .comparison: ConsoleDues.comparison
        case .rates: ConsoleDues.rates
        }
    }

    var action: Action {
        switch self {
        case .year, .invoices, .relief, .figures, .comparison: .readDues
        case .payments, .queue, .statements, .rates: .readPayments
        }
    }

    /// A page of the place below this part.
    func page(_ title: Phrase) -> RoomPage {
        let up = self == .year ? [] : [(address: address, name: self.title)]
        return RoomPage(title: title, place: .console(.dues), trail: ConsoleDues.trail + up)
    }
}

extension Site {
    /// What members owe and what they paid.
    static func addConsoleDues(to rooms: RoomRoutes) {
        addDuesYear(to: rooms)
        addInvoices(to: rooms)
        addDuesDocuments(to: rooms)
        addPayments(to: rooms)
        addMatching(to: rooms)
        addStatements(to: rooms)
        addStatementMappings(to: rooms)
        addConsoleRelief(to: rooms)
        addFeeFigures(to: rooms)
        addFeeComparison(to: rooms)
    }
}

extension Room {
    /// A page of one of the parts, with the way to the others.
    func duesPage(
        _ tab: DuesTab,
        status: HTTPResponse.Status = .ok,
        counts: [ConsolePlace: Int] = [:],
        _ content: (HTMLWriter) -> Void
    ) -> Response {
        let title = tab == .year ? ConsolePlace.dues.title : tab.title
        return page(RoomPage(title: title, place: .console(.dues)), status: status, counts: counts) { h in
            h.nav(.class("tabs"), .aria(.label, say("Parts of dues"))) {
                for each in DuesTab.allCases where may(each.action) {
                    h.a(.href(each.address), .when(each == tab, .aria(.current, "page")), text: each.title)
                }
            }
            content(h)
        }
    }

    /// The years of which fees can be told: those of the charter up to the next one, the latest first.
    var duesYears: [Int] {
        let charter = site.charter
        let first = charter.versions.first?.effective.year ?? today.year
        let all = min(first, today.year)...today.year + 1
        return all.reversed().filter { charter.feeVersion(year: $0) != nil }
    }
}
