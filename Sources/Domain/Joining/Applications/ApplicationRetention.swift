import Access
import Charter
import Database
import Files
import Foundation
import Journal
import Languages
import Mail

/// What goes after a time by the charter: applications that were never sent, and what applicants said of themselves
/// once theirs is over. Of the latter it stays who applied, when, how it ended, and by which steps.
enum ApplicationRetention {
    static let drafts = RetentionStore(.applicationDrafts) { transaction, instant, now in
        let ids = try Application.list(
            transaction,
            "WHERE a.submitted_at IS NULL AND a.changed_at < ? ORDER BY a.id",
            [.text(InstantText.text(instant))]
        ).map(\.id)
        for id in ids {
            try strip(transaction, id, now: now)
            for table in ["application_field", "application_step"] {
                try transaction.execute("DELETE FROM \(table) WHERE application_id = ?", [.text(id)])
            }
            try transaction.execute("DELETE FROM application WHERE id = ?", [.text(id)])
        }
        return ids.count
    }

    static let ended = RetentionStore(.applications) { transaction, instant, now in
        let ids = try Application.list(
            transaction,
            "WHERE a.ended_at < ? AND a.emptied_at IS NULL ORDER BY a.id",
            [.text(InstantText.text(instant))]
        ).map(\.id)
        for id in ids {
            try strip(transaction, id, now: now)
            // Which city applied is no secret of a person's, and without it the record would tell of nobody.
            let kept = [ApplicationField.name, .country].map { "'\($0.rawValue)'" }.joined(separator: ", ")
            try transaction.execute(
                "DELETE FROM application_field WHERE application_id = ? AND field NOT IN (\(kept))",
                [.text(id)]
            )
            try transaction.execute(
                "UPDATE application_step SET words = '', author_name = '' WHERE application_id = ?",
                [.text(id)]
            )
            try transaction.execute(
                "UPDATE application SET email = '', contact_id = NULL, emptied_at = ? WHERE id = ?",
                [.text(InstantText.text(now)), .text(id)]
            )
        }
        return ids.count
    }

    /// Removes documents and links, and what the journal keeps of it beside its hashes.
    private static func strip(_ transaction: Transaction, _ id: String, now: Date) throws {
        // What the body read of it: the reasons, and what the secretariat thought.
        try transaction.execute(
            "UPDATE circular_item SET evidence = ? WHERE subject_kind = ? AND subject_id = ?",
            [.text(Phrase.empty.stored), .text(Application.subjectKind), .text(id)]
        )
        try Outbox.erase(transaction, about: id, now: now)
        try FileUse.removeAll(transaction, of: FileOwner(Application.subjectKind, id), now: now)
        try transaction.execute("DELETE FROM application_link WHERE application_id = ?", [.text(id)])
        try Journal.erasePersonal(transaction, subject: .init(Application.subjectKind, id))
    }
}
