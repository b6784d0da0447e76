import Charter
import Foundation
import Languages
import Testing

@testable import Dues

@Suite("What a line of a statement can be")
struct MatchTests {
    private static let towns = ["gdynia", "narva", "riga", "stade", "turku", "visby"]

    /// Each town's invoice of 2024 asks for USD 1,000.00; 2024-0006 is Visby's.
    private func index(
        owed: [String: Int] = [:],
        currency: String = "USD",
        more: [MatchInvoice] = [],
        names: [String: [String]] = [:],
        byHand payments: [HandPayment] = []
    ) throws -> MatchIndex {
        let currency = try Currency(currency)
        let invoices = try Self.towns.enumerated().map { place, town in
            let number = "2024-000\(place + 1)"
            return MatchInvoice(
                id: "i-\(town)",
                number: number,
                reference: try #require(CreditorReference(making: number)).text,
                memberID: town,
                currency: currency,
                owed: owed[town] ?? 100_000
            )
        }
        let plain = Dictionary(uniqueKeysWithValues: Self.towns.map { ($0, [$0.capitalized]) })
        return MatchIndex(invoices + more, names: plain.merging(names) { $1 }, byHand: payments)
    }

    private func line(
        _ amount: Int,
        _ text: String = "",
        name: String? = nil,
        references: [String] = [],
        currency: String = "USD"
    ) throws -> StatementLine {
        StatementLine(
            number: 1,
            bookedOn: try #require(Day("2024-03-05")),
            amount: Money(minor: amount, try Currency(currency)),
            name: name,
            text: text,
            references: references
        )
    }

    /// `full 99 i-visby: reference amount`
    private func shown(_ suggestions: [MatchSuggestion]) -> [String] {
        suggestions.map { one in
            let what = one.targets.map(\.invoiceID).joined(separator: "+") + (one.paymentID ?? "")
            let why = one.reasons.map(\.rawValue).joined(separator: " ")
            return "\(one.sort.rawValue) \(one.confidence) \(what): \(why)"
        }
    }

    @Test(arguments: [
        (100_000, "", "RF91 2024 0006", "full 99 i-visby: reference amount"),
        (40_000, "", "RF9120240006", "part 97 i-visby: reference otherAmount"),
        (120_000, "", "rf9120240006", "over 96 i-visby: reference otherAmount"),
        (100_000, "dues RF91 2024 0006", "", "full 98 i-visby: referenceInText amount"),
        (100_000, "DUES2024RF9120240006THANKS", "", "full 98 i-visby: referenceInText amount"),
        (100_000, "Invoice 2024-0006", "", "full 96 i-visby: number amount"),
        (100_000, "2024-0006, Visby", "", "full 97 i-visby: number name amount"),
        (70_000, "2024-0006", "", "part 80 i-visby: number otherAmount"),
        (100_000, "dues of Visby", "", "full 90 i-visby: name amount"),
        (30_000, "Visby", "", "part 60 i-visby: name otherAmount"),
    ])
    func `one invoice is found by reference, number, name and amount, each as sure as it is`(
        _ amount: Int,
        _ text: String,
        _ reference: String,
        _ expected: String
    ) throws {
        let references = reference.isEmpty ? [] : [reference]
        let found = try index().suggestions(line(amount, text, references: references))
        #expect(shown(found).first == expected)
    }

    @Test func `a reference with a wrong digit leads nowhere, nor does what only looks like a number`() throws {
        for text in ["RF91 2024 0005", "RF92 2024 0006", "C2024-0006", "12024-0006", "20240006", "X2024-0006"] {
            #expect(try shown(index().suggestions(line(77_700, text))) == [], "\(text)")
        }
        // A longer number is another invoice's.
        #expect(try shown(index().suggestions(line(77_700, "2024-00061"))) == [])
    }

    @Test func `one transfer for several invoices is booked by itself only when the sum is right`() throws {
        let refs = "RF9120240006 and RF2120240005"
        #expect(
            try shown(index().suggestions(line(200_000, refs)))
                == ["several 98 i-visby+i-turku: referenceInText sum"]
        )
        #expect(try index().suggestions(line(200_000, refs)).booksItself(from: 95) != nil)
        #expect(try index().suggestions(line(199_000, refs)).booksItself(from: 95) == nil)
        let numbers = try index().suggestions(line(200_000, "2024-0006 2024-0005"))
        #expect(shown(numbers) == ["several 95 i-visby+i-turku: number sum"])
        #expect(numbers.booksItself(from: 95)?.targets.count == 2)
    }

    @Test func `from where on a line is booked by itself is given, and what leaves a choice never is`() throws {
        let named = try index().suggestions(line(100_000, "dues of Visby"))
        #expect(named.booksItself(from: 91) == nil)
        #expect(named.booksItself(from: 90)?.targets.map(\.invoiceID) == ["i-visby"])
        let cited = try index().suggestions(line(100_000, references: ["RF9120240006"]))
        #expect(cited.booksItself(from: 99) != nil)
        #expect(cited.booksItself(from: 100) == nil)
        #expect(cited.booksItself(from: nil) == nil)
        let foreign = try index().suggestions(line(92_000, references: ["RF9120240006"], currency: "EUR"))
        #expect(shown(foreign) == ["exchanged 94 i-visby: reference"])
        #expect(foreign.booksItself(from: 80) == nil)
        let paid = try index(owed: ["visby": 0]).suggestions(line(100_000, references: ["RF9120240006"]))
        #expect(paid.booksItself(from: 80) == nil)
        var short = try line(98_500, references: ["RF9120240006"])
        short.charge = Money(minor: 1500, try Currency("USD"))
        #expect(try index().suggestions(short).booksItself(from: 80) == nil)
        let byHand = HandPayment(
            id: "p1",
            receivedOn: try #require(Day("2024-03-01")),
            amount: Money(minor: 100_000, try Currency("USD")),
            memberIDs: ["visby"]
        )
        let known = try index(byHand: [byHand]).suggestions(line(100_000, references: ["RF9120240006"]))
        #expect(known.booksItself(from: 80) == nil)
        #expect(Array(known.dropFirst()).booksItself(from: 80) == nil)
    }

    @Test func `all open invoices of a member together are suggested by its name and the sum`() throws {
        let earlier = MatchInvoice(
            id: "i-old",
            number: "2023-0006",
            reference: "RF0020230006",
            memberID: "visby",
            currency: try Currency("USD"),
            owed: 50_000
        )
        let found = try index(more: [earlier]).suggestions(line(150_000, "", name: "Visby"))
        #expect(shown(found) == ["several 88 i-visby+i-old: name sum"])
        #expect(found.booksItself(from: 95) == nil)
    }

    @Test func `a paid invoice is a double payment, and never booked by itself`() throws {
        let found = try index(owed: ["visby": 0]).suggestions(line(100_000, references: ["RF9120240006"]))
        #expect(shown(found) == ["double 90 i-visby: reference paidAlready"])
        #expect(found.booksItself(from: 95) == nil)
    }

    @Test func `another currency and what the bank took wait for a person`() throws {
        var foreign = try line(92_000, references: ["RF9120240006"], currency: "EUR")
        #expect(try shown(index().suggestions(foreign)) == ["exchanged 94 i-visby: reference"])
        foreign.instructed = Money(minor: 100_000, try Currency("USD"))
        #expect(try shown(index().suggestions(foreign)) == ["exchanged 94 i-visby: reference payerSentAll"])
        var short = try line(98_500, references: ["RF9120240006"])
        short.charge = Money(minor: 1500, try Currency("USD"))
        let charged = try index().suggestions(short)
        #expect(shown(charged) == ["charged 94 i-visby: reference bankSaysCharge"])
        #expect(charged.booksItself(from: 95) == nil)
        // Another charge than what is missing explains nothing: it is a part.
        short.charge = Money(minor: 1000, try Currency("USD"))
        #expect(try shown(index().suggestions(short)) == ["part 97 i-visby: reference otherAmount"])
    }

    @Test func `money that went out, and a booking taken back, are nobody's payment`() throws {
        #expect(try index().suggestions(line(-100_000, "RF9120240006")) == [])
        var back = try line(100_000, "RF9120240006")
        back.isReversal = true
        #expect(try index().suggestions(back) == [])
    }

    @Test func `names are folded, other names count, and a name that is only begun counts less`() throws {
        let names = ["visby": ["Visby", "Wisby stad"], "turku": ["Łódź upon Aura"]]
        #expect(
            try shown(index(names: names).suggestions(line(100_000, "", name: "STAD WISBY"))).first
                == "full 90 i-visby: name amount"
        )
        #expect(
            try shown(index(names: names).suggestions(line(100_000, "", name: "lodz aura"))).first
                == "full 75 i-turku: partOfName amount"
        )
    }

    @Test func `two members of one name are both suggested, each less sure`() throws {
        let names = ["visby": ["Port"], "turku": ["Port"]]
        let found = try index(names: names).suggestions(line(100_000, "Port"))
        #expect(shown(found).prefix(2).sorted() == ["full 75 i-turku: name amount", "full 75 i-visby: name amount"])
    }

    @Test func `the amount alone suggests only where few ask for it`() throws {
        #expect(try index().suggestions(line(100_000, "a gift")) == [])
        let found = try index(owed: ["visby": 123_456]).suggestions(line(123_456, "a gift"))
        #expect(shown(found) == ["full 50 i-visby: amount onlyOne"])
    }

    @Test func `a payment that was entered by hand comes before, and nothing of it is booked twice`() throws {
        let payment = HandPayment(
            id: "p1",
            receivedOn: try #require(Day("2024-03-01")),
            amount: Money(minor: 100_000, try Currency("USD")),
            memberIDs: ["visby"]
        )
        let doubled = try index(owed: ["visby": 0], byHand: [payment])
            .suggestions(line(100_000, references: ["RF9120240006"]))
        #expect(
            shown(doubled)
                == ["known 93 p1: enteredByHand", "double 90 i-visby: reference paidAlready enteredByHand"]
        )
        // Kept as a credit, it left the invoice open: still no other payment is booked by itself.
        let open = try index(byHand: [payment]).suggestions(line(100_000, references: ["RF9120240006"]))
        #expect(open.booksItself(from: 95) == nil)
        #expect(shown(open).first == "known 93 p1: enteredByHand")
        let other = try index(byHand: [payment]).suggestions(line(100_000, references: ["RF2120240005"]))
        #expect(other.booksItself(from: 95)?.targets.map(\.invoiceID) == ["i-turku"])
    }

    @Test func `what was booked for one line is found booked by the next`() throws {
        var index = try index()
        let cited = try line(100_000, references: ["RF9120240006"])
        let place = try #require(index.place(ofInvoice: "i-visby"))
        index.take(60_000, at: place)
        #expect(shown(index.suggestions(cited)) == ["over 96 i-visby: reference otherAmount"])
        #expect(try shown(index.suggestions(line(40_000, "thanks"))) == ["full 50 i-visby: amount onlyOne"])
        index.take(40_000, at: place)
        #expect(shown(index.suggestions(cited)) == ["double 90 i-visby: reference paidAlready"])
    }

    @Test func `a suggestion is kept as text and read again`() throws {
        let all =
            try index().suggestions(line(200_000, "RF9120240006 and RF2120240005"))
            + [MatchSuggestion(.known, 93, [.enteredByHand], [], payment: "p1")]
        #expect(MatchSuggestion.list(stored: MatchSuggestion.stored(all)) == all)
        #expect(MatchSuggestion.list(stored: "") == [])
        #expect(MatchSuggestion(stored: "nonsense") == nil)
        for sort in MatchSuggestion.Sort.allCases { #expect(!sort.words.english.isEmpty) }
        for reason in MatchSuggestion.Reason.allCases { #expect(reason.words.english.hasSuffix(".")) }
    }

    /// Held against each other, the lines and invoices would be compared 400 million times; it takes seconds only where
    /// each line asks a few tables.
    @Test(.timeLimit(.minutes(2)))
    func `many lines are matched against many invoices, also where all are of one amount and one word`() throws {
        let count = 20_000
        let currency = try Currency("USD")
        let invoices = try (1...count).map { number in
            let text = "2024-\(10_000 + number)"
            return MatchInvoice(
                id: "i\(number)",
                number: text,
                reference: try #require(CreditorReference(making: text)).text,
                memberID: "m\(number)",
                currency: currency,
                owed: 100_000
            )
        }
        let names = Dictionary(uniqueKeysWithValues: (1...count).map { ("m\($0)", ["City of town\($0)"]) })
        let index = MatchIndex(invoices, names: names)
        var booked = 0
        var suggested = 0
        for (place, invoice) in invoices.enumerated() {
            let text =
                switch place % 3 {
                case 0: "dues \(invoice.reference)"
                case 1: "dues of the city of town\(place + 1)"
                default: "dues of the city"
                }
            let found = index.suggestions(try line(100_000, text))
            if found.booksItself(from: 95)?.targets.first?.invoiceID == invoice.id { booked += 1 }
            if found.first?.targets.first?.invoiceID == invoice.id { suggested += 1 }
        }
        #expect(booked == 6667)
        #expect(suggested == 13_334)
    }
}
