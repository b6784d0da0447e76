import HTML
import HTTPTypes
import Languages
public import NIOCore
public import Web

extension Site {
    /// A problem within the site's frame, for `HansaServer`.
    public func problemPage(_ page: ProblemPage) -> ByteBuffer {
        problemPageBytes(page.problem, requestID: page.requestID, context.speaking(page.language))
    }
}

/// A page that says what happened and what to do about it.
///
/// - Parameter search: What the reader may have been looking for; offered in the search field.
func problemPageBytes(
    _ problem: RequestProblem,
    requestID: String,
    search: String? = nil,
    _ context: SiteContext
) -> ByteBuffer {
    let page = PageFrame(title: problem.title, description: problem.detail, path: "/", robots: "noindex")
    return frameBytes(page, context) { h in
        h.h1(problem.title)
        h.p(.class("lede"), text: problem.detail)
        if !problem.fields.isEmpty {
            h.div(.class("notice danger")) {
                for field in problem.fields { h.p { wrongField(h, field) } }
            }
        }
        switch problem.status {
        case .notFound:
            searchForm(h, label: say("Find a member by any name"), value: search)
            h.p { h.a(.href("/members"), text: say("All members")) }
        case .badRequest, .uriTooLong:
            h.p { h.a(.href("/members"), text: say("All members")) }
        default:
            h.p { h.a(.href("/"), text: say("To the first page")) }
        }
        if problem.status.code >= 500 {
            h.p { h.b(say("Request \(requestID)")) }
        } else {
            h.p(.class("note"), text: say("Request \(requestID)"))
        }
    }
}

private func wrongField(_ h: HTMLWriter, _ field: RequestProblem.Field) {
    h.b(field.name)
    h.text(" ")
    h.text(field.message)
}

/// The search field that leads to the directory from anywhere.
func searchForm(_ h: HTMLWriter, label: Phrase, value: String? = nil) {
    h.form(.class("field-row"), .action("/members"), .method(.get), .role(.search)) {
        h.div {
            h.label(.for("q"), text: label)
            h.input(
                .type(.search),
                .id("q"),
                .name("q"),
                .value(value ?? ""),
                .placeholder(say("Any name, any script")),
                .autocomplete("off"),
                .spellcheck(false)
            )
        }
        h.button(.class("button primary"), text: say("Search"))
    }
}
