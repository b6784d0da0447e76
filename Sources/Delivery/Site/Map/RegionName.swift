/// The name of a region, to be written on the map where it covers no dot.
struct RegionName: Sendable, Equatable {
    let key: String
    let text: String

    /// A name with the place of its first letter's foot.
    struct Placed: Sendable, Equatable {
        let text: String
        let point: MapPoint
    }

    /// Finds for each name the free place nearest to its region's dots; a name without dots, or without room in
    /// `window`, is left out.
    static func placed(_ names: [RegionName], among dots: [MapDot], in window: MapWindow) -> [Placed] {
        let all = dots.map(\.point)
        var taken: [MapWindow] = []
        var placed: [Placed] = []
        for name in names {
            let own = dots.filter { $0.region == name.key }.map(\.point)
            let others = dots.filter { $0.region != name.key }.map(\.point)
            guard let box = MapWindow.around(own, aspect: 2.4, minimumWidth: 20) else { continue }
            let free = candidates(around: box, text: name.text, in: window).filter { place in
                !taken.contains { $0.meets(place) } && !all.contains { place.padded(by: 4).contains($0) }
            }
            let costs = free.map { (place: $0, cost: cost($0, own, others)) }
            guard let best = costs.min(by: { $0.cost < $1.cost })?.place else { continue }
            taken.append(best)
            let foot = MapPoint(x: best.x.rounded(), y: (best.y + height * 0.8).rounded())
            placed.append(Placed(text: name.text, point: foot))
        }
        return placed
    }

    private static let height = 11.0

    /// About as much as it takes when drawn: Hangul and Han fill a square, Latin letters about half of one.
    static func width(_ text: String) -> Double {
        let wide = text.filter { $0.unicodeScalars.first.map(isWide) == true }.count
        return Double(text.count - wide) * 5.2 + Double(wide) * 9.8
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100..<0x1160, 0x2e80..<0xa4d0, 0xac00..<0xd7a4, 0xf900..<0xfb00, 0xff01..<0xff61: true
        default: false
        }
    }

    /// Places on a grid over the box and some way around it, within the window.
    private static func candidates(around box: MapWindow, text: String, in window: MapWindow) -> [MapWindow] {
        let width = width(text)
        let area = box.padded(by: 24)
        return stride(from: area.y, to: area.y + area.height, by: 9).flatMap { y in
            stride(from: area.x, to: area.x + area.width, by: 11).compactMap { x in
                let place = MapWindow(x: x, y: y, width: width, height: height)
                return window.contains(place) ? place : nil
            }
        }
    }

    /// Near to the own dots, and far from those of others, which the name would be taken to mean.
    private static func cost(_ place: MapWindow, _ own: [MapPoint], _ others: [MapPoint]) -> Double {
        let count = Double(max(own.count, 1))
        let middle = MapPoint(x: own.map(\.x).reduce(0, +) / count, y: own.map(\.y).reduce(0, +) / count)
        let nearest = own.map { place.distance(to: $0) }.min() ?? 0
        let foreign = others.map { place.distance(to: $0) }.min() ?? 100
        return nearest + place.distance(to: middle) / 3 + max(0, 30 - foreign) * 3
    }
}

extension MapWindow {
    fileprivate func contains(_ other: MapWindow) -> Bool {
        x <= other.x && y <= other.y && other.x + other.width <= x + width && other.y + other.height <= y + height
    }

    fileprivate func padded(by margin: Double) -> MapWindow {
        MapWindow(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    }

    fileprivate func distance(to point: MapPoint) -> Double {
        let dx = max(x - point.x, 0, point.x - x - width)
        let dy = max(y - point.y, 0, point.y - y - height)
        return (dx * dx + dy * dy).squareRoot()
    }
}
