import Languages

/// What an entry of the journal tells of: `member.edited` as "Member edited".
func actionWords(_ action: String) -> Phrase {
    let deeds = [
        memberDeed, profileDeed, personDeed, officeDeed, decisionDeed, standingDeed, applicationDeed, requestDeed,
        feeDeed, invoiceDeed, paymentDeed, reliefDeed, programDeed, rowRecorded, rowChanged, rowRemoved,
    ]
    for deed in deeds { if let words = deed(action) { return words } }
    return .verbatim(capitalisedFirst(plainWords(action)))
}

/// A field of a record in the journal; `head_position` as "head position".
func fieldWords(_ field: String) -> Phrase {
    memberField(field) ?? entryField(field) ?? joiningField(field) ?? feeField(field)
        ?? invoiceField(field) ?? paymentField(field) ?? reliefField(field) ?? recordField(field) ?? workField(field)
        ?? .verbatim(plainWords(field))
}

/// Of a key that nothing here knows, as one of a later release.
private func plainWords(_ key: String) -> String {
    key.replacing(".", with: " ").replacing("_", with: " ").replacing("-", with: " ")
}

/// What was done to a member as a whole, or to many.
private func memberDeed(_ action: String) -> Phrase? {
    switch action {
    case "member.added": say("Member added", context: "an entry of the journal")
    case "member.edited": say("Member edited", context: "an entry of the journal")
    case "member.imported": say("Member imported", context: "an entry of the journal")
    case "member.removed": say("Member removed", context: "an entry of the journal")
    case "member.restored": say("Member restored", context: "an entry of the journal")
    case "member.merged": say("Member merged", context: "an entry of the journal")
    case "member.took_over": say("Member took over", context: "an entry of the journal")
    case "member.tagged": say("Member tagged", context: "an entry of the journal")
    case "member.untagged": say("Member untagged", context: "an entry of the journal")
    case "member.mailed": say("Member mailed", context: "an entry of the journal")
    case "member.mail_stopped": say("Member mail stopped", context: "an entry of the journal")
    case "members.exported": say("Members exported", context: "an entry of the journal")
    case "status.recorded": say("Status recorded", context: "an entry of the journal")
    case "name.recorded": say("Name recorded", context: "an entry of the journal")
    case "name.ended": say("Name ended", context: "an entry of the journal")
    case "view.saved": say("View saved", context: "an entry of the journal")
    case "view.deleted": say("View deleted", context: "an entry of the journal")
    default: nil
    }
}

/// What a member did in its own room.
private func profileDeed(_ action: String) -> Phrase? {
    switch action {
    case "profile.description-changed": say("Profile description changed", context: "an entry of the journal")
    case "profile.contacts-changed": say("Profile contacts changed", context: "an entry of the journal")
    case "profile.website-changed": say("Profile website changed", context: "an entry of the journal")
    case "profile.tags-changed": say("Profile tags changed", context: "an entry of the journal")
    case "profile.logo-set": say("Profile logo set", context: "an entry of the journal")
    case "profile.logo-removed": say("Profile logo removed", context: "an entry of the journal")
    case "profile.photo-added": say("Profile photo added", context: "an entry of the journal")
    case "profile.photo-removed": say("Profile photo removed", context: "an entry of the journal")
    case "profile.photos-ordered": say("Profile photos ordered", context: "an entry of the journal")
    case "profile.picture-described": say("Profile picture described", context: "an entry of the journal")
    case "proposal.made": say("Proposal made", context: "an entry of the journal")
    case "proposal.accepted": say("Proposal accepted", context: "an entry of the journal")
    case "proposal.declined": say("Proposal declined", context: "an entry of the journal")
    case "proposal.withdrawn": say("Proposal withdrawn", context: "an entry of the journal")
    case "proposal.replaced": say("Proposal replaced", context: "an entry of the journal")
    default: nil
    }
}

/// What was done to somebody's account.
private func personDeed(_ action: String) -> Phrase? {
    switch action {
    case "person.invited": say("Person invited", context: "an entry of the journal")
    case "person.edited": say("Person edited", context: "an entry of the journal")
    case "person.closed": say("Person closed", context: "an entry of the journal")
    case "person.reopened": say("Person reopened", context: "an entry of the journal")
    case "person.erased": say("Person erased", context: "an entry of the journal")
    case "person.address-changed": say("Person address changed", context: "an entry of the journal")
    case "person.address-change-asked": say("Person address change asked", context: "an entry of the journal")
    case "person.address-change-given-up": say("Person address change given up", context: "an entry of the journal")
    case "invitation.accepted": say("Invitation accepted", context: "an entry of the journal")
    case "invitation.sent-again": say("Invitation sent again", context: "an entry of the journal")
    case "role.given": say("Role given", context: "an entry of the journal")
    case "role.ended": say("Role ended", context: "an entry of the journal")
    case "identity.linked": say("Identity linked", context: "an entry of the journal")
    case "link.printed": say("Link printed", context: "an entry of the journal")
    case "password.set": say("Password set", context: "an entry of the journal")
    case "password.changed": say("Password changed", context: "an entry of the journal")
    case "password.removed": say("Password removed", context: "an entry of the journal")
    case "recovery-code.used": say("Recovery code used", context: "an entry of the journal")
    case "second-factor.set-up": say("Second factor set up", context: "an entry of the journal")
    case "second-factor.removed": say("Second factor removed", context: "an entry of the journal")
    case "second-factor.reset": say("Second factor reset", context: "an entry of the journal")
    case "second-factor.recovery-codes-made":
        say("Second factor recovery codes made", context: "an entry of the journal")
    case "sessions.ended": say("Sessions ended", context: "an entry of the journal")
    case "erasure.asked": say("Erasure asked", context: "an entry of the journal")
    case "erasure.withdrawn": say("Erasure withdrawn", context: "an entry of the journal")
    case "erasure.declined": say("Erasure declined", context: "an entry of the journal")
    default: nil
    }
}

/// What the office did, and the program by itself.
private func officeDeed(_ action: String) -> Phrase? {
    switch action {
    case "import.staged": say("Import staged", context: "an entry of the journal")
    case "import.applied": say("Import applied", context: "an entry of the journal")
    case "import.undone": say("Import undone", context: "an entry of the journal")
    case "import.dropped": say("Import dropped", context: "an entry of the journal")
    case "mail.queued": say("Mail queued", context: "an entry of the journal")
    case "mail.waiting": say("Mail waiting", context: "an entry of the journal")
    case "mail.sending": say("Mail sending", context: "an entry of the journal")
    case "mail.sent": say("Mail sent", context: "an entry of the journal")
    case "mail.failed": say("Mail failed", context: "an entry of the journal")
    case "mail.bounced": say("Mail bounced", context: "an entry of the journal")
    case "mail.stopped": say("Mail stopped", context: "an entry of the journal")
    case "mail.uncertain": say("Mail uncertain", context: "an entry of the journal")
    case "job.requested": say("Job requested", context: "an entry of the journal")
    case "retention.applied": say("Retention applied", context: "an entry of the journal")
    default: nil
    }
}

/// A row of the reports' own files that is new.
private func rowRecorded(_ action: String) -> Phrase? {
    switch action {
    case "source.recorded": say("Source recorded", context: "an entry of the journal")
    case "decision.recorded": say("Decision recorded", context: "an entry of the journal")
    case "event.recorded": say("Event recorded", context: "an entry of the journal")
    case "figure.recorded": say("Figure recorded", context: "an entry of the journal")
    case "person.recorded": say("Person recorded", context: "an entry of the journal")
    case "office.recorded": say("Office recorded", context: "an entry of the journal")
    case "participation.recorded": say("Participation recorded", context: "an entry of the journal")
    case "circumstance.recorded": say("Circumstance recorded", context: "an entry of the journal")
    case "roll_line.recorded": say("Roll line recorded", context: "an entry of the journal")
    case "statement.recorded": say("Statement recorded", context: "an entry of the journal")
    case "explanation.recorded": say("Explanation recorded", context: "an entry of the journal")
    case "contradiction.recorded": say("Contradiction recorded", context: "an entry of the journal")
    case "member.recorded": say("Member recorded", context: "an entry of the journal")
    default: nil
    }
}

/// A row of the reports' own files that changed.
private func rowChanged(_ action: String) -> Phrase? {
    switch action {
    case "source.changed": say("Source changed", context: "an entry of the journal")
    case "decision.changed": say("Decision changed", context: "an entry of the journal")
    case "event.changed": say("Event changed", context: "an entry of the journal")
    case "name.changed": say("Name changed", context: "an entry of the journal")
    case "status.changed": say("Status changed", context: "an entry of the journal")
    case "figure.changed": say("Figure changed", context: "an entry of the journal")
    case "person.changed": say("Person changed", context: "an entry of the journal")
    case "office.changed": say("Office changed", context: "an entry of the journal")
    case "participation.changed": say("Participation changed", context: "an entry of the journal")
    case "circumstance.changed": say("Circumstance changed", context: "an entry of the journal")
    case "roll_line.changed": say("Roll line changed", context: "an entry of the journal")
    case "statement.changed": say("Statement changed", context: "an entry of the journal")
    case "explanation.changed": say("Explanation changed", context: "an entry of the journal")
    case "contradiction.changed": say("Contradiction changed", context: "an entry of the journal")
    case "member.changed": say("Member changed", context: "an entry of the journal")
    default: nil
    }
}

/// A row of the reports' own files that is gone.
private func rowRemoved(_ action: String) -> Phrase? {
    switch action {
    case "source.removed": say("Source removed", context: "an entry of the journal")
    case "decision.removed": say("Decision removed", context: "an entry of the journal")
    case "event.removed": say("Event removed", context: "an entry of the journal")
    case "name.removed": say("Name removed", context: "an entry of the journal")
    case "status.removed": say("Status removed", context: "an entry of the journal")
    case "figure.removed": say("Figure removed", context: "an entry of the journal")
    case "person.removed": say("Person removed", context: "an entry of the journal")
    case "office.removed": say("Office removed", context: "an entry of the journal")
    case "participation.removed": say("Participation removed", context: "an entry of the journal")
    case "circumstance.removed": say("Circumstance removed", context: "an entry of the journal")
    case "roll_line.removed": say("Roll line removed", context: "an entry of the journal")
    case "statement.removed": say("Statement removed", context: "an entry of the journal")
    case "explanation.removed": say("Explanation removed", context: "an entry of the journal")
    case "contradiction.removed": say("Contradiction removed", context: "an entry of the journal")
    default: nil
    }
}

/// What the records hold of a member.
private func memberField(_ field: String) -> Phrase? {
    switch field {
    case "key": say("key", context: "a field in the journal")
    case "name": say("name", context: "a field in the journal")
    case "other_names": say("other names", context: "a field in the journal")
    case "category": say("category", context: "a field in the journal")
    case "country": say("country", context: "a field in the journal")
    case "region": say("region", context: "a field in the journal")
    case "website": say("website", context: "a field in the journal")
    case "description": say("description", context: "a field in the journal")
    case "tags": say("tags", context: "a field in the journal")
    case "area": say("area", context: "a field in the journal")
    case "area_km2": say("area km2", context: "a field in the journal")
    case "coordinates": say("coordinates", context: "a field in the journal")
    case "latitude": say("latitude", context: "a field in the journal")
    case "longitude": say("longitude", context: "a field in the journal")
    case "population": say("population", context: "a field in the journal")
    case "population_year": say("population year", context: "a field in the journal")
    case "head": say("head", context: "a field in the journal")
    case "head_position": say("head position", context: "a field in the journal")
    case "head_shown_on": say("head shown on", context: "a field in the journal")
    case "head_of_government": say("head of government", context: "a field in the journal")
    case "status": say("status", context: "a field in the journal")
    case "status_day": say("status day", context: "a field in the journal")
    case "joined": say("joined", context: "a field in the journal")
    case "language": say("language", context: "a field in the journal")
    case "kind": say("kind", context: "a field in the journal")
    case "earliest": say("earliest", context: "a field in the journal")
    case "latest": say("latest", context: "a field in the journal")
    case "grounds": say("grounds", context: "a field in the journal")
    case "decision": say("decision", context: "a field in the journal")
    case "valid_from": say("valid from", context: "a field in the journal")
    case "valid_to": say("valid to", context: "a field in the journal")
    case "source": say("source", context: "a field in the journal")
    case "locator": say("locator", context: "a field in the journal")
    case "note": say("note", context: "a field in the journal")
    default: nil
    }
}

/// What else an entry tells.
private func entryField(_ field: String) -> Phrase? {
    switch field {
    case "email": say("email", context: "a field in the journal")
    case "role": say("role", context: "a field in the journal")
    case "place": say("place", context: "a field in the journal")
    case "from": say("from", context: "a field in the journal")
    case "to": say("to", context: "a field in the journal")
    case "until": say("until", context: "a field in the journal")
    case "effective": say("effective", context: "a field in the journal")
    case "state": say("state", context: "a field in the journal")
    case "fact": say("fact", context: "a field in the journal")
    case "value": say("value", context: "a field in the journal")
    case "detail": say("detail", context: "a field in the journal")
    case "text": say("text", context: "a field in the journal")
    case "label": say("label", context: "a field in the journal")
    case "caption": say("caption", context: "a field in the journal")
    case "shows": say("shows", context: "a field in the journal")
    case "public": say("public", context: "a field in the journal")
    case "subject": say("subject", context: "a field in the journal")
    case "reason": say("reason", context: "a field in the journal")
    case "member": say("member", context: "a field in the journal")
    case "person": say("person", context: "a field in the journal")
    case "file": say("file", context: "a field in the journal")
    case "format": say("format", context: "a field in the journal")
    case "selection": say("selection", context: "a field in the journal")
    case "columns": say("columns", context: "a field in the journal")
    case "rows": say("rows", context: "a field in the journal")
    case "created": say("created", context: "a field in the journal")
    case "changed": say("changed", context: "a field in the journal")
    case "removed": say("removed", context: "a field in the journal")
    case "restored": say("restored", context: "a field in the journal")
    case "left": say("left", context: "a field in the journal")
    case "count": say("count", context: "a field in the journal")
    case "days": say("days", context: "a field in the journal")
    case "shared": say("shared", context: "a field in the journal")
    case "query": say("query", context: "a field in the journal")
    case "activity": say("activity", context: "a field in the journal")
    default: nil
    }
}
