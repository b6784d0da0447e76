import ArgumentParser
import Charter
import Dues
import Foundation
import Languages
import Membership

extension PaymentCommands {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists payments, refunds and credit balances that were used, the latest first.",
            usage: "hansa payments list [--member NAME] [--from DAY] [--to DAY] [--page N] [--json]"
        )
        @OptionGroup var flags: SettingFlags
        @Option(help: "The key of a member, or any of its names.")
        var member: String?
        @Option(help: "The first day.")
        var from: String?
        @Option(help: "The last day; today when left out.")
        var to: String?
        @Option(help: "The page, from 1.")
        var page = 1
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            var key: String?
            if let member { key = try await installation.member(member).key }
            let first = try from.map { try installation.day($0, "--from") }
            let last = try installation.day(to, "--to")
            let found = try await installation.ask(PaymentList(member: key, from: first, to: last, page: page))
            if json { return try Terminal.json(found.payments.map(PaymentLine.init)) }
            guard !found.payments.isEmpty else { return print("There is none.") }
            Terminal.table(
                ["Id", "Day", "What", "Amount", "For", "State"],
                found.payments.map { payment in
                    let shares = payment.shares.map { "\($0.memberKey) \($0.invoiceNumber ?? "credit")" }
                    return [
                        payment.id, "\(payment.receivedOn)", payment.kind.rawValue,
                        PaymentCommands.text(payment.amount), Terminal.safe(shares.joined(separator: ", ")),
                        payment.undone != nil ? "undone" : payment.isInvented ? "made up" : "",
                    ]
                },
                numbers: [3]
            )
            print(Terminal.dim("\(found.total) in all."))
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records a payment by hand.",
            usage: """
                hansa payments add MEMBER --amount AMOUNT --currency CODE [--on DAY] [--invoice NUMBER] [--credit]
                hansa payments add --amount AMOUNT --currency CODE --share member=NAME,amount=AMOUNT …
                """,
            discussion: """
                Without an invoice the money goes over all that the member owes, the earliest due first, and the rest to
                its credit balance. In another currency than the invoice's it is converted at the rate of the day: see
                hansa payments rates.
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String?
        @Option(help: "Digits with a point, such as 1000.50.")
        var amount: String
        @Option(help: "The three letters of ISO 4217.")
        var currency: String
        @Option(help: "The day on which the money came; today when left out.")
        var on: String?
        @Option(help: "How it came: \(Payment.Method.allCases.map(\.rawValue).joined(separator: ", ")).")
        var method = Payment.Method.bank.rawValue
        @Option(help: "Who paid.")
        var payer = ""
        @Option(help: "What the payer wrote.")
        var text = ""
        @Flag(help: "It is made up, and says so wherever it is read.")
        var invented = false
        @Flag(help: "One of this day and amount is on record; this is another one.")
        var another = false
        @OptionGroup var shares: ShareFlags

        func run() async throws {
            let installation = try await Installation.open(flags)
            var key = ""
            if let member { key = try await installation.member(member).key }
            let draft = PaymentDraft(
                receivedOn: try installation.day(on, "--on").description,
                currency: currency,
                amount: amount,
                payer: payer,
                text: text,
                method: method,
                isInvented: invented,
                shares: try shares.drafts(member: key)
            )
            let command = EnterPayment(draft, isAnother: another, charter: installation.charter)
            print("Recorded: \(try await installation.run(command))")
        }
    }

    struct Split: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shares a payment out anew, over several invoices or members.",
            usage: "hansa payments split ID --grounds WHY --share member=NAME,amount=AMOUNT …"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The payment's id, from hansa payments list.")
        var id: String
        @Option(help: "Why; the journal keeps it.")
        var grounds: String
        @Option(help: "A share, such as invoice=2024-0001,amount=500; given again for each.")
        var share: [String]

        func run() async throws {
            let installation = try await Installation.open(flags)
            let shares = try share.map(PaymentCommands.share)
            let charter = installation.charter
            try await installation.run(SplitPayment(id, shares: shares, grounds: grounds, charter: charter))
            print("Shared out anew.")
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Undoes a payment, a refund or the use of a credit balance.",
            usage: "hansa payments undo ID --grounds WHY",
            discussion: "Its line of a bank's statement, if it has one, waits in the queue again."
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The id, from hansa payments list.")
        var id: String
        @Option(help: "Why; the journal keeps it.")
        var grounds: String

        func run() async throws {
            try await Installation.open(flags).run(UndoPayment(id, grounds: grounds))
            print("Undone.")
        }
    }

    struct Credit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Uses a member's credit balance for one of its invoices.",
            usage: "hansa payments credit INVOICE [--amount AMOUNT] [--currency CODE]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The invoice's number or reference.")
        var invoice: String
        @Option(help: "How much; as much as there is and the invoice asks for when left out.")
        var amount = ""
        @Option(help: "The currency of the credit balance; the invoice's own when left out.")
        var currency = ""

        func run() async throws {
            let installation = try await Installation.open(flags)
            let id = try await installation.run(UseCredit(invoice: invoice, currency: currency, amount: amount))
            print("Used: \(id)")
        }
    }

    struct Refund: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records that money was paid back to a member out of its credit balance.",
            usage: "hansa payments refund MEMBER --amount AMOUNT --currency CODE --grounds WHY [--on DAY] [--line LINE]"
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The member's key, or any of its names.")
        var member: String
        @Option(help: "Digits with a point, such as 1000.50.")
        var amount: String
        @Option(help: "The three letters of ISO 4217.")
        var currency: String
        @Option(help: "The day on which it was paid; today when left out.")
        var on: String?
        @Option(help: "The id of the line of a statement that it is: hansa payments queue --state outgoing.")
        var line: String?
        @Option(help: "Why; the journal keeps it.")
        var grounds: String

        func run() async throws {
            let installation = try await Installation.open(flags)
            let command = RefundPayment(
                member: try await installation.member(member).key,
                currency: currency,
                amount: amount,
                paidOn: try installation.day(on, "--on").description,
                line: line,
                grounds: grounds
            )
            print("Recorded: \(try await installation.run(command))")
        }
    }

    struct Rates: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the rates of exchange, or sets one.",
            usage: "hansa payments rates [FROM TO RATE --source WORDS [--on DAY]]",
            discussion: "hansa payments rates EUR USD 1.0855 --on 2024-03-05 --source \"European Central Bank\""
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The currency of which one unit is told.")
        var from: String?
        @Argument(help: "The currency in which it is told.")
        var to: String?
        @Argument(help: "How many units of the second one of the first is worth.")
        var rate: String?
        @Option(help: "The day; today when left out.")
        var on: String?
        @Option(help: "Where the rate is from.")
        var source = ""

        func run() async throws {
            let installation = try await Installation.open(flags)
            if let from {
                guard let to, let rate else {
                    throw CommandFailure("Give both currencies and the rate: hansa payments rates EUR USD 1.0855 …")
                }
                let day = try installation.day(on, "--on").description
                try await installation.run(
                    SetExchangeRate(from: from, to: to, day: day, rate: rate, source: source)
                )
                return print("Set.")
            }
            let rates = try await installation.ask(ExchangeRateList())
            guard !rates.isEmpty else { return print("There is none.") }
            Terminal.table(
                ["Day", "From", "To", "Rate", "Source"],
                rates.map { ["\($0.day)", $0.from.code, $0.to.code, $0.text, Terminal.safe($0.source)] },
                numbers: [3]
            )
        }
    }
}

/// A payment as JSON.
private struct PaymentLine: Encodable {
    struct Share: Encodable {
        let member: String
        let invoice: String?
        let paid: String
        let settled: String
        let settledCurrency: String
        let rate: String?

        init(_ share: PaymentShare) {
            member = share.memberKey
            invoice = share.invoiceNumber
            paid = share.paid.plain
            settled = share.settled.plain
            settledCurrency = share.settled.currency.code
            rate = share.rate
        }
    }

    let id: String
    let kind: String
    let receivedOn: String
    let amount: String
    let currency: String
    let payer: String?
    let method: String
    let line: String?
    let confidence: Int?
    let invented: Bool
    let undone: Bool
    let shares: [Share]

    init(_ payment: Payment) {
        id = payment.id
        kind = payment.kind.rawValue
        receivedOn = payment.receivedOn.description
        amount = payment.amount.plain
        currency = payment.amount.currency.code
        payer = payment.payer
        method = payment.method.rawValue
        line = payment.lineID
        confidence = payment.match?.confidence
        invented = payment.isInvented
        undone = payment.undone != nil
        shares = payment.shares.map(Share.init)
    }
}
