import Foundation

/// One field of an entry, before and after.
public struct FieldChange: Sendable, Equatable {
    /// A value as it can be shown.
    public enum Shown: Sendable, Equatable {
        case text(String)
        /// Personal, and not among the values at hand: it was erased, or the reader may not see it.
        case withheld
    }

    public let field: String
    public let before: Shown?
    public let after: Shown?
}

extension JournalEntry {
    /// The fields that the entry tells of, in the order of their names; one that did not change is left out.
    ///
    /// - Parameter personal: The personal values at hand (`Journal.personalValues`).
    public func changes(personal: [PersonalValue] = []) -> [FieldChange] {
        let known = Dictionary(personal.map { ($0.field, $0.value) }, uniquingKeysWith: { first, _ in first })
        let (old, new) = (Self.fields(before, known), Self.fields(after, known))
        return Set(old.keys).union(new.keys).sorted().compactMap { field in
            let change = FieldChange(field: field, before: old[field], after: new[field])
            return change.before == change.after && change.before != .withheld ? nil : change
        }
    }

    private static func fields(_ json: String?, _ personal: [String: String]) -> [String: FieldChange.Shown] {
        guard let json, let value = try? JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
        else { return [:] }
        guard let object = value as? [String: Any] else { return ["value": shown(value, personal)] }
        return object.mapValues { shown($0, personal) }
    }

    private static func shown(_ value: Any, _ personal: [String: String]) -> FieldChange.Shown {
        switch value {
        case let object as [String: Any]:
            if let field = object["personal"] as? String { return personal[field].map { .text($0) } ?? .withheld }
            let parts = object.sorted { $0.key < $1.key }.map { "\($0.key): \(text(shown($0.value, personal)))" }
            return .text(parts.joined(separator: ", "))
        case let list as [Any]: return .text(list.map { text(shown($0, personal)) }.joined(separator: ", "))
        case let string as String: return .text(string)
        case is NSNull: return .text("")
        case let number as NSNumber: return .text(number.stringValue)
        default: return .text("\(value)")
        }
    }

    private static func text(_ shown: FieldChange.Shown) -> String {
        switch shown {
        case .text(let text): text
        case .withheld: "erased"
        }
    }
}
