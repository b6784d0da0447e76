import Access
import Charter
import Dues
import HTTPTypes
import Languages
import Web

/// An entry of an account with what the member owed once it was there.
struct AccountLine: Sendable {
    let entry: AccountEntry
    let balance: Money
}

extension Shapes {
    static let accountEntry = Shape<AccountEntry>("AccountEntry", accountFields({ $0 }, []))

    static let accountLine = Shape<AccountLine>(
        "AccountLine",
        accountFields({ $0.entry }, [.money("balance", "What the member owes in its currency since.") { $0.balance }])
    )

    static let account = Shape<AccountOfMember.Answer>(
        "Account",
        [
            .text("member", "The member's key.") { $0.memberKey },
            .text("member_name", "The member's name.") { $0.memberName },
            .day("as_of", "The day at whose end it stands so.") { $0.day.description },
            .objects(
                "balances",
                "What the member owes, by currency; below zero its credit balance. None where nothing is open.",
                Shapes.money
            ) { $0.balances },
            .objects("entries", "What raised and lowered it, the earliest first.", Shapes.accountLine) { account in
                account.lines.map { AccountLine(entry: $0.entry, balance: $0.balance) }
            },
            .objects("invoices", "Its invoices, the latest year first.", Shapes.invoice) { account in
                account.invoices.map { InvoiceEntry($0) }
            },
            .objects("payments", "How to pay what is owed, invoice by invoice.", Shapes.howToPay) { account in
                account.invoices.compactMap { account.payments[$0.invoice.id] }
            },
            .flag("is_invented", "Whether any of it is made up.") { $0.isInvented },
        ]
    )

    /// What is told of every entry, and `more`.
    private static func accountFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> AccountEntry,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let kinds = AccountEntry.Kind.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        let fields: [Field<Value>] = [
            .text("id", "The entry's id.") { of($0).id },
            .day("day", "The day from which it counts.") { of($0).day.description },
            .instant("recorded_at", "When it was written.") { of($0).recordedAt },
            .text("kind", "One of \(kinds).") { of($0).kind.rawValue },
            .money("amount", "Above zero what raises what the member owes, below what lowers it.") { of($0).amount },
            .text("sentence", "What it is.") { of($0).words.english },
            .optionalText("rule", "The id of the charter's rule that it rests on.") { of($0).rule },
            .optionalText("invoice", "The id of the invoice that it is about.") { of($0).invoiceID },
            .optionalText("payment", "The id of the payment that made it.") { of($0).paymentID },
            .optionalText("credit_note", "The id of the credit note that made it.") { of($0).creditNoteID },
            .optionalText("reverses", "The id of the entry that it undoes.") { of($0).reverses },
            .flag("is_invented", "Whether it is made up.") { of($0).isInvented },
        ]
        return fields + more
    }

    static let proof = Shape<ProofByCode.Answer>(
        "Proof",
        [
            .text("kind", "`invoice`, `credit-note`, `receipt` or `certificate`.") { $0.document.kind.rawValue },
            .text("number", "The document's number.", example: "2024-0001") { $0.document.number },
            .text("member_name", "To whom it was issued, as the member was called then.") { $0.document.memberName },
            .day("day", "The day that it bears.") { $0.document.day.description },
            .money("amount", "The amount that stands on it.") { $0.document.amount },
            .flag("is_invented", "Whether it is an example, by which nothing is owed or paid.") {
                $0.document.isInvented
            },
            .instant("issued_at", "When it was issued.") { $0.document.issuedAt },
            .text("sha256", "Of what stands on it, as the journal has it.") { $0.document.hash },
            .optionalText("since", "What became since of what it says; null for nothing.") {
                $0.since.words?.english
            },
            .flag("is_whole", "False where the records no longer say what was issued: somebody changed them.") {
                $0.isWhole
            },
        ]
    )
}

extension Operation {
    static let getAccount: Operation = {
        let asOf = Parameter<Day>.day("as_of", "As it stood at the end of this day; of today without it.")
        return one(
            "/members/{key}/account",
            id: "getAccount",
            topic: .dues,
            summary: "Read the account of a member",
            detail: "What a member was asked for and paid, what it owes at the end of a day, and how to pay it.",
            of: Shapes.account,
            access: .token(.readDues, .readMemberDues),
            parameters: [MemberKey.parameter, asOf]
        ) { call in
            let key = try call.required(MemberKey.parameter)
            let question = AccountOfMember(key, on: try call.value(asOf), charter: call.context.charter)
            return Record("account of \(key)", Shapes.account, question)
        }
    }()

    /// Whoever holds the document may ask: its code stands on it and cannot be guessed.
    static let getProof: Operation = {
        let code = Parameter.text(
            "code",
            in: .path,
            "The code that stands on the document.",
            .opaque(1, 100),
            isRequired: true
        )
        return Operation(
            .get,
            "/proofs/{code}",
            id: "getProof",
            topic: .dues,
            summary: "Prove a document",
            detail: """
                What was issued under a code, and what became of it since. Only who holds the code can ask; after too \
                many wrong codes from one network nothing is looked up for a while (429).
                """,
            isShared: false,
            parameters: [code],
            answers: [AnswerDescription(.ok, "What was issued.", Shapes.proof.schema("What was issued."))]
        ) { call in
            let question = ProofByCode(try call.required(code))
            do {
                let found = try await call.context.database.proof(question, from: call.address, now: call.now)
                return Answer(Shapes.proof.writer.bytes(found))
            } catch DuesRefusal.tooManyTries(let seconds) { throw RequestProblem.tooManyTries(seconds) }
        }
    }()
}

extension RequestProblem {
    fileprivate static func tooManyTries(_ seconds: Int) -> RequestProblem {
        let refusal = DuesRefusal.tooManyTries(seconds: seconds)
        return RequestProblem(
            .tooManyRequests,
            code: refusal.code,
            title: say("Too often"),
            detail: refusal.sentence,
            headers: [.retryAfter: String(seconds)]
        )
    }
}
