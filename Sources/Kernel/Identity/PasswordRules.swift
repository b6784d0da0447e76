import Foundation
public import Languages

/// Which passwords are taken: long enough, not among the commonest, and not made of what everybody knows of the person.
///
/// After NIST SP 800-63B (5.1.1.2) and OWASP's Authentication Cheat Sheet: length and a list, no rules on kinds of
/// characters, no expiry.
public enum PasswordRules {
    /// In Unicode scalars after composition, as NIST counts them.
    public static let length = 12...200

    /// What is wrong with a password, as a sentence that says what to do, or `nil` when it may be used.
    /// - Parameter association: the association's short name, which everybody would try.
    public static func problem(_ password: String, for person: Person, association: String) -> Phrase? {
        problem(password, names: [person.name, person.email ?? "", association])
    }

    /// The same for somebody who is not written down yet. Each name may be a whole name, an address or a single word.
    public static func problem(_ password: String, names: [String]) -> Phrase? {
        let composed = password.precomposedStringWithCompatibilityMapping
        let count = composed.unicodeScalars.count
        if count < length.lowerBound {
            return say(
                "The password has \(count) characters and needs at least \(length.lowerBound). "
                    + "Use a longer one: four words that do not belong together do well."
            )
        }
        if count > length.upperBound {
            return say(
                "The password has \(count) characters; at most \(length.upperBound) are taken. Use a shorter one."
            )
        }
        if composed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return say("The password holds a character that cannot be typed, such as a line break. Leave it out.")
        }
        let reading = PasswordReading(composed)
        if reading.isCommon {
            return
                say(
                    "The password is one of those that are tried first: a common one, or one with a few characters added. "
                        + "Use four words that do not belong together."
                )
        }
        if let name = reading.held(of: names) {
            return say(
                "The password holds \"\(name)\", which others know of you or of the association. Use other words."
            )
        }
        return nil
    }
}
