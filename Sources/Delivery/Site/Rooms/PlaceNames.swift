import Access
import Database

extension Room {
    /// The names of places in which roles are held, in the page's language; a place that is gone has none.
    func names(of places: [Access.Place]) async throws -> [Access.Place: String] {
        let (known, today, words) = (site.reception.places, today, site.words)
        return try await site.database.read { transaction in
            var names: [Access.Place: String] = [:]
            for place in Set(places) {
                guard let name = try known.name(transaction, of: place, on: today) else { continue }
                if case .body(let key) = place { names[place] = words.seat(key) } else { names[place] = name }
            }
            return names
        }
    }
}
