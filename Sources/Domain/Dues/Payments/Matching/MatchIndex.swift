import Charter

/// An invoice as a line of a statement can be for it.
struct MatchInvoice: Sendable, Equatable {
    let id: String
    let number: String
    let reference: String
    let memberID: String
    let currency: Currency
    /// What it still asks for, in minor units.
    var owed: Int
}

/// A payment that somebody entered by hand, and that no line of a statement is yet.
struct HandPayment: Sendable, Equatable {
    let id: String
    let receivedOn: Day
    let amount: Money
    let memberIDs: Set<String>
}

/// All that lines can be for, found by reference, by number, by amount and by the words of names: each line asks a few
/// tables and is never held against every invoice.
struct MatchIndex: Sendable {
    /// A word that more members share than this tells none of them.
    static let mostBearers = 64
    /// Of an amount that more invoices ask for than this none is suggested.
    static let mostAlike = 5
    /// How many members a text may name.
    static let mostNamed = 20

    private(set) var invoices: [MatchInvoice] = []
    private var byID: [String: Int] = [:]
    private var byReference: [String: Int] = [:]
    private var byNumber: [String: Int] = [:]
    private var byAmount: [Money: [Int]] = [:]
    private var open: [String: [Int]] = [:]
    private var names: [String: [[String]]] = [:]
    private var byWord: [String: [String]] = [:]
    private var byHand: [Money: [HandPayment]] = [:]

    /// - Parameters:
    ///   - invoices: also those that ask for nothing any more; of one member's the earliest due first.
    ///   - names: all names of a member, by its id.
    init(_ invoices: [MatchInvoice], names: [String: [String]], byHand payments: [HandPayment] = []) {
        self.invoices = invoices
        byID.reserveCapacity(invoices.count)
        byReference.reserveCapacity(invoices.count)
        byNumber.reserveCapacity(invoices.count)
        for (place, invoice) in invoices.enumerated() {
            byID[invoice.id] = place
            byReference[invoice.reference] = place
            byNumber[invoice.number] = place
            guard invoice.owed > 0 else { continue }
            byAmount[Money(minor: invoice.owed, invoice.currency), default: []].append(place)
            open[invoice.memberID, default: []].append(place)
        }
        // Whose payment was entered by hand may owe nothing any more, and is named by its line all the same.
        for member in Set(open.keys).union(payments.flatMap(\.memberIDs)) {
            let words = (names[member] ?? []).map { Array(MatchWords.words($0)) }.filter { !$0.isEmpty }
            self.names[member] = words
            for word in Set(words.joined()) { byWord[word, default: []].append(member) }
        }
        for payment in payments { byHand[payment.amount, default: []].append(payment) }
    }

    subscript(place: Int) -> MatchInvoice { invoices[place] }

    /// The places of the invoices whose references stand in a line, and whether in a field of their own.
    func cited(_ line: StatementLine) -> (places: [Int], isOwnField: Bool) {
        let own = line.references.compactMap { CreditorReference($0).flatMap { byReference[$0.text] } }
        if !own.isEmpty { return (Self.once(own), true) }
        let text = ([line.text] + line.references).joined(separator: " ")
        return (Self.once(MatchWords.references(text).compactMap { byReference[$0] }), false)
    }

    /// The places of the invoices whose numbers stand in a line.
    func numbered(_ line: StatementLine) -> [Int] {
        let text = ([line.text] + line.references).joined(separator: " ")
        return Self.once(MatchWords.numbers(text).compactMap { byNumber[$0] })
    }

    /// The members whose names a line holds, and whether all words of one.
    func named(_ line: StatementLine) -> [(memberID: String, isWhole: Bool)] {
        let words = MatchWords.words("\(line.name ?? "") \(line.text)")
        var found: Set<String> = []
        for word in words {
            guard let bearers = byWord[word], bearers.count <= Self.mostBearers else { continue }
            found.formUnion(bearers)
        }
        guard found.count <= Self.mostNamed * Self.mostBearers else { return [] }
        let named = found.compactMap { member -> (memberID: String, isWhole: Bool)? in
            let names = names[member] ?? []
            if names.contains(where: { $0.allSatisfy(words.contains) }) { return (member, true) }
            let isHalf = names.contains { name in name.count { words.contains($0) } * 2 >= name.count }
            return isHalf ? (member, false) : nil
        }
        // One that is named in full leaves no doubt about those of which a part is the same.
        let whole = named.filter(\.isWhole)
        return Array((whole.isEmpty ? named : whole).sorted { $0.memberID < $1.memberID }.prefix(Self.mostNamed))
    }

    /// The places of a member's invoices in a currency that still ask for something, the earliest due first.
    func open(_ memberID: String, _ currency: Currency) -> [Int] {
        (open[memberID] ?? []).filter { invoices[$0].owed > 0 && invoices[$0].currency == currency }
    }

    /// The places of the invoices that ask for just this amount; none where too many do.
    func asking(_ amount: Money) -> [Int] {
        guard let places = byAmount[amount], places.count <= Self.mostAlike * 20 else { return [] }
        let asking = Self.once(places.filter { invoices[$0].owed == amount.minor })
        return asking.count <= Self.mostAlike ? asking : []
    }

    /// Payments of this very amount that were entered by hand for days close to a line's.
    func enteredByHand(_ line: StatementLine) -> [HandPayment] {
        (byHand[line.amount] ?? []).filter { abs($0.receivedOn.daysSince(line.bookedOn)) <= 10 }
    }

    /// Notes that an invoice asks for less by so much, so that the next line finds what is left.
    mutating func take(_ minor: Int, at place: Int) {
        invoices[place].owed -= minor
        guard invoices[place].owed > 0 else { return }
        byAmount[Money(minor: invoices[place].owed, invoices[place].currency), default: []].append(place)
    }

    func place(ofInvoice id: String) -> Int? { byID[id] }

    private static func once(_ places: some Sequence<Int>) -> [Int] {
        var seen: Set<Int> = []
        return places.filter { seen.insert($0).inserted }
    }
}
