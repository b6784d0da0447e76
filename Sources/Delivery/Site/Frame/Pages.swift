import HTML
import Languages

/// Which part of a long list is shown.
struct PageSpan: Equatable {
    let page: Int
    let size: Int
    let total: Int
    /// `total` is only a lower bound.
    let isOpen: Bool

    var lastPage: Int { max(1, (total + size - 1) / size) }
    var first: Int { (page - 1) * size + 1 }
    var last: Int { min(page * size, total) }
    var hasNext: Bool { page < lastPage }

    /// The pages that a reader can jump to: both ends and what lies beside the present one; nil where some are left out.
    var steps: [Int?] {
        let wanted = Set([1, 2, page - 1, page, page + 1, lastPage - 1, lastPage]).filter { 1...lastPage ~= $0 }
            .sorted()
        var steps: [Int?] = []
        for number in wanted {
            if let previous = steps.last, let previous, number > previous + 1 { steps.append(nil) }
            steps.append(number)
        }
        return steps
    }
}

extension HTMLWriter {
    /// Links to the pages of a list; nothing when there is one page.
    func pages(_ span: PageSpan, address: (Int) -> String) {
        guard span.lastPage > 1 else { return }
        nav(.class("pages"), .aria(.label, say("Pages"))) {
            self.span(.class("quiet"), text: say("\(span.first)–\(span.last) of \(span.total)"))
            if span.page > 1 { a(.href(address(span.page - 1)), .rel("prev"), text: say("Previous")) }
            for step in span.steps {
                if let step {
                    a(.href(address(step)), .when(step == span.page, .aria(.current, "page")), text: .number(step))
                } else {
                    self.span(.aria(.hidden, true), text: "…")
                }
            }
            if span.hasNext { a(.href(address(span.page + 1)), .rel("next"), text: say("Next")) }
        }
    }
}
