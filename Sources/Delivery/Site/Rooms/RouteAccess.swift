package import Access
package import HTTPTypes

/// Who may come to an address. Each route behind sign-in says it; nothing else opens the door.
package enum RouteAccess: Sendable, Equatable {
    /// Whoever comes: the pages of signing in.
    case anyone
    /// Whoever is signed in, for their own things.
    case signedIn
    /// Who may do this in the association.
    case may(Action)
    /// Who may do this in the member whose key stands in the path as `:key`.
    case inMember(Action)
    /// Who may do this anywhere; the command behind it knows where exactly.
    case somewhere(Action)
}

/// One address behind sign-in, as it was declared: what the tests walk with every role.
package struct DeclaredRoute: Sendable, Equatable {
    package let method: HTTPRequest.Method
    package let path: String
    package let access: RouteAccess
}
