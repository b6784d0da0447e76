public import Foundation
import Synchronization

/// Keys of records: UUID version 7 (RFC 9562) as text, so that keys sort by the time they were made.
public enum Identifier {
    private static let last = Mutex<(milliseconds: UInt64, counter: UInt16)>((0, 0))

    /// A new key for the moment `date`; keys made in one process never go backwards.
    public static func make(at date: Date = Date()) -> String {
        let now = UInt64(max(0, date.timeIntervalSince1970 * 1000))
        let (milliseconds, counter): (UInt64, UInt16) = last.withLock { last in
            if now > last.milliseconds {
                last = (now, UInt16.random(in: 0..<0x0400))
            } else if last.counter == 0x0fff {
                last = (last.milliseconds + 1, 0)
            } else {
                last.counter += 1
            }
            return last
        }
        var generator = SystemRandomNumberGenerator()
        let high = milliseconds << 16 | 0x7000 | UInt64(counter)
        let low = generator.next() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
        return format(high, low)
    }

    private static func format(_ high: UInt64, _ low: UInt64) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var place = 0
            for nibble in 0..<32 {
                if [8, 12, 16, 20].contains(nibble) {
                    buffer[place] = UInt8(ascii: "-")
                    place += 1
                }
                let word = nibble < 16 ? high : low
                buffer[place] = digits[Int(word >> UInt64(60 - 4 * (nibble % 16)) & 0xf)]
                place += 1
            }
            return 36
        }
    }
}
