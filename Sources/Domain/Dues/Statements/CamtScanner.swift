import Languages
import XML

/// A bank's file as XML; what is wrong with it is said in the words of statements.
struct CamtScanner {
    private var scanner: XMLScanner

    init(_ bytes: [UInt8], part: String) throws(StatementRefusal) {
        let limits = XMLLimits(bytes: StatementFile.largestBytes, depth: 32)
        do { scanner = try XMLScanner(bytes, part: part, limits: limits) } catch { throw StatementRefusal(error) }
    }

    /// The next tag that opens, or the end of one; text between tags means nothing here.
    mutating func next() throws(StatementRefusal) -> XMLScanner.Event? {
        do {
            while let event = try scanner.next() {
                if case .text = event { continue }
                return event
            }
            return nil
        } catch { throw StatementRefusal(error) }
    }

    mutating func branch(_ tag: XMLScanner.Tag) throws(StatementRefusal) -> XMLBranch {
        do { return try scanner.branch(tag, limits: XMLBranchLimits(elements: 500_000)) } catch {
            throw StatementRefusal(error)
        }
    }

    func namespace(_ tag: XMLScanner.Tag) throws(StatementRefusal) -> String? {
        do { return try scanner.namespace(declaredBy: tag) } catch { throw StatementRefusal(error) }
    }
}

extension StatementRefusal {
    fileprivate init(_ error: XMLError) {
        switch error {
        case .damaged(let what):
            self = .unreadable(
                say("The file is no whole statement: \(what). Nothing of it was read. Have the bank export it again.")
            )
        case .hasDocumentType(let part):
            self = .unreadable(
                say(
                    "\(part) declares a document type, which no bank's statement does and attacks use. Nothing of it "
                        + "was read. Have the bank export it again."
                )
            )
        case .tooLarge(let what): self = .tooLarge(say("The file is too large: \(what). Split it."))
        }
    }
}

/// What is wrong with one element, as a sentence.
struct CamtFault: Error {
    let words: Phrase
}

/// Amounts as ISO 20022 writes them: never below zero, with the currency beside, and the way apart.
enum CamtAmount {
    static func money(_ element: XMLBranch?) throws(CamtFault) -> Money {
        guard let element else { throw CamtFault(words: say("It has no amount.")) }
        let currency: Currency
        do { currency = try Currency(element.attributes["Ccy"] ?? "") } catch {
            throw CamtFault(words: error.sentence)
        }
        return try money(element.text, currency)
    }

    /// A sum that stands without its currency.
    static func money(_ text: String, _ currency: Currency) throws(CamtFault) -> Money {
        // XML's decimals may leave out a zero on either side of the point.
        var plain = text
        if plain.hasPrefix("+") { plain.removeFirst() }
        if plain.hasPrefix(".") { plain = "0" + plain }
        if plain.hasSuffix(".") { plain.removeLast() }
        let money: Money
        do { money = try Money(plain, currency) } catch { throw CamtFault(words: error.sentence) }
        guard !money.isNegative else {
            throw CamtFault(
                words: say("The amount \(text) is below zero; which way money went is told apart from it.")
            )
        }
        return money
    }

    /// 1 for what came in, -1 for what went out.
    static func sign(_ element: XMLBranch) throws(CamtFault) -> Int {
        switch element.text(at: "CdtDbtInd") {
        case "CRDT": return 1
        case "DBIT": return -1
        default: throw CamtFault(words: say("It does not say whether money came in or went out."))
        }
    }

    static func signed(_ money: Money, _ sign: Int) -> Money { Money(minor: money.minor * sign, money.currency) }

    static func sum(_ amounts: some Sequence<Money>, _ currency: Currency) throws(CamtFault) -> Money {
        var sum = Money.zero(currency)
        for amount in amounts {
            do { sum = try sum + amount } catch { throw CamtFault(words: error.sentence) }
        }
        return sum
    }

    /// `2024-03-05`, also out of an instant.
    static func day(_ element: XMLBranch?) -> String? {
        (element?.text(at: "Dt") ?? element?.text(at: "DtTm") ?? element?.text).map { String($0.prefix(10)) }
    }
}
