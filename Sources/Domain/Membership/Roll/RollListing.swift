import Database

/// A page of a list that is known how to read: what the directory remembers of the list (how many rows, where the page
/// begins) is found out first, so that reading it touches only the page's own rows.
public struct RollListing: Sendable {
    let filter: RollFilter
    let page: Int
    let size: Int
    /// How many rows the list has, where that is known.
    let total: Int?
    /// Where each page of a long list begins.
    let starts: PageStarts?

    /// The page, in a transaction that is open.
    func read(_ transaction: Transaction) throws -> RollPage {
        let offset = (page - 1) * size
        let search = filter.search ?? ""
        if !search.isEmpty {
            return try NameSearch.find(search, filter, transaction, limit: size, offset: offset)
        }
        if let starts, let total {
            let query = starts.narrow(RollQuery(filter), to: page, descending: filter.descending)
            let rows = try query?.rows(
                transaction,
                order: .name,
                descending: filter.descending,
                limit: size,
                offset: 0
            )
            return RollPage(rows: rows ?? [], total: total, isTotalOpen: false, correctedWords: [])
        }
        let query = RollQuery(filter)
        let rows = try query.rows(
            transaction,
            order: filter.order,
            descending: filter.descending,
            limit: size,
            offset: offset
        )
        return RollPage(
            rows: rows,
            total: try total ?? query.count(transaction),
            isTotalOpen: false,
            correctedWords: []
        )
    }

    /// Every row of a list. Throws `MemberRefusal.tooManyMembers` for more than `most`, and `.searchTooWide`.
    static func everything(_ filter: RollFilter, _ transaction: Transaction, most: Int) throws -> [RollRow] {
        let all = try RollListing(filter: filter, page: 1, size: most, total: nil, starts: nil).read(transaction)
        if all.isTotalOpen { throw MemberRefusal.searchTooWide }
        if all.total > most { throw MemberRefusal.tooManyMembers(all.total) }
        return all.rows
    }
}
