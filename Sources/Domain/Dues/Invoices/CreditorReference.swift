/// A creditor reference of ISO 11649: `RF`, two check digits, and up to 21 letters and digits, by which a bank carries a
/// payment's purpose and any slip of a digit shows.
public struct CreditorReference: Sendable, Hashable, CustomStringConvertible {
    /// Without spaces, in capitals: `RF18539007547034`.
    public let text: String

    public var description: String { text }

    /// In groups of four, as people read it: `RF18 5390 0754 7034`.
    public var grouped: String { CheckDigits.grouped(text) }

    /// The reference for something that is known by these letters and digits; other signs are left out.
    ///
    /// `nil` when no letter or digit is left, or more than 21 are.
    public init?(making purpose: String) {
        let signs = purpose.uppercased().utf8.filter(CheckDigits.isLetterOrDigit)
        guard !signs.isEmpty, signs.count <= 21 else { return nil }
        let known = String(decoding: signs, as: UTF8.self)
        let remainder = CheckDigits.remainder(known + "RF00")
        let digits = String(98 - remainder)
        text = "RF" + (digits.count < 2 ? "0" + digits : digits) + known
    }

    /// A reference as somebody typed it or a bank sent it: spaces and small letters are taken. `nil` where it is none, or
    /// its check digits are not right.
    public init?(_ typed: String) {
        let signs = CheckDigits.signs(typed)
        let text = String(decoding: signs, as: UTF8.self)
        guard (5...25).contains(signs.count), text.hasPrefix("RF"), signs.allSatisfy(CheckDigits.isLetterOrDigit),
            signs[2...3].allSatisfy(CheckDigits.isDigit),
            CheckDigits.remainder(String(text.dropFirst(4) + text.prefix(4))) == 1
        else { return nil }
        self.text = text
    }
}

/// An account number of ISO 13616 whose check digits are right.
public struct IBAN: Sendable, Hashable, CustomStringConvertible {
    /// Without spaces, in capitals.
    public let text: String

    public var description: String { text }
    /// In groups of four, as people read it.
    public var grouped: String { CheckDigits.grouped(text) }
    /// The code of the country whose bank has it.
    public var country: String { String(text.prefix(2)) }
    /// Whether credit transfers in euros reach it.
    public var isInSEPA: Bool { Self.sepa.contains(country) }

    /// Spaces and small letters are taken. `nil` where it is none: another length than its country's, or wrong check
    /// digits.
    public init?(_ typed: String) {
        let signs = CheckDigits.signs(typed)
        let text = String(decoding: signs, as: UTF8.self)
        guard (15...34).contains(signs.count), signs.allSatisfy(CheckDigits.isLetterOrDigit),
            signs[0...1].allSatisfy({ !CheckDigits.isDigit($0) }), signs[2...3].allSatisfy(CheckDigits.isDigit),
            Self.lengths[String(text.prefix(2))].map({ $0 == signs.count }) ?? true,
            CheckDigits.remainder(String(text.dropFirst(4) + text.prefix(4))) == 1
        else { return nil }
        self.text = text
    }

    // The lengths by the registry of ISO 13616; a country that is not here is checked by its digits alone.
    private static let lengths: [String: Int] = [
        "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29,
        "BY": 28, "CH": 21, "CR": 22, "CY": 24, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
        "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28,
        "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28,
        "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20,
        "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25,
        "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
        "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
    ]

    // The countries of the European Payments Council's list of SEPA (EPC409-09), by the codes of their account numbers.
    private static let sepa: Set<String> = [
        "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR",
        "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO",
        "RS", "SE", "SI", "SK", "SM", "VA",
    ]
}

/// The check digits of ISO 7064, MOD 97-10.
enum CheckDigits {
    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    /// Without the spaces and hyphens that people write between groups, in capitals; nothing where it holds another sign
    /// than ASCII has, of which some would turn into a letter.
    static func signs(_ typed: String) -> [UInt8] {
        guard typed.utf8.count <= 100, typed.utf8.allSatisfy({ $0 < 0x80 }) else { return [] }
        return typed.uppercased().utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
    }

    /// Of digits and capitals read as one number, in which A is 10 and Z is 35.
    static func remainder(_ text: String) -> Int {
        text.utf8.reduce(0) { rest, byte in
            isDigit(byte)
                ? (rest * 10 + Int(byte - UInt8(ascii: "0"))) % 97
                : (rest * 100 + Int(byte - UInt8(ascii: "A")) + 10) % 97
        }
    }

    static func grouped(_ text: String) -> String {
        stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }.joined(separator: " ")
    }
}
