import Access
import Charter
import Decisions
import Dues
import Foundation
import Identity
import Joining
import Languages
import Mail
import Membership
import Outbound
import Site
import Standing

extension Installation {
    /// Where the site is reached from outside, without a slash at its end.
    var address: String {
        var base = settings.text(.baseURL)
        while base.hasSuffix("/") { base.removeLast() }
        return base.isEmpty ? "http://\(settings.text(.httpHost)):\(settings.text(.httpPort))" : base
    }

    var sessionPolicy: SessionPolicy {
        SessionPolicy(
            idle: .seconds(settings.number(.sessionIdleMinutes) * 60),
            absolute: .seconds(settings.number(.sessionHours) * 3600)
        )
    }

    /// What each capability holds on people.
    var personalData: [PersonalDataSource] {
        PortalPersonalData.all + UploadPersonalData.all + DecisionPersonalData.all + StandingPersonalData.all
            + JoiningPersonalData.all + DuesPersonalData.all
    }

    /// What each capability keeps for a time.
    var retentionStores: [RetentionStore] { [UploadRetention.store] + JoiningRetention.stores }

    /// Every language that there is, read once, when somebody is first written to or shown a page.
    static let speeches = Result { try Speeches.load(Language.forReaders, folder: Site.cataloguesFolder) }

    /// How letters are written: in every language, with links to the pages that the site offers.
    func correspondence() throws -> Correspondence {
        Correspondence(
            siteAddress: address,
            speeches: try Self.speeches.get().naming(charter.translations).naming(countryNames),
            offered: settings.languages
        )
    }

    /// What the countries are called in other languages; English names stay where the table is not at hand.
    private var countryNames: [String: [String: String]] {
        (try? Countries(csv: settings.text(.data) + "/world/countries.csv").translations) ?? [:]
    }

    /// The front desk of this installation. Throws `OpenIDError.badSetting` for a provider that cannot be used.
    func reception() throws -> Reception {
        var policy = SignInPolicy()
        policy.sessions = sessionPolicy
        return try Reception.open(
            database: database,
            charter: charter,
            correspondence: try correspondence(),
            policy: policy,
            provider: try provider(),
            personalData: personalData,
            trustsProxy: settings.flag(.httpTrustProxy)
        )
    }

    /// What the rooms behind sign-in work with.
    func rooms(_ reception: Reception) throws -> RoomServices {
        let joining = try joiningServices()
        return RoomServices(
            reception: reception,
            memberLetters: joining.memberLetters,
            decisions: try decisionServices(joining),
            joining: joining,
            dues: try duesServices(),
            files: files,
            allowsPrivateWebhooks: settings.flag(.webhooksAllowPrivate)
        )
    }

    /// What deciding works with.
    func decisionServices() throws -> DecisionServices { try decisionServices(joiningServices()) }

    /// Every capability that puts matters to bodies adds its own kind here.
    private func decisionServices(_ joining: JoiningServices) throws -> DecisionServices {
        let standing = StandingMatter(charter: charter, letters: joining.memberLetters)
        let dues = try duesServices()
        return DecisionServices(
            charter: charter,
            matters: Matters([standing] + JoiningParts.matters(joining) + DuesParts.matters(dues)),
            letters: DecisionLetters(
                templates: try MailTemplates.load(folder: DecisionLetters.folder),
                correspondence: try correspondence(),
                charter: charter
            )
        )
    }

    /// The provider of the settings, or `nil` when none is named.
    private func provider() throws -> OpenIDProvider? {
        guard !settings.text(.openIDIssuer).isEmpty else { return nil }
        // The issuer is the operator's own word, but what its discovery names is not: so private addresses stay shut
        // unless the operator opens them.
        let web = WebClient(policy: OutboundPolicy(allowsPrivateAddresses: settings.flag(.openIDAllowPrivate)))
        return try OpenIDProvider(
            key: "openid",
            name: settings.text(.openIDName),
            issuer: settings.text(.openIDIssuer),
            clientID: settings.text(.openIDClientID),
            clientSecret: settings.text(.openIDClientSecret),
            web: web
        )
    }
}
