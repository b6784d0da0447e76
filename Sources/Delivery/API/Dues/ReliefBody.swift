import Access
import Dues
import Languages

/// What a member asks about what it owes, as it is sent.
struct ReliefBody: Sendable {
    let draft: ReliefDraft
    private let currencies: Set<Currency>

    init(_ body: JSONValue) throws {
        let amount = try body.money("amount")
        var amounts = [amount].compactMap(\.self)
        var instalments: [ReliefDraft.Instalment] = []
        for sent in body.elements("instalments") {
            let part = try sent.requiredMoney("amount")
            amounts.append(part)
            instalments.append(.init(dueOn: sent.text("due_on") ?? "", amount: part.plain))
        }
        currencies = Set(amounts.map(\.currency))
        draft = ReliefDraft(
            body.text("kind").flatMap(ReliefKind.init(rawValue:)) ?? .remission,
            fromYear: body.text("from_year") ?? "",
            toYear: body.text("to_year") ?? "",
            percent: body.text("percent") ?? "",
            amount: amount?.plain ?? "",
            instalments: instalments,
            ends: body.text("ends") ?? "",
            letterDay: body.text("letter_day") ?? "",
            words: body.text("words") ?? "",
            signedBy: body.text("signed_by") ?? ""
        )
    }

    /// Which currency is asked for follows from the member's fees. Throws `InvalidInput` for amounts in another one.
    func requireCurrency(of request: ReliefRequest) throws {
        let asked = request.amount ?? request.instalments.first?.amount
        guard let wanted = asked?.currency, currencies.contains(where: { $0 != wanted }) else { return }
        throw InvalidInput(request.amount == nil ? "instalments" : "amount", .otherCurrency(wanted))
    }

    static let schema = ObjectSchema(
        name: "NewReliefRequest",
        isClosed: true,
        [
            .init(
                name: "kind",
                schema: .choice("What is asked.", ReliefKind.allCases.map(\.rawValue)),
                isRequired: true
            ),
            .init(
                name: "from_year",
                schema: .integer(
                    "The first year of dues that it is about; of an early end, from when relief holds no more.",
                    1900...2199
                ),
                isRequired: false
            ),
            .init(
                name: "to_year",
                schema: .integer("The last year; the first alone without it.", 1900...2199),
                isRequired: false
            ),
            .init(
                name: "percent",
                schema: .integer("Of a `reduction`: by how many of a hundred parts.", 1...99),
                isRequired: false
            ),
            .init(
                name: "amount",
                schema: .money("Of a `reduction` by how much a year, of a `commutation` what is paid a year."),
                isRequired: false
            ),
            .init(
                name: "instalments",
                schema: .list(
                    "Of a `payment-plan`: in the order of their days, all that is owed of the years together.",
                    of: Schema(.object(instalment), ""),
                    atLeast: 1,
                    atMost: 60
                ),
                isRequired: false
            ),
            .init(
                name: "ends",
                schema: .text("Of a `relief-ending`: the id or reference of the relief that ends.", .key()),
                isRequired: false
            ),
            .init(
                name: "words",
                schema: .text("The grounds, as the member puts them.", .lines(1, 4000)),
                isRequired: true
            ),
            .init(
                name: "signed_by",
                schema: .text(
                    "Who asks: needed of a letter and with a member's own token; a representative leaves it out.",
                    .line(1, 200)
                ),
                isRequired: false
            ),
            .init(name: "letter_day", schema: .day("The date of a letter; needed of one."), isRequired: false),
        ]
    )

    private static let instalment = ObjectSchema(
        name: "InstalmentInput",
        isClosed: true,
        [
            .init(name: "due_on", schema: .day("The day by which it is paid."), isRequired: true),
            .init(name: "amount", schema: .money("How much."), isRequired: true),
        ]
    )
}
