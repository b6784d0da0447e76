/// Markup that goes into a page as it is: the only way past the escaping.
///
/// It is taken from a string literal in the program, so no value from outside can ever be in it.
public struct UnescapedMarkup: Sendable {
    let markup: StaticString

    /// Vouches for `literal` as well-formed markup without script.
    public init(trusted literal: StaticString) {
        markup = literal
    }
}
