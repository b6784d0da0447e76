public import Database

extension Person {
    /// Hands over everybody who was not erased, by name.
    public static func forEach(_ transaction: Transaction, _ body: (Person) throws -> Void) throws {
        try transaction.query("SELECT \(selected) FROM person WHERE erased_at IS NULL ORDER BY name, id") {
            try Person(row: $0)
        }.forEach(body)
    }
}
