import Database

/// A document that facts were taken from.
public struct RecordSource: Sendable, Equatable {
    /// As facts cite it: `GA6`.
    public let code: String
    public let title: String
    /// The year, month or day of publication, as exactly as it is known; `nil` where it is not.
    public let published: String?
    public let licence: String?
    public let note: String?
}

extension Directory {
    /// The sources of all records, by code.
    public func sources() async throws -> [RecordSource] {
        try await database.read { transaction in
            try transaction.query("SELECT code, title, published, licence, note FROM source ORDER BY code", []) { row in
                RecordSource(
                    code: try row.text(0),
                    title: try row.text(1),
                    published: row.optionalText(2),
                    licence: row.optionalText(3),
                    note: row.optionalText(4)
                )
            }
        }
    }
}
