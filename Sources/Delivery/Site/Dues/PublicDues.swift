import HTTPTypes
import Hummingbird
import Web

extension Site {
    /// What membership costs, and what became of what was asked for.
    static func addPublicDues(to routes: Routes, _ context: SiteContext) {
        routes.get(RouterPath(DuesPlace.fees)) { request, web -> Response in
            let context = context.speaking(web.language)
            let question = try FeeQuestion(QueryParameters(request), charter: context.charter, today: context.today())
            // What anybody types is answered at once and kept by no cache.
            guard !question.isAsked else {
                let page = PublicDuesPage(question, context.charter).page(context)
                return page.response(to: request, status: question.problems.isEmpty ? .ok : .unprocessableContent)
            }
            return try await context.answer(to: request) { PublicDuesPage(question, context.charter).page(context) }
        }
        routes.get(RouterPath(DuesPlace.figures)) { request, web in
            let context = context.speaking(web.language)
            let year = try QueryParameters(request).int("year", in: FeeQuestion.years)
            return try await context.answer(to: request) {
                try await PublicDuesFiguresPage.load(year: year, context).page(context)
            }
        }
    }
}

/// The addresses of the public pages on dues.
enum DuesPlace {
    static let fees = "/dues"
    static let figures = "/dues/figures"

    /// Where the question what a fee would be is asked and answered.
    static let ask = "\(fees)#\(askSection)"
    static let askSection = "ask"

    static func fees(of year: Int) -> String { "\(fees)?year=\(year)" }
    static func figures(of year: Int) -> String { "\(figures)?year=\(year)" }
}
