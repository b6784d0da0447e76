public import Languages

// What assistive technology reads.
extension Attribute {
    /// A role that the element does not have of itself.
    public static func role(_ value: Role) -> Attribute { Attribute(" role", value.rawValue) }

    /// `aria-…="value"`.
    public static func aria(_ name: Aria, _ value: String) -> Attribute {
        Attribute(" aria-", suffix: name.literal, .text(value))
    }

    /// `aria-…="…"` in the reader's language.
    public static func aria(_ name: Aria, _ phrase: Phrase) -> Attribute {
        Attribute(" aria-", suffix: name.literal, .phrase(phrase))
    }

    /// `aria-…="true"` or `"false"`.
    public static func aria(_ name: Aria, _ isOn: Bool) -> Attribute { aria(name, isOn ? "true" : "false") }

    /// `aria-…` with a number, as for a level or a position.
    public static func aria(_ name: Aria, _ value: Int) -> Attribute { aria(name, String(value)) }
}

/// The names of ARIA's attributes, without `aria-`.
public struct Aria: Sendable {
    let literal: StaticString

    private init(_ literal: StaticString) { self.literal = literal }

    public static let activedescendant = Aria("activedescendant")
    public static let atomic = Aria("atomic")
    public static let autocomplete = Aria("autocomplete")
    public static let busy = Aria("busy")
    public static let checked = Aria("checked")
    public static let colcount = Aria("colcount")
    public static let controls = Aria("controls")
    public static let current = Aria("current")
    public static let describedby = Aria("describedby")
    public static let description = Aria("description")
    public static let details = Aria("details")
    public static let disabled = Aria("disabled")
    public static let errormessage = Aria("errormessage")
    public static let expanded = Aria("expanded")
    public static let haspopup = Aria("haspopup")
    public static let hidden = Aria("hidden")
    public static let invalid = Aria("invalid")
    public static let keyshortcuts = Aria("keyshortcuts")
    public static let label = Aria("label")
    public static let labelledby = Aria("labelledby")
    public static let level = Aria("level")
    public static let live = Aria("live")
    public static let modal = Aria("modal")
    public static let multiselectable = Aria("multiselectable")
    public static let orientation = Aria("orientation")
    public static let owns = Aria("owns")
    public static let posinset = Aria("posinset")
    public static let pressed = Aria("pressed")
    public static let relevant = Aria("relevant")
    public static let required = Aria("required")
    public static let roledescription = Aria("roledescription")
    public static let rowcount = Aria("rowcount")
    public static let rowindex = Aria("rowindex")
    public static let selected = Aria("selected")
    public static let setsize = Aria("setsize")
    public static let sort = Aria("sort")
    public static let valuemax = Aria("valuemax")
    public static let valuemin = Aria("valuemin")
    public static let valuenow = Aria("valuenow")
    public static let valuetext = Aria("valuetext")
}

/// The roles that a page of this site gives.
public enum Role: String, Sendable {
    case alert
    case application
    case article
    case banner
    case button
    case cell
    case columnheader
    case combobox
    case complementary
    case contentinfo
    case dialog
    case document
    case feed
    case figure
    case form
    case grid
    case gridcell
    case group
    case heading
    case img
    case link
    case list
    case listbox
    case listitem
    case log
    case main
    case menu
    case menuitem
    case meter
    case navigation
    case none
    case note
    case option
    case presentation
    case progressbar
    case region
    case row
    case rowgroup
    case rowheader
    case search
    case searchbox
    case separator
    case slider
    case status
    case `switch`
    case tab
    case table
    case tablist
    case tabpanel
    case term
    case textbox
    case toolbar
    case tooltip
    case tree
    case treeitem
}
