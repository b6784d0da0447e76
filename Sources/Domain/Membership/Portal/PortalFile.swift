import Database
import Files
import Foundation

/// What the portal tells the file store: which stored bytes are in use, and by what.
enum PortalFile {
    struct Owner {
        let kind: String
        let id: String
    }

    static func use(
        _ transaction: Transaction,
        hash: String,
        owner: Owner,
        label: String,
        name: String,
        now: Date
    ) throws {
    }

    static func release(_ transaction: Transaction, hash: String, owner: Owner) throws {
    }
}
