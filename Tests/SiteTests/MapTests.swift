import Foundation
import HTML
import NIOCore
import Testing

@testable import Site

/// The world as the program reads it, from this file's own place.
enum WorldFile {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Data/world")
    static let outlines = folder.appending(path: "outlines.json").standardizedFileURL.path()
    static let countries = folder.appending(path: "countries.csv").standardizedFileURL.path()
}

@Suite struct MapTests {
    // The points of Data/world/README.md, to three decimals.
    @Test(arguments: [
        ("Seoul", 126.9784, 37.566, 789.764, 106.245), ("Gulf of Guinea", 0, 0, 469.444, 241.391),
        ("Lima", -77.0282, -12.0432, 258.052, 286.287), ("Wellington", 174.7756, -41.2866, 899.916, 388.627),
        ("just west of the cut", -169.0001, 10, 996.367, 204.068),
        ("just east of the cut", -168.9999, 10, 3.633, 204.068),
    ])
    func `a place lies where the outlines expect it`(
        place: String,
        longitude: Double,
        latitude: Double,
        x: Double,
        y: Double
    ) {
        let point = EqualEarth.point(longitude: longitude, latitude: latitude)
        #expect((point.x * 1000).rounded() / 1000 == x)
        #expect((point.y * 1000).rounded() / 1000 == y)
    }

    @Test func `every outline lies within the world, and each country has its own box`() throws {
        let world = try World(json: WorldFile.outlines)
        #expect(world.window == MapWindow(x: 0, y: 0, width: 1000, height: 432.1))
        #expect(world.countries.count > 200)
        let outside = world.countries.flatMap(\.outlines).filter { outline in
            outline.box.x < -1 || outline.box.y < -1 || outline.box.x + outline.box.width > 1001
                || outline.box.y + outline.box.height > 433
        }
        #expect(outside == [])
        let seoul = world.project(longitude: 126.9784, latitude: 37.566)
        #expect(world.box(of: "KR")?.contains(seoul) == true)
        #expect(world.box(of: "PE")?.contains(seoul) == false)
        #expect(world.box(of: "QQ") == nil)
    }

    @Test func `a country's box leaves out islands far away`() throws {
        let world = try World(json: WorldFile.outlines)
        let france = try #require(world.box(of: "FR"))
        #expect(france.contains(world.project(longitude: 2.35, latitude: 48.85)))
        #expect(france.width < 60)
    }

    @Test func `a window holds the land that it shows and no other`() throws {
        let file = OutlineFile(
            width: 100,
            height: 50,
            countries: [
                .init(a2: "AA", d: "M10 10l5 0 0 5-5 0ZM80 10l5 0 0 5-5 0Z"), .init(a2: "BB", d: "M40 40l-.5 .5 1-.5Z"),
            ]
        )
        let world = World(file)
        #expect(world.land(in: MapWindow(x: 0, y: 0, width: 20, height: 20)) == "M10 10l5 0 0 5-5 0Z")
        #expect(world.land(in: MapWindow(x: 39, y: 39, width: 2, height: 2)) == "M40 40l-.5 .5 1-.5Z")
        #expect(world.countries[1].outlines[0].box == MapWindow(x: 39.5, y: 40, width: 1, height: 0.5))
    }

    @Test func `a locator takes only a small part of the world`() throws {
        let world = try World(json: WorldFile.outlines)
        let point = world.project(longitude: 126.9784, latitude: 37.566)
        let page = String(buffer: HTMLWriter.render { $0.locator(of: "Seoul", at: point, world: world) })
        #expect(page.contains(#"viewBox="714.764 56.245 150 100" aria-hidden="true""#))
        #expect(page.contains(#"<path class="core here" d="M789.8 106.2h.01">"#))
        #expect(page.utf8.count < 14_000)
    }

    @Test func `a dot is a link with its member's name, whatever that is`() {
        let dot = MapDot(
            key: "x",
            title: "<script>alert(1)</script>, \"B\" & C",
            region: "rhine",
            population: 2_000_000,
            point: MapPoint(x: 12.34, y: 5)
        )
        let page = String(buffer: HTMLWriter.render { $0.dots([dot], isLive: true) })
        #expect(
            page == #"<g stroke="currentColor"><a class="dot size-2 region-rhine" href="/members/x" tabindex="-1" "#
                + #"data-member="x" data-region="rhine" data-x="12.3" data-y="5">"#
                + #"<title>&lt;script&gt;alert(1)&lt;/script&gt;, "B" &amp; C</title>"#
                + #"<path class="halo" d="M12.3 5h.01"></path><path class="core" d="M12.3 5h.01"></path></a></g>"#
        )
    }

    @Test(arguments: [(nil, 1), (999_999, 1), (1_000_000, 2), (4_999_999, 2), (5_000_000, 3)])
    func `a dot has one of three sizes by people`(population: Int?, size: Int) {
        #expect(
            MapDot(key: "", title: "", region: nil, population: population, point: MapPoint(x: 0, y: 0)).size == size
        )
    }

    @Test func `a map shows the world without empty oceans unless a member lies there`() throws {
        let world = try World(json: WorldFile.outlines)
        func dot(_ longitude: Double, _ latitude: Double) -> MapDot {
            MapDot(
                key: "",
                title: "",
                region: nil,
                population: nil,
                point: world.project(longitude: longitude, latitude: latitude)
            )
        }
        let seoul = dot(126.9784, 37.566)
        #expect(MapWindow.world(showing: [seoul], in: world).width == 892)
        #expect(MapWindow.world(showing: [seoul, dot(-157.86, 21.31)], in: world) == world.window)
    }

    @Test func `a name of a region covers no dot and no other name, and one without members is left out`() {
        var dots: [MapDot] = []
        for index in 0..<40 {
            let point = MapPoint(x: Double(300 + index % 8 * 30), y: Double(100 + index / 8 * 25))
            dots.append(
                MapDot(key: "\(index)", title: "", region: index < 20 ? "a" : "b", population: nil, point: point)
            )
        }
        let names = [RegionName(key: "a", text: "Alpha"), .init(key: "b", text: "Beta"), .init(key: "c", text: "None")]
        let placed = RegionName.placed(names, among: dots, in: MapWindow(x: 0, y: 0, width: 1000, height: 430))
        #expect(placed.map(\.text) == ["Alpha", "Beta"])
        for name in placed {
            let box = MapWindow(x: name.point.x, y: name.point.y - 9, width: Double(name.text.count) * 5.2, height: 11)
            #expect(!dots.contains { box.contains($0.point) })
        }
    }

    @Test(arguments: [("Europe", 31.2), ("아시아·태평양", 64.0), ("亚太地区", 39.2), ("", 0)])
    func `letters of Hangul and Han take a square on the map`(name: String, width: Double) {
        #expect((RegionName.width(name) * 10).rounded() / 10 == width)
    }

    @Test func `windows keep their shape and their least width`() {
        let point = MapPoint(x: 100, y: 100)
        #expect(MapWindow.around([], aspect: 2) == nil)
        #expect(
            MapWindow.around([point], aspect: 2, minimumWidth: 40)
                == MapWindow(x: 75, y: 87.5, width: 50, height: 25)
        )
        let tall = MapWindow.around([point, MapPoint(x: 100, y: 300)], aspect: 2)
        #expect(tall == MapWindow(x: -150, y: 75, width: 500, height: 250))
    }

    @Test(arguments: [(0.0, "0"), (12.34, "12.3"), (12.96, "13"), (-0.04, "0"), (-3.25, "-3.3"), (.nan, "0")])
    func `coordinates have one decimal`(value: Double, text: String) {
        #expect(mapNumber(value) == text)
    }

    @Test func `a file that is none is named with what to do`() {
        #expect(throws: WorldError.unreadable(file: "/nowhere/outlines.json")) {
            try World(json: "/nowhere/outlines.json")
        }
    }
}
