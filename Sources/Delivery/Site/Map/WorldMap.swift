import HTML
import Languages

extension HTMLWriter {
    /// A map of the whole world with its members, complete without JavaScript. A list beside it must name them all.
    ///
    /// - Parameters:
    ///   - caption: What the map shows and where the same stands as a list, for those who cannot see it.
    ///   - names: Regions to write into free places of the map.
    func worldMap(_ dots: [MapDot], caption: Phrase, names: [RegionName] = [], world: World) {
        let window = MapWindow.world(showing: dots, in: world)
        figure(.class("map map-bleed")) {
            figcaption(.class("hidden-text"), text: caption)
            div(.class("map-view")) {
                mapPicture(window) {
                    fragment(world.land)
                    for name in RegionName.placed(names, among: dots, in: window) { regionName(name) }
                    self.dots(dots)
                }
            }
        }
    }

    /// A map of a part of the world.
    func windowMap(_ dots: [MapDot], window: MapWindow, caption: Phrase, world: World) {
        figure(.class("map map-bleed")) {
            figcaption(.class("hidden-text"), text: caption)
            div(.class("map-view")) {
                mapPicture(window) {
                    path(.class("land"), .d(world.land(in: window)))
                    self.dots(dots.filter { window.contains($0.point) })
                }
            }
        }
    }

    /// A small map of where one place lies, with the members around it.
    func locator(of name: String, at point: MapPoint, among others: [MapDot] = [], world: World) {
        let window = MapWindow(x: point.x - 75, y: point.y - 50, width: 150, height: 100)
        let caption = others.isEmpty ? say("Map: where \(name) lies") : say("Map: \(name) and the members around it")
        smallMap(window, caption: caption, world: world) {
            dots(others.filter { window.contains($0.point) && $0.point != point })
            g(.class("dot size-3")) { dotPaths(point, core: "core here") }
        }
    }

    /// A small map of a window with its members, for the side of a page.
    func locator(of name: String, window: MapWindow, dots: [MapDot], world: World) {
        smallMap(window, caption: say("Map of the members in \(name)"), world: world) {
            self.dots(dots.filter { window.contains($0.point) })
        }
    }

    /// Members on a map.
    ///
    /// - Parameter isLive: Whether `map.js` moves this map, and so needs to know where each dot lies.
    func dots(_ dots: [MapDot], isLive: Bool = false) {
        // The paint of a dot whose region the style sheet gives no colour.
        g(.stroke(.currentColor)) {
            for dot in dots { self.dot(dot, isLive: isLive) }
        }
    }

    // A link for pointers only: the list beside the map is the way in for keys and screen readers.
    private func dot(_ dot: MapDot, isLive: Bool) {
        let size = dot.size > 1 ? " size-\(dot.size)" : ""
        let region = dot.region ?? ""
        a(
            .class("dot\(size) region-\(region)"),
            .href("/members/\(dot.key)"),
            .tabindex(-1),
            .when(isLive, .data("member", dot.key)),
            .when(isLive, .data("region", region)),
            .when(isLive, .data("x", mapNumber(dot.point.x))),
            .when(isLive, .data("y", mapNumber(dot.point.y)))
        ) {
            svgTitle(dot.title)
            dotPaths(dot.point, core: "core")
        }
    }

    private func regionName(_ name: RegionName.Placed) {
        svgText(.class("region-name"), .x(name.point.x), .y(name.point.y), text: name.text)
    }

    /// The picture itself, hidden from screen readers: what it shows stands in the caption and the list.
    func mapPicture(_ window: MapWindow, content: () -> Void) {
        svg(.viewBox(window.x, window.y, window.width, window.height), .aria(.hidden, true), content: content)
    }

    private func smallMap(_ window: MapWindow, caption: Phrase, world: World, content: () -> Void) {
        figure(.class("locator")) {
            figcaption(.class("hidden-text"), text: caption)
            div(.class("map-view")) {
                mapPicture(window) {
                    path(.class("land"), .d(world.land(in: window)))
                    content()
                }
            }
        }
    }

    // A line of no length with round ends: strokes keep their width when the map is zoomed, circles would not.
    private func dotPaths(_ point: MapPoint, core: String) {
        let commands = "M\(mapNumber(point.x)) \(mapNumber(point.y))h.01"
        path(.class("halo"), .d(commands))
        path(.class(core), .d(commands))
    }
}

/// A coordinate with one decimal, which is a fortieth of a degree.
func mapNumber(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    guard let whole = Int(exactly: tenths) else { return "0" }
    let sign = whole < 0 ? "-" : ""
    let digits = whole.magnitude
    return digits % 10 == 0 ? "\(sign)\(digits / 10)" : "\(sign)\(digits / 10).\(digits % 10)"
}

extension MapWindow {
    /// The world without the empty ocean at its edges, if no member lies there.
    static func world(showing dots: [MapDot], in world: World) -> MapWindow {
        let whole = world.window
        let inner = MapWindow(
            x: whole.width * 0.084,
            y: 0,
            width: whole.width * 0.892,
            height: whole.height
        )
        return dots.allSatisfy { inner.contains($0.point) } ? inner : whole
    }

    /// The window around points and boxes.
    ///
    /// - Parameters:
    ///   - aspect: Width divided by height.
    ///   - minimumWidth: So that a single point still shows where in the world it lies.
    static func around(
        _ points: [MapPoint],
        boxes: [MapWindow] = [],
        aspect: Double,
        minimumWidth: Double = 60
    ) -> MapWindow? {
        let all = points.map { MapWindow(x: $0.x, y: $0.y, width: 0, height: 0) } + boxes
        guard let first = all.first else { return nil }
        let box = all.dropFirst().reduce(first) { $0.union($1) }
        let width = max(box.width, box.height * aspect, minimumWidth) * 1.25
        let height = width / aspect
        return MapWindow(x: box.centre.x - width / 2, y: box.centre.y - height / 2, width: width, height: height)
    }
}
