/// The address of a file that this program itself serves.
///
/// Scripts and style sheets are loaded from these only. Only code of this package can make one, and only the loaded
/// assets folder does.
public struct AssetPath: Sendable, Hashable, CustomStringConvertible {
    /// The path from the root of the site, for instance `/assets/site.3f9a1c.css`.
    public let description: String

    /// Names a served file. The caller answers for `path` being one.
    package init(served path: String) {
        description = path
    }
}
