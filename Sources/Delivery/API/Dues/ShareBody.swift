import Access
import Database
import Dues
import Languages

/// What of a payment goes where, as it is sent.
enum ShareBody {
    static let shares = ObjectSchema.Property(
        name: "shares",
        schema: .list(
            "What of it goes where. One share may leave its amount out and has the rest.",
            of: Schema(.object(share), ""),
            atLeast: 1,
            atMost: 100
        ),
        isRequired: true
    )

    /// The same where there are other ways to say it.
    static let optionalShares = ObjectSchema.Property(name: shares.name, schema: shares.schema, isRequired: false)

    private static let share = ObjectSchema(
        name: "ShareInput",
        isClosed: true,
        [
            .init(
                name: "member",
                schema: .text("The member's key; can be left out where an invoice is named.", .key()),
                isRequired: false
            ),
            .init(
                name: "invoice",
                schema: .text(
                    "The invoice's id, number or reference; what is paid beyond it is kept as the member's credit "
                        + "balance. Without it, over all that the member owes, the earliest due first.",
                    .opaque(1, 64)
                ),
                isRequired: false
            ),
            .init(
                name: "amount",
                schema: .money("In the payment's currency; what the other shares leave without it."),
                isRequired: false
            ),
            .init(
                name: "charge",
                schema: .money(
                    "What the bank took on the way and the association bears, in the invoice's currency; nothing "
                        + "without it."
                ),
                isRequired: false
            ),
            .init(
                name: "settles",
                schema: .money(
                    "What of the invoice is settled, in its currency, where that is another than the payment's; what "
                        + "the rate makes without it."
                ),
                isRequired: false
            ),
            .init(
                name: "is_credit",
                schema: .flag("Whether it is kept as the member's credit balance, whatever it owes."),
                isRequired: false
            ),
        ]
    )
}

extension Call {
    /// The shares that were sent, of a payment in a currency. Throws `InvalidInput` for members that there are not and
    /// for amounts in another currency than is asked for.
    func shares(of currency: Currency) async throws -> [ShareDraft] {
        let sent = body.elements("shares")
        _ = try await memberIDs(sent.compactMap { $0.text("member") }, field: "shares")
        var reading = ShareBodyReading(currency: currency)
        for share in sent {
            let name = share.text("invoice") ?? ""
            let invoice = try await context.database.read { try Invoice.find($0, named: name) }
            try reading.add(share, invoice)
        }
        return try reading.finish()
    }

    /// Carries out what shares a payment out; what is wrong with a share is told under the name by which it was sent.
    func sharing(_ work: @Sendable () async throws -> Answer) async throws -> Answer {
        do { return try await work() } catch let input as InvalidInput { throw input.within("shares") }
    }
}

/// Shares as they are read one after the other.
private struct ShareBodyReading {
    let currency: Currency
    private var drafts: [ShareDraft] = []
    private var problems: [InvalidInput.Field] = []

    init(currency: Currency) { self.currency = currency }

    /// - Parameter invoice: the one that it names, where there is such a one.
    mutating func add(_ share: JSONValue, _ invoice: Invoice?) throws {
        let name = share.text("invoice") ?? ""
        let charge = try share.money("charge")
        let settles = try share.money("settles")
        if name.isEmpty, charge != nil || settles != nil {
            let property = charge == nil ? "settles" : "charge"
            refuse(property, say("Only what is paid on an invoice has this. Name the invoice, or leave it out."))
        }
        let ofInvoice = invoice?.amount.currency
        let draft = ShareDraft(
            member: share.text("member") ?? "",
            invoice: name,
            amount: plain(try share.money("amount"), "amount", in: currency),
            charge: plain(charge, "charge", in: ofInvoice),
            settles: plain(settles, "settles", in: ofInvoice),
            isCredit: share.flag("is_credit") ?? false
        )
        drafts.append(draft)
    }

    func finish() throws -> [ShareDraft] {
        if !problems.isEmpty { throw InvalidInput(problems) }
        return drafts
    }

    /// The digits of an amount; empty where none was sent. Of an invoice that there is not, the command says so.
    private mutating func plain(_ amount: Money?, _ property: String, in wanted: Currency?) -> String {
        guard let amount else { return "" }
        if let wanted, wanted != amount.currency { refuse(property, .otherCurrency(wanted)) }
        return amount.plain
    }

    private mutating func refuse(_ property: String, _ message: Phrase) {
        problems.append(.init("shares[\(drafts.count)].\(property)", message))
    }
}

extension InvalidInput {
    /// With the names under which the elements of a list are sent: `shares[0].amount` for `amount-1`.
    ///
    /// - Parameter names: properties that are sent under another name.
    func within(_ list: String, _ names: [String: String] = [:]) -> InvalidInput {
        InvalidInput(
            fields.map { field in
                let parts = field.name.split(separator: "-").map(String.init)
                guard parts.count == 2, let number = Int(parts[1]) else { return field }
                return Field("\(list)[\(number - 1)].\(names[parts[0]] ?? parts[0])", field.message)
            }
        )
    }
}
