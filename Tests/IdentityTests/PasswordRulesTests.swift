import Languages
import Testing

@testable import Identity

@Suite("Which passwords are taken")
struct PasswordRulesTests {
    private let anna = Person(
        id: "p1",
        name: "Anna Lindqvist",
        email: "a.lindqvist+work@lund.example",
        language: "en",
        createdAt: "",
        hasPassword: false,
        hasSecondFactor: false
    )

    private func problem(_ password: String) -> String? {
        PasswordRules.problem(password, for: anna, association: "Ports")?.english
    }

    @Test(
        "a long password that nobody would try first is taken",
        arguments: [
            "harbour lantern seven gulls", "correct horse battery staple", "x9$kTq!27vLm", "gråsparven flyger hem",
            "서울의 달이 밝은 밤 열두", "8302951746621930", "my dragon eats baseballs", String(repeating: "ab1 ce7 ", count: 25),
            "Tr0mbone&violin", "😀😃😄😁😆😅🤣😂🙂🙃😉😊",
        ]
    )
    func taken(_ password: String) { #expect(problem(password) == nil) }

    @Test("eleven characters are too few and twelve are enough, two hundred are enough and one more too many")
    func length() {
        #expect(problem("kq7 vx2 wz9")?.contains("11 characters") == true)
        #expect(problem("kq7 vx2 wz9 ") == nil)
        let long = String(repeating: "kq7 vx2 wz", count: 20)
        #expect(problem(long) == nil)
        #expect(problem(long + "!")?.contains("201 characters") == true)
        #expect(problem("") != nil)
    }

    @Test("characters are counted after composition")
    func composition() { #expect(problem("e\u{301}\u{301}\u{301}e\u{301}kq7vx") != nil) }

    @Test(
        "a common password in any of the usual disguises is refused",
        arguments: [
            "password1234", "Password1234!", "P@ssw0rd!2026", "p4ssw0rd123456", "PASSWORDPASSWORD", "123456789012",
            "qwertyuiop12", "1qaz2wsx3edc", "Letmein12345!", "1234letmein!!", "iloveyou2026!", "aaaaaaaaaaaa",
            "121212121212",
            "abcdefghijkl", "zyxwvutsrqpo", "098765432109", "abcabcabcabc", "qwerty123456", "Sup3rman!!!!!",
            "!!!dragon2024",
            "Pässwörd1234", "justinbieber", "monkeymonkey", "trustno1trustno1", "whatever1!1!1!", "            ",
        ]
    )
    func common(_ password: String) { #expect(problem(password)?.contains("tried first") == true) }

    @Test(
        "what others know of the person or the association is refused",
        arguments: [
            "lindqvist sings at nine", "I am ANNA of the north", "L1ndqv1st and the sea", "the ports of the north",
            "blue p0rt5 at night", "annalindqvist kvx", "gulls at work at dawn",
        ]
    )
    func known(_ password: String) { #expect(problem(password)?.contains("know of you") == true) }

    @Test("a name of two syllables counts in Hangul, three letters do not in Latin")
    func shortNames() {
        #expect(PasswordRules.problem("민준 harbour lantern", names: ["민준"]) != nil)
        #expect(PasswordRules.problem("kim harbour lantern", names: ["Kim"]) == nil)
    }

    @Test("a line break is refused")
    func lineBreak() { #expect(problem("harbour\nlantern seven") != nil) }

    @Test("the list has ten thousand passwords, long ones among them")
    func list() {
        let words = CommonPasswords.standard.words
        #expect(words.count > 9_000)
        #expect(words.filter { $0.count >= 12 }.count > 200)
        #expect(!words.contains { $0.hasPrefix("#") })
    }
}
