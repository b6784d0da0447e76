import Foundation
import HTML

/// The outlines of the world's countries, projected, and the projection to put places among them.
///
/// Read once from `Data/world/outlines.json`. Its README tells the projection (Equal Earth, cut at 169° W).
public struct World: Sendable {
    /// One piece of land: a closed outline with its box.
    struct Outline: Sendable, Equatable {
        let path: String
        let box: MapWindow
    }

    /// A country's outlines, the largest first.
    struct Country: Sendable, Equatable {
        /// ISO 3166 alpha-2; empty for a piece of land that has none.
        let a2: String
        let outlines: [Outline]
    }

    /// The whole map.
    public let window: MapWindow
    let countries: [Country]
    /// The outlines of all countries in one row: each page with a small map looks through them.
    private let outlines: [Outline]
    /// All land as one path, rendered once because many pages show it.
    let land: HTMLFragment

    /// Reads the outlines.
    public init(json path: String) throws(WorldError) {
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(file: path) }
        do {
            self.init(try JSONDecoder().decode(OutlineFile.self, from: data))
        } catch {
            throw .malformed(file: path, reason: "\(error)")
        }
    }

    init(_ file: OutlineFile) {
        window = MapWindow(x: 0, y: 0, width: file.width, height: file.height)
        countries = file.countries.map { country in
            let outlines = World.outlines(country.d).sorted { $0.box.area > $1.box.area }
            return Country(a2: country.a2, outlines: outlines)
        }
        outlines = countries.flatMap(\.outlines)
        let whole = file.countries.map(\.d).joined()
        land = HTMLFragment { h in h.path(.class("land"), .d(whole)) }
    }

    /// The land that a window shows, and no other: a small picture needs little of the world.
    func land(in window: MapWindow) -> String {
        var path = ""
        for outline in outlines where outline.box.meets(window) { path += outline.path }
        return path
    }

    /// The box of a country's larger pieces of land; `nil` for one that has no outline.
    ///
    /// Far islands are left out, so that France is not half the world.
    func box(of a2: String) -> MapWindow? {
        guard let country = countries.first(where: { $0.a2 == a2 }), let largest = country.outlines.first else {
            return nil
        }
        return country.outlines.dropFirst().reduce(largest.box) { box, outline in
            outline.box.area * 4 > largest.box.area ? box.union(outline.box) : box
        }
    }

    /// Where a place lies on the map, in the units of the outlines.
    public func project(longitude: Double, latitude: Double) -> MapPoint {
        EqualEarth.point(longitude: longitude, latitude: latitude)
    }

    /// The closed outlines of a path made of `M x y l dx dy … Z`, with the box of each.
    private static func outlines(_ path: String) -> [Outline] {
        path.split(separator: "M").map { part in
            let numbers = numbers(part)
            var x = numbers.first ?? 0
            var y = numbers.dropFirst().first ?? 0
            var (left, right, top, bottom) = (x, x, y, y)
            for index in stride(from: 2, to: numbers.count - 1, by: 2) {
                x += numbers[index]
                y += numbers[index + 1]
                (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
            }
            return Outline(
                path: "M\(part)",
                box: MapWindow(x: left, y: top, width: right - left, height: bottom - top)
            )
        }
    }

    private static func numbers(_ path: Substring) -> [Double] {
        var numbers: [Double] = []
        var current = ""
        for character in path + " " {
            switch character {
            case "0"..."9", ".": current.append(character)
            default:
                if let number = Double(current) { numbers.append(number) }
                current = character == "-" ? "-" : ""
            }
        }
        return numbers
    }
}

/// A place on the map. X runs from west to east, Y from north to south.
public struct MapPoint: Sendable, Hashable {
    public let x: Double
    public let y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// A rectangle of the map.
public struct MapWindow: Sendable, Hashable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    var area: Double { width * height }
    var centre: MapPoint { MapPoint(x: x + width / 2, y: y + height / 2) }

    func meets(_ other: MapWindow) -> Bool {
        x <= other.x + other.width && other.x <= x + width && y <= other.y + other.height && other.y <= y + height
    }

    func contains(_ point: MapPoint) -> Bool {
        (x...(x + width)).contains(point.x) && (y...(y + height)).contains(point.y)
    }

    func union(_ other: MapWindow) -> MapWindow {
        let left = min(x, other.x)
        let top = min(y, other.y)
        return MapWindow(
            x: left,
            y: top,
            width: max(x + width, other.x + other.width) - left,
            height: max(y + height, other.y + other.height) - top
        )
    }
}

/// The projection of the outlines: Equal Earth (Šavrič, Patterson and Jenny 2018) with its middle at 11° E.
enum EqualEarth {
    private static let a1 = 1.340264
    private static let a2 = -0.081106
    private static let a3 = 0.000893
    private static let a4 = 0.003796
    /// Units a radian at the equator: the whole equator is 1,000 units long.
    private static let scale = 1000 * (3.0.squareRoot() / 2) * a1 / (2 * .pi)
    /// The edge of the map, 84° N, before scaling.
    private static let top = 1.3067131388872926

    static func point(longitude: Double, latitude: Double) -> MapPoint {
        let half = 3.0.squareRoot() / 2
        let turned = (longitude - 11 + 180).truncatingRemainder(dividingBy: 360)
        let wrapped = (turned < 0 ? turned + 360 : turned) - 180
        let theta = asin(half * sin(latitude * .pi / 180))
        let square = theta * theta
        let sixth = square * square * square
        let slope: Double = a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
        let x: Double = wrapped * .pi / 180 * cos(theta) / (half * slope)
        let y: Double = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
        return MapPoint(x: 500 + scale * x, y: scale * (top - y))
    }
}

/// `Data/world/outlines.json` as it is written.
struct OutlineFile: Decodable {
    struct Country: Decodable {
        let a2: String
        let d: String
    }
    let width: Double
    let height: Double
    let countries: [Country]
}

/// Why the outlines could not be read.
public enum WorldError: Error, Equatable, CustomStringConvertible {
    case unreadable(file: String)
    case malformed(file: String, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let file):
            "The outlines of the map, \(file), cannot be read. They come with the program: restore the file, or point "
                + "the setting for the data folder at it."
        case .malformed(let file, let reason):
            "The outlines of the map, \(file), are not as expected (\(reason)). Make them anew with "
                + "Data/tools/outlines.py."
        }
    }
}
