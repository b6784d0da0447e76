import Foundation
import Languages

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3), after it was checked.
struct OpenIDDiscovery: Sendable, Equatable {
    let authorization: OpenIDAddress
    let token: OpenIDAddress
    let keys: OpenIDAddress
    let userInfo: OpenIDAddress?
    /// Whether the client names itself by HTTP Basic, which is the default, or else in the form's body.
    let usesBasic: Bool
    /// Whether the provider promised to name itself in its answers (RFC 9207).
    let namesIssuer: Bool

    private struct Document: Decodable {
        let issuer: String
        let authorization_endpoint: String
        let token_endpoint: String
        let jwks_uri: String
        let userinfo_endpoint: String?
        let token_endpoint_auth_methods_supported: [String]?
        let authorization_response_iss_parameter_supported: Bool?
    }

    /// Reads a document. Throws `OpenIDError.badAnswer` when it is of another issuer or names an address that it may not.
    init(_ bytes: [UInt8], issuer: OpenIDAddress) throws(OpenIDError) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)) else {
            throw .badAnswer(say("its discovery document lacks what it must have"))
        }
        guard document.issuer == issuer.text else {
            throw .badAnswer(say("its discovery document is of another issuer"))
        }
        func address(_ text: String, _ name: String) throws(OpenIDError) -> OpenIDAddress {
            guard let address = OpenIDAddress(text), address.isAllowed(from: issuer) else {
                throw .badAnswer(say("its \(name) is not an https address"))
            }
            return address
        }
        authorization = try address(document.authorization_endpoint, "authorization_endpoint")
        token = try address(document.token_endpoint, "token_endpoint")
        keys = try address(document.jwks_uri, "jwks_uri")
        if let text = document.userinfo_endpoint {
            userInfo = try address(text, "userinfo_endpoint")
        } else {
            userInfo = nil
        }
        let methods = document.token_endpoint_auth_methods_supported ?? ["client_secret_basic"]
        guard methods.contains("client_secret_basic") || methods.contains("client_secret_post") else {
            throw .badAnswer(say("it takes neither client_secret_basic nor client_secret_post"))
        }
        usesBasic = methods.contains("client_secret_basic")
        namesIssuer = document.authorization_response_iss_parameter_supported ?? false
    }
}
