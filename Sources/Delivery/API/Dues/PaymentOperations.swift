import Access
import Charter
import Dues
import HTTPTypes
import Web

extension Operation {
    static let listPayments: Operation = {
        let member = Parameter.text("member", "Payments of which the member with this key has a share.", .key())
        let from = Parameter<Day>.day("from", "Payments of this day or later.")
        let through = Parameter<Day>.day("through", "Payments of this day or earlier.")
        return pages(
            "/payments",
            id: "listPayments",
            topic: .payments,
            summary: "List payments",
            detail: "Payments, refunds and uses of credit balances, also those that were undone, the latest first.",
            of: Shapes.payment,
            named: "PaymentPage",
            access: .token(.readPayments, .readPayments),
            parameters: [member, from, through],
            size: PaymentList.pageSize
        ) { call, page in
            let question = PaymentList(
                member: try call.value(member),
                from: try call.value(from),
                to: try call.value(through),
                page: page
            )
            let found = try await call.ask(question)
            return Rows(rows: found.payments, total: found.total)
        }
    }()

    static let getPayment = one(
        "/payments/{id}",
        id: "getPayment",
        topic: .payments,
        summary: "Read a payment",
        detail: "One payment, refund or use of a credit balance, with what it did to accounts.",
        of: Shapes.paymentRecord,
        access: .token(.readPayments, .readPayments),
        parameters: [PaymentRecords.id]
    ) { PaymentRecords.of(try $0.required(PaymentRecords.id)) }

    static let enterPayment = Operation(
        .post,
        "/payments",
        id: "enterPayment",
        topic: .payments,
        summary: "Enter a payment",
        detail: """
            Records a payment by hand: cash, a cheque, or a transfer before the bank's statement comes. A second \
            payment of the same day and amount for the same member must be said to be another one.
            """,
        access: .token(.writePayments, .recordPayments),
        parameters: [WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewPayment",
            isClosed: true,
            [
                .init(name: "received_on", schema: .day("The day on which the money came."), isRequired: true),
                .init(name: "amount", schema: .money("How much."), isRequired: true),
                .init(name: "payer", schema: .text("Who paid.", .line(1, 200)), isRequired: false),
                .init(
                    name: "text",
                    schema: .text("What the payer wrote, or what else is to be known of it.", .line(1, 1000)),
                    isRequired: false
                ),
                .init(
                    name: "method",
                    schema: .choice(
                        "How the money came; `bank` without it.",
                        Payment.Method.allCases.map(\.rawValue)
                    ),
                    isRequired: false
                ), ShareBody.shares,
                .init(name: "is_invented", schema: .flag("Whether it is made up."), isRequired: false),
                .init(
                    name: "is_another",
                    schema: .flag("Whether one of the same day and amount is on record, and this is another."),
                    isRequired: false
                ),
            ]
        ),
        answers: [.made(Shapes.paymentRecord, "The payment; Location is its address.")]
    ) { call in
        let amount = try call.body.requiredMoney("amount")
        let draft = PaymentDraft(
            receivedOn: call.body.text("received_on") ?? "",
            currency: amount.currency.code,
            amount: amount.plain,
            payer: call.body.text("payer") ?? "",
            text: call.body.text("text") ?? "",
            method: call.body.text("method") ?? Payment.Method.bank.rawValue,
            isInvented: call.body.flag("is_invented") ?? false,
            shares: try await call.shares(of: amount.currency)
        )
        let isAnother = call.body.flag("is_another") ?? false
        let command = EnterPayment(draft, isAnother: isAnother, charter: call.context.charter)
        return try await call.sharing {
            try await call.make(command, at: { "/payments/\($0)" }, { PaymentRecords.of($0) })
        }
    }

    static let sharePayment = Operation(
        .post,
        "/payments/{id}/shares",
        id: "sharePayment",
        topic: .payments,
        summary: "Share a payment out anew",
        detail: """
            Shares a payment out over other invoices or members. What it did to the accounts before is undone, and \
            stays to be seen.
            """,
        access: .token(.writePayments, .recordPayments),
        parameters: [PaymentRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(name: "PaymentShares", isClosed: true, [ShareBody.shares, .grounds]),
        answers: [.one(Shapes.paymentRecord, "The payment as it is now.")]
    ) { call in
        let id = try call.required(PaymentRecords.id)
        let record = PaymentRecords.of(id)
        let currency = try await call.ask(record.reading).payment.amount.currency
        let command = SplitPayment(
            id,
            shares: try await call.shares(of: currency),
            grounds: call.body.text("grounds") ?? "",
            charter: call.context.charter
        )
        return try await call.sharing { try await call.change(command, on: record) }
    }

    static let undoPayment = Operation(
        .post,
        "/payments/{id}/undo",
        id: "undoPayment",
        topic: .payments,
        summary: "Undo a payment",
        detail: """
            Undoes a payment, a refund or the use of a credit: each of its entries by another, so that the account \
            shows both. The line of the bank's statement that it was is open again.
            """,
        access: .token(.writePayments, .recordPayments),
        parameters: [PaymentRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(name: "PaymentUndo", isClosed: true, [.grounds]),
        answers: [.one(Shapes.paymentRecord, "The payment as it is now.")]
    ) { call in
        let id = try call.required(PaymentRecords.id)
        let command = UndoPayment(id, grounds: call.body.text("grounds") ?? "")
        return try await call.change(command, on: PaymentRecords.of(id))
    }

    static let refundPayment = Operation(
        .post,
        "/refunds",
        id: "refundPayment",
        topic: .payments,
        summary: "Enter a refund",
        detail: "Records that money was paid back to a member out of its credit balance.",
        access: .token(.writePayments, .recordPayments),
        parameters: [WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewRefund",
            isClosed: true,
            [
                .init(name: "member", schema: .text("The member's key.", .key()), isRequired: true),
                .init(name: "amount", schema: .money("In the currency of the credit balance."), isRequired: true),
                .init(name: "paid_on", schema: .day("The day on which it was paid."), isRequired: true),
                .init(
                    name: "line",
                    schema: .text("The id of the line of a bank's statement that it is.", .key()),
                    isRequired: false
                ), .grounds,
            ]
        ),
        // The line can be none.
        answers: [.made(Shapes.paymentRecord, "The refund; Location is its address."), .problem(.notFound)]
    ) { call in
        let (body, amount) = (call.body, try call.body.requiredMoney("amount"))
        let member = body.text("member") ?? ""
        _ = try await call.memberIDs([member], field: "member")
        let command = RefundPayment(
            member: member,
            currency: amount.currency.code,
            amount: amount.plain,
            paidOn: body.text("paid_on") ?? "",
            line: body.text("line"),
            grounds: body.text("grounds") ?? ""
        )
        return try await call.make(command, at: { "/payments/\($0)" }, { PaymentRecords.of($0) })
    }

    static let listExchangeRates = list(
        "/exchange-rates",
        id: "listExchangeRates",
        topic: .payments,
        summary: "List rates of exchange",
        detail: "What one currency was worth in another on a day, the latest day first: a thousand at most.",
        of: Shapes.exchangeRate,
        named: "ExchangeRates",
        access: .token(.readPayments, .readPayments)
    ) { try await $0.ask(ExchangeRateList()) }

    static let setExchangeRate = Operation(
        .post,
        "/exchange-rates",
        id: "setExchangeRate",
        topic: .payments,
        summary: "Set a rate of exchange",
        detail: """
            Records what one currency was worth in another on a day. Set again for the same day, it is corrected; what \
            was booked by it stays as it was booked.
            """,
        access: .token(.writePayments, .recordPayments),
        parameters: [WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewExchangeRate",
            isClosed: true,
            [
                .init(
                    name: "from",
                    schema: .choice("The currency of which one unit is told.", Currency.all),
                    isRequired: true
                ),
                .init(name: "to", schema: .choice("The currency in which it is told.", Currency.all), isRequired: true),
                .init(name: "day", schema: .day("The day of which it is."), isRequired: true),
                .init(
                    name: "rate",
                    schema: .text("Digits with a point, at most 15.", .printed(1, 16), example: "1.0855"),
                    isRequired: true
                ),
                .init(name: "source", schema: .text("Where it was read.", .line(3, 200)), isRequired: true),
            ]
        ),
        answers: [AnswerDescription(.created, "The rate.", Shapes.exchangeRate.schema("The rate."))]
    ) { call in
        let text = { (name: String) in call.body.text(name) ?? "" }
        let command = SetExchangeRate(
            from: text("from"),
            to: text("to"),
            day: text("day"),
            rate: text("rate"),
            source: text("source")
        )
        let (from, to) = (try Currency(text("from")), try Currency(text("to")))
        let (day, rate, source) = (Day.nearest(text("day")), text("rate"), text("source"))
        return try await call.run(command, tag: nil) { _, _ in
            let set = try ExchangeRate(from: from, to: to, day: day, rate: rate, source: source)
            return KeptAnswer(status: 201, body: Shapes.exchangeRate.writer.bytes(set))
        }
    }
}
