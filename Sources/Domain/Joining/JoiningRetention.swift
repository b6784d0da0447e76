public import Access

/// What goes after a time by the charter's rules: unsent applications, and what applicants said of themselves.
public enum JoiningRetention {
    public static let stores: [RetentionStore] = [ApplicationRetention.drafts, ApplicationRetention.ended]
}
