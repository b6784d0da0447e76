public import Database

/// The tables of applications and of members' requests. Published migrations are never edited; a change is a new one.
///
/// They come after those of Membership, Decisions and Files.
public enum JoiningMigrations {
    public static let all: [Migration] = ApplicationMigrations.all + RequestMigrations.all
}
