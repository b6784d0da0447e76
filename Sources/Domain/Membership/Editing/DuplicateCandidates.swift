public import Access
public import Database
public import Foundation

/// Pairs of records that may be one member: one bears a name or alias of the other, and their countries do not differ.
public struct DuplicateCandidates: Question {
    public static let action = Action.mergeMembers
    let limit: Int

    public init(limit: Int = 200) { self.limit = limit }

    public struct Side: Sendable, Hashable {
        public let key: String
        public let name: String
        public let country: String?
        public let isSample: Bool
    }

    public struct Pair: Sendable, Equatable {
        public let first: Side
        public let second: Side
        /// The name that both have, folded.
        public let name: String
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [Pair] {
        var sides: [Side] = []
        var places: [String: Int] = [:]
        var bearers: [String: [Int]] = [:]
        func bear(_ name: String, _ place: Int) {
            let folded = Folding.words(name).joined(separator: " ")
            if !folded.isEmpty, bearers[folded]?.contains(place) != true { bearers[folded, default: []].append(place) }
        }
        try transaction.forEach("SELECT id, key, name, country, origin FROM member ORDER BY key") { row in
            places[try row.text(0)] = sides.count
            let side = Side(
                key: try row.text(1),
                name: try row.text(2),
                country: row.optionalText(3),
                isSample: try row.text(4) == "sample"
            )
            bear(side.name, sides.count)
            sides.append(side)
        }
        try transaction.forEach("SELECT member_id, name FROM member_name WHERE kind <> 'printed'") { row in
            if let place = places[try row.text(0)] { bear(try row.text(1), place) }
        }
        return Self.pairs(sides, bearers, limit: limit)
    }

    private static func pairs(_ sides: [Side], _ bearers: [String: [Int]], limit: Int) -> [Pair] {
        var pairs: [Pair] = []
        var told: Set<[Int]> = []
        for (name, all) in bearers.filter({ $0.value.count > 1 }).sorted(by: { $0.key < $1.key }) {
            let bearers = all.sorted()
            for (index, one) in bearers.enumerated() {
                for other in bearers[(index + 1)...] where mayBeOne(sides[one], sides[other]) {
                    guard told.insert([one, other]).inserted else { continue }
                    pairs.append(Pair(first: sides[one], second: sides[other], name: name))
                    if pairs.count == limit { return pairs }
                }
            }
        }
        return pairs
    }

    private static func mayBeOne(_ one: Side, _ other: Side) -> Bool {
        one.isSample == other.isSample && (one.country == nil || other.country == nil || one.country == other.country)
    }
}
