import Testing

@testable import Dues

@Suite("References, accounts and codes of payments")
struct ReferenceTests {
    @Test(
        "known references have the check digits that they should",
        arguments: [("539007547034", "RF18539007547034"), ("2024-0001", "RF3220240001")]
    )
    func makes(purpose: String, reference: String) throws {
        #expect(CreditorReference(making: purpose)?.text == reference)
        #expect(CreditorReference(reference)?.text == reference)
    }

    @Test("a reference is taken with spaces and small letters")
    func lenient() {
        #expect(CreditorReference("rf18 5390 0754 7034")?.text == "RF18539007547034")
        #expect(CreditorReference("RF18539007547034")?.grouped == "RF18 5390 0754 7034")
    }

    @Test("every slip of one sign, and every two neighbours that change places, show")
    func slips() throws {
        let right = Array("RF18539007547034")
        for place in 2..<right.count {
            for digit in "0123456789" where digit != right[place] {
                var wrong = right
                wrong[place] = digit
                #expect(CreditorReference(String(wrong)) == nil, "\(String(wrong))")
            }
        }
        for place in 2..<(right.count - 1) where right[place] != right[place + 1] {
            var wrong = right
            wrong.swapAt(place, place + 1)
            #expect(CreditorReference(String(wrong)) == nil, "\(String(wrong))")
        }
    }

    @Test(
        "what is no reference is none",
        arguments: ["", "RF", "RF18", "XX18539007547034", "RF1853900754703４", "RF18-ß"]
    )
    func refuses(text: String) { #expect(CreditorReference(text) == nil) }

    @Test(
        "a purpose without a letter or digit, or with too many, makes none",
        arguments: ["", "---", "1234567890123456789012"]
    )
    func noPurpose(text: String) { #expect(CreditorReference(making: text) == nil) }

    @Test(
        "published examples of account numbers are right",
        arguments: [
            "DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "BE72000000001616", "at611904300234573201",
            "NO9386011117947", "MT84MALT011000012345MTLCAST001S",
        ]
    )
    func accounts(text: String) { #expect(IBAN(text) != nil) }

    @Test(
        "a wrong digit, a wrong length and a wrong country show",
        arguments: [
            "DE89370400440532013001", "DE8937040044053201300", "D189370400440532013000", "", "DE", "DE89 3704 É",
        ]
    )
    func wrongAccounts(text: String) { #expect(IBAN(text) == nil) }

    @Test("only countries of SEPA are in it")
    func sepa() throws {
        let (german, brazilian) = (IBAN("DE89370400440532013000"), IBAN("BR1800360305000010009795493C1"))
        #expect(try #require(german).isInSEPA)
        #expect(try #require(brazilian).isInSEPA == false)
    }

    // The example of the guideline (EPC069-12), as version 002 has it.
    @Test("the guideline's example")
    func example() throws {
        let payload = EPCCode.payload(
            holder: "Red Cross of Belgium",
            iban: "BE72 0000 0000 1616",
            bic: "BPOTBEB1",
            amount: try Money("1", Currency("EUR")),
            purpose: "CHAR",
            reference: "Urgency fund",
            information: "Sample EPC QR code"
        )
        #expect(
            payload
                == """
                BCD
                002
                1
                SCT
                BPOTBEB1
                Red Cross of Belgium
                BE72000000001616
                EUR1.00
                CHAR

                Urgency fund
                Sample EPC QR code
                """
        )
    }

    @Test("a structured reference stands in its own line, and nothing follows the last that says something")
    func structured() throws {
        let payload = EPCCode.payload(
            holder: "Ports",
            iban: "DE89370400440532013000",
            amount: try Money("123.45", Currency("EUR")),
            reference: "RF18 5390 0754 7034"
        )
        #expect(payload == "BCD\n002\n1\nSCT\n\nPorts\nDE89370400440532013000\nEUR123.45\n\nRF18539007547034")
    }

    @Test("there is no code of what SEPA cannot carry")
    func none() throws {
        func payload(_ amount: String, _ currency: String, _ iban: String, holder: String = "Ports") throws -> String? {
            EPCCode.payload(
                holder: holder,
                iban: iban,
                amount: try Money(amount, Currency(currency)),
                reference: "RF18539007547034"
            )
        }
        let iban = "DE89370400440532013000"
        #expect(try payload("100", "USD", iban) == nil)
        #expect(try payload("0", "EUR", iban) == nil)
        #expect(try payload("1000000000.00", "EUR", iban) == nil)
        #expect(try payload("999999999.99", "EUR", iban) != nil)
        #expect(try payload("100", "EUR", "BR1800360305000010009795493C1") == nil)
        #expect(try payload("100", "EUR", "DE89370400440532013001") == nil)
        #expect(try payload("100", "EUR", iban, holder: String(repeating: "x", count: 71)) == nil)
        #expect(try payload("100", "EUR", iban, holder: "Ports\nEUR1") == nil)
    }
}
