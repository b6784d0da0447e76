import Access
public import Database
import Decisions
import Dues
import Files
public import HTML
import Hummingbird
import Identity
import Jobs
import Joining
import Journal
public import Languages
import Mail
import Membership
import Standing
public import Web
import Webhooks

/// The public site: every address that a reader can open.
public struct Site: Sendable {
    let context: SiteContext

    public init(_ context: SiteContext) {
        self.context = context
    }

    /// A page of another door within the site's frame.
    public func page(
        _ title: Phrase,
        description: Phrase,
        path: String,
        in language: Language,
        _ content: (HTMLWriter) -> Void
    ) -> Page {
        frame(PageFrame(title: title, description: description, path: path), context.speaking(language), content)
    }

    /// Adds the site's addresses to `routes`.
    public func addRoutes(to routes: Routes) {
        Self.addHome(to: routes, context)
        Self.addMembers(to: routes, context)
        Self.addPlaces(to: routes, context)
        Self.addMap(to: routes, context)
        Self.addFigures(to: routes, context)
        Self.addAbout(to: routes, context)
        Self.addJoin(to: routes, context)
        Self.addPublicDues(to: routes, context)
        Self.addFeeds(to: routes, context)
        Self.addAssets(to: routes, context)
        Self.addPictureFiles(to: routes, context)
        let rooms = RoomRoutes(routes, context)
        Self.addRooms(to: rooms)
    }

    /// All migrations of all parts, in the order in which they refer to each other.
    public static let migrations =
        Journal.migrations + IdentityMigrations.all + AccessMigrations.all + MembershipMigrations.all
        + DecisionMigrations.all + StandingMigrations.all
        + MailMigrations.all + JobsMigrations.all + FilesMigrations.all + WebhookMigrations.all
        + JoiningMigrations.all + DuesMigrations.all

    /// The addresses behind sign-in, each with who may come.
    package var declaredRoutes: [DeclaredRoute] {
        let rooms = RoomRoutes(Routes(), context)
        Self.addRooms(to: rooms)
        return rooms.declared
    }

    private static func addRooms(to rooms: RoomRoutes) {
        addAccount(to: rooms)
        addPortal(to: rooms)
        addToday(to: rooms)
        addProposals(to: rooms)
        addJoining(to: rooms)
        addDecisions(to: rooms)
        addOwnDecisions(to: rooms)
        addDecisionLinks(to: rooms)
        addJoinStart(to: rooms)
        addProofs(to: rooms)
        addApplicantPages(to: rooms)
        addRights(to: rooms)
        addPeople(to: rooms)
        addJournal(to: rooms)
        addFind(to: rooms)
        addSettings(to: rooms)
        addMail(to: rooms)
        addJobs(to: rooms)
        addConsoleMembers(to: rooms)
        addNewMember(to: rooms)
        addMemberEditing(to: rooms)
        addMemberLetter(to: rooms)
        addBulkActions(to: rooms)
        addMerging(to: rooms)
        addImports(to: rooms)
        addEvents(to: rooms)
        addParticipation(to: rooms)
        addParticipantLists(to: rooms)
        addStanding(to: rooms)
        addStandingLists(to: rooms)
        addConsoleDues(to: rooms)
        addConsoleMemberDues(to: rooms)
        addConsoleMemberStanding(to: rooms)
        addTokens(to: rooms)
        addWebhooks(to: rooms)
        // What the session costs alone, for measurements.
        if rooms.site.showsBench { rooms.get("/empty/signed-in", .signedIn) { _ in Response(status: .ok) } }
    }

    private static func addAssets(to routes: Routes, _ context: SiteContext) {
        let assets = context.assets
        routes.get("/assets/**") { request, _ in try assets.response(to: request) }
        routes.get("/favicon.ico") { request, _ in try assets.response(named: "favicon.svg", to: request) }
        if context.showsBench {
            routes.get("/empty") { _, _ in "ok" }
        }
    }
}
