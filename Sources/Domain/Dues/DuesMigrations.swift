public import Database

/// The tables of fees, invoices, payments, accounts, relief and reminders. Published migrations are never edited; a change is
/// a new one.
///
/// They come after those of Membership and Decisions.
public enum DuesMigrations {
    // An account's entries refer to invoices and payments, so they come after both.
    public static let all: [Migration] =
        FeeMigrations.all + InvoiceMigrations.all + PaymentMigrations.all + AccountMigrations.all + ProofMigrations.all
        + ReliefMigrations.all + ReminderMigrations.all + InventedMigrations.all
}
