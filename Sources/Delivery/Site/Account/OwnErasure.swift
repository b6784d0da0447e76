import Access
import HTML
import Languages

/// The wish to be erased: made, waiting, or declined with the reason.
func ownErasure(_ h: HTMLWriter, _ room: Room, _ erasure: ErasureRequest?) {
    if let erasure, erasure.waits {
        h.div(.class("notice caution")) {
            h.p {
                h.sentence(
                    say("On \(part: 0) you asked that it be erased. An administrator will decide."),
                    { h.instant(erasure.askedAt) }
                )
            }
            room.form(h, "/account/erasure/withdraw") {
                h.button(.class("link-button"), .type(.submit), text: say("Withdraw the request"))
            }
        }
        return
    }
    if let erasure, let declined = erasure.declined {
        h.div(.class("notice")) {
            h.p {
                h.sentence(
                    say(
                        "On \(part: 0) you asked that it be erased. On \(part: 1) that was declined: \(declined.reason)"
                    ),
                    { h.instant(erasure.askedAt) },
                    { h.instant(declined.at) }
                )
            }
            h.p(say("You may ask again, complain to the data protection authority of your country, or go to court."))
        }
    }
    h.details {
        h.summary { h.text(erasure == nil ? say("Have it erased") : say("Ask again to have it erased")) }
        h.p(
            say(
                "An administrator erases everything personal: name, address, sign-ins, mail. Your roles end. That "
                    + "somebody held them stays on record without your name. There is no way back."
            )
        )
        room.form(h, "/account/erasure") {
            h.button(.class("button danger"), .type(.submit), text: say("Ask to erase my data"))
        }
    }
}
