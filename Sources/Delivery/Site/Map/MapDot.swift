import Membership

/// A member on a map.
struct MapDot: Sendable, Equatable {
    let key: String
    /// The member and its country, as a pointer over the dot shows it: "Lima, Peru".
    let title: String
    /// The key of the region, for the colour.
    let region: String?
    let population: Int?
    let point: MapPoint

    /// 1 under a million people or where no figure is known, 2 under five million, 3 above.
    var size: Int {
        switch population ?? 0 {
        case 5_000_000...: 3
        case 1_000_000...: 2
        default: 1
        }
    }
}

/// The members with coordinates, as dots, and how many there are beside those that are drawn.
struct MapDots: Sendable, Equatable {
    /// The most dots that one map has; beyond that a picture tells less with each, and takes longer to send.
    static let limit = 1_500

    /// The larger first, so that small dots lie on top of large ones.
    let dots: [MapDot]
    /// All members with coordinates, drawn or not.
    let placed: Int

    var isCut: Bool { dots.count < placed }

    init(_ placed: PlacedMembers, world: World, countries: Countries) {
        dots = placed.members.map { member in
            let country = member.row.country.map { ", \(countries.name($0))" } ?? ""
            return MapDot(
                key: member.row.key,
                title: member.row.name + country,
                region: member.row.region,
                population: member.row.population,
                point: world.project(longitude: member.longitude, latitude: member.latitude)
            )
        }
        self.placed = placed.total
    }

    init(dots: [MapDot], placed: Int) {
        self.dots = dots
        self.placed = placed
    }
}
