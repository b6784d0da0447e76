import Database
import Testing

@Suite struct FoldingTests {
    @Test(arguments: [
        ("Łódź", "lodz"), ("São Paulo", "sao paulo"), ("İstanbul", "istanbul"), ("Beyoğlu", "beyoglu"),
        ("Muğla", "mugla"),
        ("Diyarbakır", "diyarbakir"), ("Straße", "strasse"), ("Ærø", "aero"), ("서울", "서울"), ("成都", "成都"),
        ("Ｓｅｏｕｌ", "seoul"),
        ("Thừa Thiên Huế", "thua thien hue"), ("Đà Nẵng", "da nang"), ("Астана", "астана"),
    ])
    func foldsToOneSpelling(_ printed: String, _ folded: String) {
        #expect(Folding.fold(printed) == folded)
    }

    @Test func wordsAreRunsOfLettersAndDigits() {
        #expect(
            Folding.words("San Fernando, La Union (Philippines) 2") == [
                "san", "fernando", "la", "union", "philippines", "2",
            ]
        )
        #expect(Folding.words("Nur-Sultan") == ["nur", "sultan"])
        #expect(Folding.words("  …  ") == [])
    }

    @Test(arguments: [
        ("wellingtn", "wellington", true), ("welington", "wellington", true), ("wellingotn", "wellington", true),
        ("wellinxton", "wellington", true), ("seoul", "seoul", true), ("seuol", "seoul", true),
        ("wellngtn", "wellington", false),
        ("abdc", "cdba", false), ("a", "b", true), ("ab", "cd", false), ("", "a", true),
    ])
    func oneSlipAndNoMore(_ typed: String, _ meant: String, _ within: Bool) {
        #expect(Typing.isWithinOneSlip(Array(typed), Array(meant)) == within)
    }

    @Test func keysSortByTheTimeTheyWereMade() {
        let keys = (0..<5000).map { _ in Identifier.make() }
        #expect(keys == keys.sorted())
        #expect(Set(keys).count == 5000)
        #expect(keys.allSatisfy { $0.count == 36 && Array($0)[14] == "7" && "89ab".contains(Array($0)[19]) })
    }
}
