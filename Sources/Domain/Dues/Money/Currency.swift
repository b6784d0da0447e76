/// A currency of ISO 4217, by its code. There is none with a code that the standard does not have.
public struct Currency: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Three capital letters, as `USD`.
    public let code: String

    /// How many digits of an amount's minor units stand after the decimal sign: 2 of USD, 0 of KRW.
    public var exponent: Int { Self.exceptions[code] ?? 2 }

    /// Minor units in a whole one: 100 of USD, 1 of KRW.
    public var minorInWhole: Int { [1, 10, 100, 1000, 10_000][exponent] }

    public var description: String { code }

    /// Refuses a code that ISO 4217 does not have; capitals alone are taken.
    public init(_ code: String) throws(MoneyError) {
        guard Self.codes.contains(code) else { throw .unknownCurrency(String(code.prefix(20))) }
        self.code = code
    }

    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }

    /// Every code, sorted.
    public static let all: [String] = codes.sorted()

    // Those in use by ISO 4217 (list one, 2024-06-25), without metals, funds and codes for tests.
    private static let codes: Set<String> = Set(
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
        CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
        HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
        MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
        RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
        USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )

    private static let exceptions: [String: Int] = [
        "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
        "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3,
        "TND": 3,
    ]
}
