import Languages
import Testing

@Suite("Formats of each language")
struct FormatsTests {
    @Test(
        "whole numbers are grouped as the language does",
        arguments: [
            (Language.english, 999, "999"), (.english, 1000, "1,000"), (.english, -1_234_567, "-1,234,567"),
            (.spanish, 1234, "1234"), (.spanish, 9999, "9999"), (.spanish, 10_000, "10.000"),
            (.spanish, -12_345, "-12.345"), (.korean, 1000, "1,000"), (.chinese, 130_996_081, "130,996,081"),
            (.english, .max, "9,223,372,036,854,775,807"), (.english, .min, "-9,223,372,036,854,775,808"),
        ]
    )
    func whole(language: Language, number: Int, text: String) { #expect(language.written(number) == text) }

    @Test(
        "decimals are cut where nothing follows",
        arguments: [
            (Language.english, 605.0, 2, "605"), (.english, 1234.5, 2, "1,234.5"), (.english, 0.005, 2, "0"),
            (.english, 0.015, 2, "0.02"), (.english, -0.001, 2, "0"), (.spanish, 1234.5, 2, "1234,5"),
            (.spanish, 12_345.678, 2, "12.345,68"), (.korean, 0.1 + 0.2, 2, "0.3"), (.english, 2.5, 0, "2"),
            (.english, .nan, 2, "–"), (.english, .infinity, 2, "–"), (.english, 1e15, 2, "–"),
        ]
    )
    func decimals(language: Language, number: Double, places: Int, text: String) {
        #expect(language.written(number, places: places) == text)
    }

    @Test(
        "amounts have all their decimals, and the code where the language has it",
        arguments: [
            (Language.english, 123_450, 2, "USD", "USD\u{A0}1,234.50"), (.english, 5, 2, "USD", "USD\u{A0}0.05"),
            (.english, -123_450, 2, "USD", "-USD\u{A0}1,234.50"), (.english, 2000, 0, "KRW", "KRW\u{A0}2,000"),
            (.korean, 200_000, 2, "USD", "USD\u{A0}2,000.00"), (.chinese, 1_234_567, 3, "KWD", "KWD\u{A0}1,234.567"),
            (.spanish, 123_450, 2, "EUR", "1234,50\u{A0}EUR"), (.spanish, -1_234_567, 2, "EUR", "-12.345,67\u{A0}EUR"),
            (.english, .min, 2, "USD", "-USD\u{A0}92,233,720,368,547,758.08"),
            (.english, .min, 0, "KRW", "-KRW\u{A0}9223372036854775808"),
        ]
    )
    func money(language: Language, minor: Int, places: Int, code: String, text: String) {
        #expect(language.written(minor: minor, places: places, code: code) == text)
    }

    @Test(
        "lists end with the language's own word",
        arguments: [
            (Language.english, ["A"], "A"), (.english, ["A", "B"], "A and B"),
            (.english, ["A", "B", "C"], "A, B and C"),
            (.spanish, ["España", "Italia"], "España e Italia"), (.spanish, ["cobre", "hierro"], "cobre y hierro"),
            (.spanish, ["Lima", "Hidalgo"], "Lima e Hidalgo"), (.chinese, ["甲", "乙", "丙"], "甲、乙和丙"),
            (.korean, ["가", "나"], "가 및 나"), (.english, [], ""),
        ]
    )
    func lists(language: Language, items: [String], text: String) { #expect(language.written(items, .and) == text) }

    @Test("or changes in Spanish before the sound o")
    func or() {
        #expect(Language.spanish.written(["siete", "ocho"], .or) == "siete u ocho")
        #expect(Language.spanish.written(["7", "8"], .or) == "7 u 8")
        #expect(Language.spanish.written(["10", "11"], .or) == "10 u 11")
        #expect(Language.spanish.written(["A", "B"], .or) == "A o B")
    }
}
