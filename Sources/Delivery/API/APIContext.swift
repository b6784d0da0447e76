public import Access
public import Charter
public import Database
public import Decisions
public import Dues
public import Files
public import Foundation
import HTML
public import Identity
public import Joining
public import Membership
public import Standing
public import Web

/// What the API works with.
public struct APIContext: Sendable {
    let directory: Directory
    let database: Database
    let charter: Charter
    /// Names of countries by ISO 3166 alpha-2 in capitals.
    let countries: [String: String]
    let uploadCountries: CountryWords
    /// Where the site is reached from outside, without a slash at its end.
    let baseURL: String
    let today: @Sendable () -> Day
    let now: @Sendable () -> Date
    let cache: PageCache
    /// A number that changes with every change of the records.
    let revision: @Sendable () -> Int64
    let rate: RatePolicy
    /// Whether a proxy stands before the program and says in `X-Forwarded-For` who asks.
    let trustsProxy: Bool
    let memberLetters: MemberLetters
    let decisions: DecisionServices
    let joining: JoiningServices
    let dues: DuesServices
    /// What standing and points ask of members' accounts.
    let duesRecord: any DuesRecord
    let letters: Letters
    let places: Places
    let payments: any PaymentSource
    let files: FileStore
    /// What each capability holds on people.
    let personalData: [PersonalDataSource]
    /// What waits in the secretariat, whoever can move it on.
    let waiting: Today
    let sessions: SessionPolicy
    /// The settings in force; no secret is among their values.
    let settings: [SettingLine]
    /// Whether webhooks may go to this machine or its network, without TLS too: to try things.
    let allowsPrivateWebhooks: Bool

    public init(
        directory: Directory,
        database: Database,
        charter: Charter,
        countries: [String: String],
        uploadCountries: CountryWords,
        baseURL: String,
        today: @escaping @Sendable () -> Day,
        now: @escaping @Sendable () -> Date,
        cache: PageCache,
        revision: @escaping @Sendable () -> Int64,
        rate: RatePolicy = RatePolicy(),
        trustsProxy: Bool = false,
        memberLetters: MemberLetters,
        decisions: DecisionServices,
        joining: JoiningServices,
        dues: DuesServices,
        duesRecord: any DuesRecord = DuesOnRecord(),
        letters: Letters,
        places: Places,
        payments: any PaymentSource,
        files: FileStore,
        personalData: [PersonalDataSource],
        waiting: Today,
        sessions: SessionPolicy = SessionPolicy(),
        settings: [SettingLine] = [],
        allowsPrivateWebhooks: Bool = false
    ) {
        self.directory = directory
        self.database = database
        self.charter = charter
        self.countries = countries
        self.uploadCountries = uploadCountries
        self.baseURL = baseURL
        self.today = today
        self.now = now
        self.cache = cache
        self.revision = revision
        self.rate = rate
        self.trustsProxy = trustsProxy
        self.memberLetters = memberLetters
        self.decisions = decisions
        self.joining = joining
        self.dues = dues
        self.duesRecord = duesRecord
        self.letters = letters
        self.places = places
        self.payments = payments
        self.files = files
        self.personalData = personalData
        self.waiting = waiting
        self.sessions = sessions
        self.settings = settings
        self.allowsPrivateWebhooks = allowsPrivateWebhooks
    }

    /// The keys that any version of the charter has, in the order of their first version.
    func keys(_ list: (CharterVersion) -> [String]) -> [String] {
        charter.versions.reduce(into: []) { keys, version in
            for key in list(version) where !keys.contains(key) { keys.append(key) }
        }
    }

    var categories: [String] { keys { $0.categories.map(\.key) } }
    var regions: [String] { keys { $0.regions.map(\.key) } }
    var statuses: [String] { keys { $0.statuses.map(\.key) } }

    /// What the cells of a spreadsheet are read by.
    var uploadRules: UploadRules { UploadRules(charter: charter, countries: uploadCountries) }
}
