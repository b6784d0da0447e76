import Charter
import Languages
import XML

struct CamtBalance {
    /// The standard's code: `OPBD`, `CLBD` and others.
    let kind: String
    let amount: Money
    let day: Day?
}

/// The balances between which the bookings lie.
struct CamtEnds {
    let opening: CamtBalance?
    let closing: CamtBalance?

    init(_ balances: [CamtBalance]) {
        func first(_ kind: String) -> CamtBalance? { balances.first { $0.kind == kind } }
        // One page of several begins and ends with an interim balance.
        let interim = balances.filter { $0.kind == "ITBD" }
        let begins = first("OPBD") ?? first("PRCD")
        let ends = first("CLBD")
        opening = begins ?? (ends == nil && interim.count < 2 ? nil : interim.first)
        closing = ends ?? (begins == nil && interim.count < 2 ? nil : interim.last)
    }
}

/// What a statement says of itself, compared with what is in it.
struct CamtSums {
    let currency: Currency
    let entries: [CamtEntry]

    /// Throws `StatementRefusal.wrongSum`; adds to `notes` what cannot be checked.
    func check(
        _ ends: CamtEnds,
        _ summary: XMLBranch?,
        isPage: Bool,
        _ notes: inout [Phrase]
    ) throws(StatementRefusal) {
        do {
            try checkBalances(ends, &notes)
            guard let summary else { return }
            if isPage || entries.contains(where: { !$0.isBooked }) {
                notes.append(say("The sums that the statement gives cover more than what is booked in this file."))
            } else {
                try checkSummary(summary)
            }
        } catch {
            throw .wrongSum(
                say("\(error.words) Nothing of the statement was read. Have the bank export it again, whole.")
            )
        }
    }

    private func checkBalances(_ ends: CamtEnds, _ notes: inout [Phrase]) throws(CamtFault) {
        guard let opening = ends.opening?.amount, let closing = ends.closing?.amount else {
            notes.append(
                say("The file gives no balance before and after, so nothing shows whether a booking is missing.")
            )
            return
        }
        let moved = try CamtAmount.sum(entries.filter(\.isBooked).map(\.amount), currency)
        let reached = try CamtAmount.sum([opening, moved], currency)
        guard reached == closing else {
            throw CamtFault(
                words: say(
                    "The balance before is \(opening) and the net total of the bookings \(moved), which makes "
                        + "\(reached); the statement gives \(closing)."
                )
            )
        }
    }

    private func checkSummary(_ summary: XMLBranch) throws(CamtFault) {
        try check(summary.branch(at: "TtlNtries"), entries)
        try check(summary.branch(at: "TtlCdtNtries"), entries.filter(\.isCredit))
        try check(summary.branch(at: "TtlDbtNtries"), entries.filter { !$0.isCredit })
        try checkNet(summary.branch(at: "TtlNtries"))
    }

    private func check(_ stated: XMLBranch?, _ entries: [CamtEntry]) throws(CamtFault) {
        guard let stated else { return }
        if let count = stated.text(at: "NbOfNtries"), Int(count) != entries.count {
            throw CamtFault(
                words: say(
                    "By its own count the statement has \(count) bookings of a kind; \(entries.count) are in it."
                )
            )
        }
        guard let text = stated.text(at: "Sum") else { return }
        let expected = try CamtAmount.money(text, currency)
        let amounts = entries.map { $0.amount.isNegative ? CamtAmount.signed($0.amount, -1) : $0.amount }
        let found = try CamtAmount.sum(amounts, currency)
        guard found == expected else {
            throw CamtFault(
                words: say("The statement gives the gross total of its bookings as \(expected), but it is \(found).")
            )
        }
    }

    /// Version 08 has the net amount one element deeper.
    private func checkNet(_ total: XMLBranch?) throws(CamtFault) {
        guard let total else { return }
        let deep = total.branch(at: "TtlNetNtry")
        guard let text = deep?.text(at: "Amt") ?? total.text(at: "TtlNetNtryAmt") else { return }
        let expected = CamtAmount.signed(try CamtAmount.money(text, currency), try CamtAmount.sign(deep ?? total))
        let found = try CamtAmount.sum(entries.map(\.amount), currency)
        guard found == expected else {
            throw CamtFault(
                words: say("The statement gives the net total of its bookings as \(expected), but it is \(found).")
            )
        }
    }
}
