import Charter
public import HTML
import HTTPTypes
import Hummingbird
public import Languages
import NIOCore
public import Web

/// The JSON API: what the site can read and do, for programs.
public struct API: Sendable {
    /// Where all of it is.
    static let path = "/api/v1"

    let operations: [Operation]
    private let context: APIContext
    private let callers: Callers
    private let rates = RateLimit()
    private let document: Page
    private let frame: Frame

    /// A whole page of the site around what is written: its title, description and path, its language, and its content.
    public typealias Frame = @Sendable (Phrase, Phrase, String, Language, (HTMLWriter) -> Void) -> Page

    /// - Parameter frame: what the reference page stands in.
    public init(_ context: APIContext, frame: @escaping Frame) {
        self.context = context
        self.frame = frame
        operations = Self.operations(context)
        callers = Callers(database: context.database, revision: context.revision)
        let json = OpenAPIDocument(
            operations: operations,
            title: "\(context.charter.association.shortName): members and figures",
            baseURL: context.baseURL
        )
        .json
        document = Page(ByteBuffer(bytes: json.bytes), contentType: .json, compressionLevel: 6)
    }

    /// Every operation, in the order of the reference page.
    private static func operations(_ context: APIContext) -> [Operation] {
        let members: [Operation] = [
            .listMembers(context), .getMember(context), .addMember(context), .editMember(context),
            .recordStatus(context), .addName(context), .endName(context), .putTags(context), .putWebsite(context),
            .putOwnWords(context), .getContacts, .putContacts, .addPicture, .describePicture, .movePhotoUp,
            .removePicture, .previewMerge, .mergeMembers, .listBulkActions, .getBulkAction, .tagMembers, .undoTagging,
            .listViews, .saveView(context), .removeView, .mailMembers(context), .stopMailing,
            .exportMembers(context), .exportMemberSheet,
        ]
        let network: [Operation] = [
            .listChanges(context), .getGrowth(context), .listFigures(context), .getFigure(context),
            .listCountries(context), .listRules(context),
        ]
        let proposals: [Operation] = [
            .listProposals, .listMemberProposals, .makeProposal, .makeDocumentedProposal, .withdrawProposal,
            .decideProposal, .getProposalDocument, .getMemberProposalDocument,
        ]
        let decisions: [Operation] = [
            .listDecisions, .getDecision, .openDecision(context), .repeatDecision, .withdrawDecision, .recordMeeting,
            .recordAnswer, .carryOutItem, .listOwnDecisions, .getOwnDecision, .answerDecision,
        ]
        let events: [Operation] = [
            .listEvents, .getEvent, .addEvent(context), .correctEvent(context), .markListWhole,
            .listEventParticipations, .listEventSteps, .addParticipation, .correctParticipation, .removeParticipation,
            .listMemberParticipations, .listMemberSteps, .listCircumstances, .stateCircumstance(context),
            .listParticipantLists, .readParticipantList, .getParticipantList, .listParticipantListRows,
            .settleParticipantRows, .bringInParticipantList, .dropParticipantList,
        ]
        let standing: [Operation] = [
            .listStandingProposals, .getStandingProposal, .putStandingProposal, .dropStandingProposal,
            .listStandingFindings, .listStandingSummary,
        ]
        let money = Operation.standings(context) + Operation.dues(context) + Operation.payments
        let people: [Operation] = [
            .listPeople, .getPerson, .invitePerson, .inviteAgain, .revokeInvitation, .giveRole, .endRole,
            .listMemberPeople,
        ]
        let office: [Operation] = [
            .listJournal, .getJournalEntry, .listMail, .getMail, .decideMail, .listImports, .getImport,
            .listImportRows, .stageImport, .mapImport, .checkImport, .decideImportRows, .decideImportOutcome,
            .applyImport, .undoImport, .dropImport, .listJobs, .getJob, .listJobRuns, .runJob, .getToday, .listSettings,
        ]
        let membership: [Operation] = [proposals, Operation.joining(context), decisions].flatMap(\.self)
        return [members, network, membership, events, standing, money, people, office, own].flatMap(\.self)
    }

    /// What is somebody's own, and what other programs have.
    private static let own: [Operation] = [
        .getOwnAccount, .editOwnAccount, .listSessions, .endSession, .getPersonalData, .getToken, .listOwnTokens,
        .revokeOwnToken, .listMemberTokens, .revokeMemberToken, .listTokens, .revokeToken, .listWebhooks, .addWebhook,
        .getWebhook, .changeWebhook, .turnWebhook, .removeWebhook, .tryWebhook, .listDeliveries, .replayDelivery,
    ]

    /// Adds the API's addresses to `routes`.
    public func addRoutes(to routes: Routes) {
        let document = self.document
        routes.get(RouterPath("\(Self.path)/openapi.json")) { request, _ -> Response in
            var response = document.response(to: request)
            response.headers[.accessControlAllowOrigin] = "*"
            return response
        }
        let reference = ReferencePage(operations: operations, rate: context.rate, baseURL: context.baseURL)
        routes.get(RouterPath(ReferencePage.path)) { [context, frame] request, web -> Response in
            let language = web.language
            return try await context.cache.response(to: request, variant: language.rawValue) {
                frame(ReferencePage.title, ReferencePage.description, ReferencePage.path, language, reference.write)
            }
        }
        for operation in operations {
            let door = APIDoor(operation, context, callers, rates)
            routes.on(RouterPath(Self.path + operation.path), method: operation.method) { request, web -> Response in
                try await door.answer(request, web)
            }
        }
        DataSets(context).addRoutes(to: routes)
        for (path, operations) in Dictionary(grouping: operations, by: \.path) {
            routes.on(RouterPath(Self.path + path), method: .options) { _, _ in Self.preflight(operations) }
        }
    }

    /// What a browser asks before a page of another site may read (Fetch, "CORS-preflight request").
    private static func preflight(_ operations: [Operation]) -> Response {
        let methods = operations.map(\.method.rawValue) + ["OPTIONS"]
        let all = methods.contains("GET") ? methods + ["HEAD"] : methods
        var fields: HTTPFields = [.allow: all.sorted().joined(separator: ", ")]
        if operations.contains(where: \.isShared) {
            fields[.accessControlAllowOrigin] = "*"
            fields[.accessControlAllowMethods] = "GET, HEAD"
            fields[.accessControlAllowHeaders] = "If-None-Match"
            fields[.accessControlMaxAge] = "86400"
        }
        return Response(status: .noContent, headers: fields)
    }
}
