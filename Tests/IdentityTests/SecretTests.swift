import Testing

@testable import Identity

@Suite("Secrets")
struct SecretTests {
    @Test("a secret is 256 random bits and reads back as itself")
    func readsBack() {
        let secret = Secret()
        #expect(secret.text.utf8.count == 43)
        #expect(Secret(secret.text) == secret)
        #expect(Base64URL.decode(secret.text)?.count == 32)
        #expect(Secret() != secret)
    }

    @Test(
        "what cannot be a secret is none",
        arguments: [
            "", "short", String(repeating: "a", count: 42), String(repeating: "a", count: 44),
            String(repeating: "a", count: 42) + "=", String(repeating: "a", count: 42) + "+",
            String(repeating: "a", count: 42) + "/", String(repeating: "a", count: 42) + "\n",
            String(repeating: "é", count: 21) + "a", String(repeating: " ", count: 43),
        ]
    )
    func refused(_ text: String) { #expect(Secret(text) == nil) }

    @Test("values for two uses differ, and neither is the secret")
    func derived() {
        let secret = Secret()
        #expect(secret.derived(for: "form") == secret.derived(for: "form"))
        #expect(secret.derived(for: "form") != secret.derived(for: "openid"))
        #expect(secret.derived(for: "form") != secret.text)
    }

    @Test("texts are compared whole")
    func equality() {
        #expect(Secret.isEqual("abc", "abc"))
        #expect(!Secret.isEqual("abc", "abd"))
        #expect(!Secret.isEqual("abc", "abcd"))
        #expect(Secret.isEqual("", ""))
    }

    @Test("base 64 has one text for each row of bytes")
    func strictBase64() {
        #expect(Base64URL.decode("AA") == [0])
        for text in ["AB", "AA==", "A", "A A", "+/", "AA\n", "AAAAA", "AAB"] { #expect(Base64URL.decode(text) == nil) }
    }

    @Test(
        "base 64 is that of RFC 4648, section 10, with the letters of section 5",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"), ("\u{3ff}?>", "z78_Pg"),
        ]
    )
    func base64(_ plain: String, _ coded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == coded)
        #expect(Base64URL.decode(coded) == Array(plain.utf8))
    }
}

@Suite("E-mail addresses")
struct EmailAddressTests {
    @Test(
        "an address is trimmed and in small letters",
        arguments: [
            (" Anna@Lund.Example ", "anna@lund.example"), ("a.b+c@x-y.example", "a.b+c@x-y.example"),
            ("o'neil@example.org", "o'neil@example.org"), ("a@b.c", "a@b.c"),
            (String(repeating: "a", count: 64) + "@b.example", String(repeating: "a", count: 64) + "@b.example"),
        ]
    )
    func taken(_ given: String, _ text: String) { #expect(EmailAddress(given)?.text == text) }

    @Test(
        "what is no address, or could change a mail's header, is refused",
        arguments: [
            "", "anna", "@b.example", "anna@", "anna@lund", "a@b@c.example", "a b@c.example", "a@b .example",
            "a@b.example\r\nBcc: all@b.example", "a@b.example\n", "\ta\t@b.example", "\"a b\"@c.example",
            "a,b@c.example",
            "<a@b.example>", "a@b..example", "a@.example", "a@b.example.", "a@-b.example", "a@b-.example",
            "a..b@c.example",
            ".a@b.example", "a.@b.example", "å@b.example", "a@bü.example", "a@[127.0.0.1]", "a\u{0}@b.example",
            String(repeating: "a", count: 65) + "@b.example", "a@" + String(repeating: "b", count: 64) + ".example",
            "a@" + Array(repeating: "bbbbbbbbbb", count: 23).joined(separator: ".") + ".example",
        ]
    )
    func refused(_ given: String) { #expect(EmailAddress(given) == nil) }

    @Test("letters that become ASCII when they are made small do not make two addresses one")
    func foreignLetters() {
        #expect(EmailAddress("mi\u{212A}e@b.example") == nil)
        #expect(EmailAddress("m\u{0130}ke@b.example") == nil)
    }
}
