import Access
import HTML
import Hummingbird
import Languages
import Web

extension Site {
    static func addSettings(to rooms: RoomRoutes) {
        rooms.get("/console/settings", .may(.readSettings)) { room in
            room.page(RoomPage(title: say("Settings"), place: .console(.settings))) { h in
                h.p(
                    .class("lede"),
                    text: say(
                        "What this process was started with. Settings change on the machine, in its environment or its "
                            + "settings file, and with a restart; the association's rules stand in its charter."
                    )
                )
                settingRows(h, room.site.settings)
            }
        }
    }
}

private func settingRows(_ h: HTMLWriter, _ settings: [SettingLine]) {
    h.table {
        h.thead {
            h.tr {
                h.th(.scope(.col), text: say("Setting"))
                h.th(.scope(.col), text: say("Value"))
                h.th(.scope(.col), .class("narrow-hide"), text: say("From", context: "where a setting comes from"))
            }
        }
        h.tbody {
            for setting in settings {
                h.tr {
                    h.th(.scope(.row)) {
                        h.code(setting.name)
                        h.span(.class("also"), text: setting.help)
                    }
                    h.td(.untranslated, text: setting.value.isEmpty ? "—" : setting.value)
                    h.td(.class("narrow-hide")) {
                        h.text(origin(setting.origin))
                        h.span(.class("also")) { h.code(setting.variable) }
                    }
                }
            }
        }
    }
}

/// Where a setting is from, in words; a file has its name.
private func origin(_ origin: String) -> Phrase {
    switch origin {
    case "flag": say("flag", context: "where a setting is from")
    case "environment": say("environment", context: "where a setting is from")
    case "default": say("default", context: "where a setting is from")
    default: .verbatim(origin)
    }
}
