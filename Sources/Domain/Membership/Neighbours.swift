public import Charter
import Database
import Foundation

/// A member near another, or like it.
public struct Neighbour: Sendable, Equatable {
    public let row: RollRow
    /// Great-circle distance in kilometres; `nil` when either place is unknown.
    public let kilometres: Int?
}

/// Members with their places, and how many there are beside those that were asked for.
public struct PlacedMembers: Sendable {
    /// Latitude and longitude in degrees; the members with most people first, then by key.
    public let members: [(row: RollRow, latitude: Double, longitude: Double)]
    /// All with coordinates, whether they are among `members` or not.
    public let total: Int
}

extension Directory {
    /// The members on the roll of `day` that are nearest to a member with coordinates.
    public func nearest(to profile: MemberProfile, on day: Day, limit: Int = 5) async throws -> [Neighbour] {
        guard let latitude = profile.latitude, let longitude = profile.longitude else { return [] }
        return try await database.read { transaction in
            var found: [Neighbour] = []
            // Windows of degrees grow until one holds enough: the index on latitude keeps each small.
            for window in [0.5, 2, 8, 30, 180] {
                found = try Self.within(window, latitude, longitude, day, transaction).filter {
                    $0.row.key != profile.key
                }
                if found.count >= limit { break }
            }
            return Array(
                found.sorted { ($0.kilometres ?? 0, $0.row.key) < ($1.kilometres ?? 0, $1.row.key) }.prefix(limit)
            )
        }
    }

    private static func within(
        _ window: Double,
        _ latitude: Double,
        _ longitude: Double,
        _ day: Day,
        _ transaction: Transaction
    ) throws -> [Neighbour] {
        var query = RollQuery(RollFilter(day: day))
        query.add("s.latitude BETWEEN ? AND ?", .real(latitude - window), .real(latitude + window))
        // A degree of longitude shrinks towards the poles.
        let width = min(window / max(cos(latitude * .pi / 180), 0.05), 360)
        // Across the date line the window has two parts; there the band of latitude alone must do.
        if longitude - width > -180, longitude + width < 180 {
            query.add("s.longitude BETWEEN ? AND ?", .real(longitude - width), .real(longitude + width))
        }
        return try query.placed(transaction).compactMap { row, place in
            let distance = Geography.kilometres(from: (latitude, longitude), to: place)
            // A window holds a circle of its own size only; what lies beyond is left to the next window.
            guard window >= 180 || distance <= window * 111 else { return nil }
            return Neighbour(row: row, kilometres: Int(distance.rounded()))
        }
    }

    /// The members on the roll of `day` most like a member: of its category, then alike in people, region and tags.
    public func similar(to profile: MemberProfile, on day: Day, limit: Int = 5) async throws -> [RollRow] {
        try await database.read { transaction in
            let people = profile.figures.first { $0.kind == "population" }?.value
            var rows: [RollRow] = []
            if let people {
                for larger in [true, false] {
                    var query = RollQuery(RollFilter(day: day, category: profile.category))
                    query.add(larger ? "s.population >= ?" : "s.population < ?", .int(Int(people)))
                    rows += try query.rows(transaction, byPopulation: larger, limit: limit * 4)
                }
            } else {
                let filter = RollFilter(day: day, category: profile.category, region: profile.region)
                rows = try RollQuery(filter).rows(
                    transaction,
                    order: .name,
                    descending: false,
                    limit: limit * 4,
                    offset: 0
                )
            }
            func unlikeness(_ row: RollRow) -> Double {
                let size = abs(log(Double(row.population ?? 1)) - log(max(people ?? 1, 1)))
                return (people == nil ? 0 : size) + (row.region == profile.region ? 0 : 0.7)
                    + (row.country == profile.country ? 0 : 0.3)
            }
            let others = rows.filter { $0.key != profile.key }
            return Array(others.sorted { (unlikeness($0), $0.key) < (unlikeness($1), $1.key) }.prefix(limit))
        }
    }

    /// The members that a filter lists and that have coordinates, for a map: those with most people, up to `most`.
    public func placed(_ filter: RollFilter, most: Int) async throws -> PlacedMembers {
        try await database.read { transaction in
            var query = RollQuery(filter)
            query.add("s.latitude IS NOT NULL")
            let total = try query.count(transaction)
            let members = try query.placed(transaction, most: most)
            return PlacedMembers(
                members: members.map { (row: $0, latitude: $1.latitude, longitude: $1.longitude) },
                total: total
            )
        }
    }
}

extension RollQuery {
    /// - Parameter most: when given, only so many, those with most people first.
    fileprivate func placed(
        _ transaction: Transaction,
        most: Int? = nil
    ) throws -> [(row: RollRow, place: (latitude: Double, longitude: Double))] {
        try transaction.query(
            """
            SELECT s.member_id, s.key, s.name, s.other_names, s.category, s.country, s.region, s.status, s.population,
                s.population_year, s.since_earliest, s.since, s.origin, s.latitude, s.longitude
            FROM roll_span s WHERE \(conditions.joined(separator: " AND "))
            \(most == nil ? "" : "ORDER BY COALESCE(s.population, 0) DESC, s.key LIMIT ?")
            """,
            values + (most.map { [Value.int($0)] } ?? [])
        ) { row in
            (try Self.decode(row), (try row.optionalReal(13) ?? 0, try row.optionalReal(14) ?? 0))
        }
    }
}

enum Geography {
    /// Great-circle distance on a sphere of 6,371 km.
    static func kilometres(
        from a: (latitude: Double, longitude: Double),
        to b: (latitude: Double, longitude: Double)
    ) -> Double {
        let radians = Double.pi / 180
        let height = sin((b.latitude - a.latitude) * radians / 2)
        let width = sin((b.longitude - a.longitude) * radians / 2)
        let chord = height * height + cos(a.latitude * radians) * cos(b.latitude * radians) * width * width
        return 2 * 6371 * asin(min(1, chord.squareRoot()))
    }
}
