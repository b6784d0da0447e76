/// Which addresses belong to the public internet, by the IANA special-purpose registries (RFC 6890, RFC 8190).
enum PublicAddress {
    /// Whether the address, 4 or 16 bytes in network order, is public. Any other length is not.
    static func contains(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4: isPublic4(bytes)
        case 16: isPublic6(bytes)
        default: false
        }
    }

    // Network, its length in bits.
    private static let refused4: [(UInt32, Int)] = [
        (0x0000_0000, 8),  // this network
        (0x0a00_0000, 8),  // private
        (0x6440_0000, 10),  // shared by a provider's customers
        (0x7f00_0000, 8),  // loopback
        (0xa9fe_0000, 16),  // link-local, with the clouds' metadata
        (0xac10_0000, 12),  // private
        (0xc000_0000, 24),  // protocol assignments
        (0xc000_0200, 24),  // documentation
        (0xc058_6300, 24),  // former relays of 6to4
        (0xc0a8_0000, 16),  // private
        (0xc612_0000, 15),  // measurements
        (0xc633_6400, 24),  // documentation
        (0xcb00_7100, 24),  // documentation
        (0xe000_0000, 4),  // multicast
        (0xf000_0000, 4),  // reserved, broadcast
    ]

    private static func isPublic4(_ bytes: [UInt8]) -> Bool {
        let address = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return !refused4.contains { network, length in (address ^ network) >> (32 - UInt32(length)) == 0 }
    }

    /// Global unicast is 2000::/3, without the blocks in it that are not or that carry an IPv4 address past this check.
    private static func isPublic6(_ bytes: [UInt8]) -> Bool {
        func hasPrefix(_ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
        // NAT64 (RFC 6052): all that a network without IPv4 has for reaching it.
        if hasPrefix([0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]) { return isPublic4(Array(bytes[12...])) }
        guard bytes[0] & 0xe0 == 0x20 else { return false }
        if hasPrefix([0x20, 0x01]), bytes[2] & 0xfe == 0 { return false }  // 2001::/23: protocols, Teredo
        if hasPrefix([0x20, 0x01, 0x0d, 0xb8]) { return false }  // documentation
        if hasPrefix([0x20, 0x02]) { return false }  // 6to4
        if hasPrefix([0x3f, 0xff]), bytes[2] & 0xf0 == 0 { return false }  // documentation
        return true
    }
}
