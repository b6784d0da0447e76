public import Charter
public import Database
public import Foundation
import Hummingbird
public import Identity
public import Languages
public import Membership
public import Web

/// What all pages share: where facts come from, what they are called, and how answers are kept.
public struct SiteContext: Sendable {
    public let directory: Directory
    public let charter: Charter
    public let assets: Assets
    /// Named in the language of the page that is being made.
    public private(set) var countries: Countries
    public let world: World
    /// Where the site is reached from outside, without a slash at its end: `https://members.example.org`.
    public let baseURL: String
    /// The day that "today" means to whoever reads now.
    public let today: @Sendable () -> Day
    public let cache: PageCache
    let cells = RollCells()
    /// What is written to: the rooms behind sign-in.
    public let database: Database
    /// The instant that "now" means.
    public let now: @Sendable () -> Date
    public let sessions: SessionPolicy
    var reception: Reception { rooms.reception }
    /// Whether browsers reach the site over TLS, so that cookies may say so.
    var isSecure: Bool { baseURL.hasPrefix("https://") }
    /// What the rooms work with beside the database.
    public let rooms: RoomServices
    /// The settings in force, for the console; no secret is among their values.
    public let settings: [SettingLine]
    /// The languages whose pages are served, English first.
    public let languages: [Language]
    private let speeches: Speeches
    /// The language of the page that is being made.
    private(set) var speech: Speech
    /// Whether the empty route that measurements compare with is there.
    public let showsBench: Bool

    public init(
        directory: Directory,
        charter: Charter,
        assets: Assets,
        countries: Countries,
        world: World,
        baseURL: String,
        today: @escaping @Sendable () -> Day,
        cache: PageCache,
        database: Database,
        now: @escaping @Sendable () -> Date,
        sessions: SessionPolicy = SessionPolicy(),
        rooms: RoomServices,
        settings: [SettingLine] = [],
        languages: [Language] = [.english],
        speeches: Speeches = Speeches([]),
        showsBench: Bool = false
    ) {
        self.directory = directory
        self.charter = charter
        self.assets = assets
        self.countries = countries
        self.world = world
        self.baseURL = baseURL
        self.today = today
        self.cache = cache
        self.database = database
        self.now = now
        self.sessions = sessions
        self.rooms = rooms
        self.settings = settings
        self.languages = languages
        self.speeches = speeches.naming(charter.translations).naming(countries.translations)
        speech = self.speeches[.source]
        self.showsBench = showsBench
    }
}

extension SiteContext {
    /// What things are called today.
    var words: Words { words(on: today()) }

    /// What things were called on a day.
    func words(on day: Day) -> Words { Words(charter: charter, day: day, language: speech.language) }

    /// The same for pages in another language.
    func speaking(_ language: Language) -> SiteContext {
        guard language != speech.language else { return self }
        var context = self
        context.speech = speeches[language]
        context.countries = countries.speaking(language)
        return context
    }

    /// The answer to `request` from the cache, or made now and kept. The day belongs to what it is kept under, since most
    /// pages say "today", and so does the language.
    func answer(to request: Request, render: @escaping @Sendable () async throws -> Page) async throws -> Response {
        try await cache.response(to: request, variant: "\(today()) \(speech.language.rawValue)", render: render)
    }
}
