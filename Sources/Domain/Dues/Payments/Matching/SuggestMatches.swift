extension MatchIndex {
    /// What a line can be, the surest first; at most five. Asks nothing but the index and the line.
    func suggestions(_ line: StatementLine) -> [MatchSuggestion] {
        // What takes an earlier booking back is nobody's payment, though it came in.
        guard line.amount.isPositive, !line.isReversal else { return [] }
        let cited = cited(line)
        var found = cited.places.isEmpty ? [] : byReference(line, cited.places, cited.isOwnField)
        if found.isEmpty { found = byNumber(line) }
        if found.isEmpty { found = byName(line) }
        if !found.contains(where: { $0.confidence >= MatchConfidence.partOfNameAndAmount }) {
            found += byAmount(line, besides: found)
        }
        found = besidePaymentsByHand(found, line)
        return Array(found.sorted { ($1.confidence, $0.stored) < ($0.confidence, $1.stored) }.prefix(5))
    }

    // MARK: - By reference and number

    private func byReference(_ line: StatementLine, _ places: [Int], _ isOwnField: Bool) -> [MatchSuggestion] {
        let reason: MatchSuggestion.Reason = isOwnField ? .reference : .referenceInText
        guard places.count == 1 else {
            return [several(line, places, [reason], MatchConfidence.severalReferences)]
        }
        let place = places[0]
        let whole = isOwnField ? MatchConfidence.reference : MatchConfidence.referenceInText
        if let special = special(line, place, [reason], MatchConfidence.paidAlready) { return [special] }
        let owed = self[place].owed
        if line.amount.minor == owed { return [one(.full, whole, [reason, .amount], place)] }
        let isPart = line.amount.minor < owed
        let confidence = isPart ? MatchConfidence.referencePart : MatchConfidence.referenceOver
        return [one(isPart ? .part : .over, confidence, [reason, .otherAmount], place)]
    }

    private func byNumber(_ line: StatementLine) -> [MatchSuggestion] {
        let places = numbered(line)
        guard !places.isEmpty else { return [] }
        guard places.count == 1 else { return [several(line, places, [.number], MatchConfidence.severalNumbers)] }
        let place = places[0]
        let isNamed = named(line).contains { $0.memberID == self[place].memberID }
        let reasons: [MatchSuggestion.Reason] = isNamed ? [.number, .name] : [.number]
        let sureness = isNamed ? MatchConfidence.numberAndName : MatchConfidence.numberAlone
        if let special = special(line, place, reasons, sureness) { return [special] }
        let owed = self[place].owed
        if line.amount.minor == owed {
            let whole = isNamed ? MatchConfidence.numberAmountAndName : MatchConfidence.numberAndAmount
            return [one(.full, whole, reasons + [.amount], place)]
        }
        return [one(line.amount.minor < owed ? .part : .over, sureness, reasons + [.otherAmount], place)]
    }

    /// What somebody has to look at, whatever led to the invoice.
    private func special(
        _ line: StatementLine,
        _ place: Int,
        _ reasons: [MatchSuggestion.Reason],
        _ paidAlready: Int
    ) -> MatchSuggestion? {
        let invoice = self[place]
        if invoice.owed <= 0 { return one(.double, paidAlready, reasons + [.paidAlready], place) }
        if invoice.currency != line.amount.currency {
            let sentAll = line.instructed == Money(minor: invoice.owed, invoice.currency)
            return one(
                .exchanged,
                min(MatchConfidence.otherCurrency, paidAlready + 4),
                reasons + (sentAll ? [.payerSentAll] : []),
                place
            )
        }
        guard let reason = chargeTaken(line, invoice) else { return nil }
        return one(.charged, min(MatchConfidence.bankCharge, paidAlready + 4), reasons + [reason], place)
    }

    /// Why the amount is all that the invoice asks for, though it is less.
    private func chargeTaken(_ line: StatementLine, _ invoice: MatchInvoice) -> MatchSuggestion.Reason? {
        guard line.amount.minor < invoice.owed else { return nil }
        let missing = invoice.owed - line.amount.minor
        if line.charge?.minor == missing { return .bankSaysCharge }
        return line.instructed == Money(minor: invoice.owed, invoice.currency) ? .payerSentAll : nil
    }

    private func several(
        _ line: StatementLine,
        _ places: [Int],
        _ reasons: [MatchSuggestion.Reason],
        _ confidence: Int
    ) -> MatchSuggestion {
        let isAlike = places.allSatisfy { self[$0].currency == line.amount.currency && self[$0].owed > 0 }
        let isWhole = isAlike && sum(places) == line.amount.minor
        return MatchSuggestion(
            .several,
            isWhole ? confidence : MatchConfidence.severalUnequal,
            reasons + [isWhole ? .sum : .otherAmount],
            places.map(target)
        )
    }

    // MARK: - By name and amount

    private func byName(_ line: StatementLine) -> [MatchSuggestion] {
        let members = named(line)
        let found = members.compactMap { member in
            byName(line, open(member.memberID, line.amount.currency), isWhole: member.isWhole)
        }
        // Of several of one name, each is less likely.
        let best = found.map(\.confidence).max() ?? 0
        guard found.count(where: { $0.confidence == best }) > 1 else { return found }
        return found.map {
            MatchSuggestion($0.sort, $0.confidence - 15, $0.reasons, $0.targets, payment: $0.paymentID)
        }
    }

    private func byName(_ line: StatementLine, _ places: [Int], isWhole: Bool) -> MatchSuggestion? {
        guard let first = places.first else { return nil }
        let name: MatchSuggestion.Reason = isWhole ? .name : .partOfName
        let sureness = isWhole ? MatchConfidence.nameAndAmount : MatchConfidence.partOfNameAndAmount
        if let exact = places.first(where: { self[$0].owed == line.amount.minor }) {
            return one(.full, sureness, [name, .amount], exact)
        }
        if places.count > 1, sum(places) == line.amount.minor {
            let less = MatchConfidence.nameAndAmount - MatchConfidence.nameAndSum
            return MatchSuggestion(.several, sureness - less, [name, .sum], places.map(target))
        }
        for place in places {
            if let reason = chargeTaken(line, self[place]) { return one(.charged, sureness, [name, reason], place) }
        }
        let alone = isWhole ? MatchConfidence.nameAlone : MatchConfidence.partOfNameAlone
        return one(line.amount.minor < self[first].owed ? .part : .over, alone, [name, .otherAmount], first)
    }

    private func byAmount(_ line: StatementLine, besides found: [MatchSuggestion]) -> [MatchSuggestion] {
        let known = Set(found.flatMap(\.targets).map(\.invoiceID))
        let places = asking(line.amount).filter { !known.contains(self[$0].id) }
        return places.map { one(.full, MatchConfidence.amountAlone / places.count, [.amount, .onlyOne], $0) }
    }

    // MARK: - Payments that were entered by hand

    /// Adds those, and lets nothing of the same members be booked by itself: it would count twice.
    private func besidePaymentsByHand(_ found: [MatchSuggestion], _ line: StatementLine) -> [MatchSuggestion] {
        let payments = enteredByHand(line)
        guard !payments.isEmpty else { return found }
        let suggested = found.flatMap(\.targets).compactMap { place(ofInvoice: $0.invoiceID) }
        let members = Set(suggested.map { self[$0].memberID }).union(named(line).map(\.memberID))
        let known = payments.map { payment in
            let isTheirs = !members.isDisjoint(with: payment.memberIDs)
            return MatchSuggestion(
                .known,
                isTheirs ? MatchConfidence.enteredByHand : MatchConfidence.amountAlone,
                [.enteredByHand],
                [],
                payment: payment.id
            )
        }
        guard known.contains(where: { $0.confidence == MatchConfidence.enteredByHand }) else { return found + known }
        let doubted = found.map {
            MatchSuggestion(
                $0.sort,
                min($0.confidence, MatchConfidence.enteredByHand - 1),
                $0.reasons + [.enteredByHand],
                $0.targets,
                payment: $0.paymentID
            )
        }
        return doubted + known
    }

    // MARK: - Parts

    private func one(
        _ sort: MatchSuggestion.Sort,
        _ confidence: Int,
        _ reasons: [MatchSuggestion.Reason],
        _ place: Int
    ) -> MatchSuggestion {
        MatchSuggestion(sort, confidence, reasons, [target(place)])
    }

    private func target(_ place: Int) -> MatchSuggestion.Target {
        MatchSuggestion.Target(invoiceID: self[place].id, owedMinor: self[place].owed)
    }

    private func sum(_ places: [Int]) -> Int? {
        var sum = 0
        for place in places {
            let (next, overflow) = sum.addingReportingOverflow(self[place].owed)
            guard !overflow else { return nil }
            sum = next
        }
        return sum
    }
}

extension [MatchSuggestion] {
    /// What is booked by itself: the first, if it is sure enough, leaves nothing to choose, and no other is sure enough
    /// either.
    ///
    /// - Parameter least: how sure it must be, in hundredths; with `nil` nothing is.
    func booksItself(from least: Int?) -> MatchSuggestion? {
        guard let least, let best = first, best.confidence >= least, !best.needsSomebody else { return nil }
        return dropFirst().contains { $0.confidence >= least } ? nil : best
    }
}
