import Languages

/// What bodies were asked and what came of it.
func decisionDeed(_ action: String) -> Phrase? {
    switch action {
    case "decision.opened": say("Decision asked for", context: "an entry of the journal")
    case "decision.answered": say("Decision answered", context: "an entry of the journal")
    case "decision.closed": say("Decision closed", context: "an entry of the journal")
    case "decision.withdrawn": say("Decision withdrawn", context: "an entry of the journal")
    default: nil
    }
}

/// What was done to events, participation and standing.
func standingDeed(_ action: String) -> Phrase? {
    switch action {
    case "event.corrected": say("Event corrected", context: "an entry of the journal")
    case "event.list_brought_in": say("List of participants brought in", context: "an entry of the journal")
    case "event.list_whole": say("List of participants is whole", context: "an entry of the journal")
    case "event.list_not_whole": say("List of participants is not whole", context: "an entry of the journal")
    case "circumstance.stated": say("Circumstance stated", context: "an entry of the journal")
    case "circumstance.withdrawn": say("Circumstance withdrawn", context: "an entry of the journal")
    case "standing.proposed": say("Standing proposed", context: "an entry of the journal")
    case "standing.put_forward": say("Standing put forward", context: "an entry of the journal")
    case "standing.taken_back": say("Standing taken back", context: "an entry of the journal")
    case "standing.dropped": say("Standing dropped", context: "an entry of the journal")
    case "standing.no_longer_met": say("Standing no longer met", context: "an entry of the journal")
    case "standing.adopted": say("Standing adopted", context: "an entry of the journal")
    case "standing.rejected": say("Standing rejected", context: "an entry of the journal")
    default: nil
    }
}

/// What programs were given.
func programDeed(_ action: String) -> Phrase? {
    switch action {
    case "token.made": say("Token made", context: "an entry of the journal")
    case "token.revoked": say("Token revoked", context: "an entry of the journal")
    case "webhook.added": say("Webhook added", context: "an entry of the journal")
    case "webhook.replayed": say("Webhook sent again", context: "an entry of the journal")
    default: nil
    }
}
