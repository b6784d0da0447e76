import Languages

/// What bodies were asked and what came of it.
func decisionDeed(_ action: String) -> Phrase? {
    switch action {
    case "decision.opened": say("Decision asked for", context: "an entry of the journal")
    case "decision.answered": say("Decision answered", context: "an entry of the journal")
    case "decision.closed": say("Decision closed", context: "an entry of the journal")
    case "decision.withdrawn": say("Decision withdrawn", context: "an entry of the journal")
    case "decision.answer-recorded": say("Answer entered for a seat", context: "an entry of the journal")
    case "decision.meeting-recorded": say("Decision of a meeting entered", context: "an entry of the journal")
    case "decision.carried-out": say("Decision carried out", context: "an entry of the journal")
    case "decision.not-carried-out": say("Decision could not be carried out", context: "an entry of the journal")
    default: nil
    }
}

/// What was done to events, participation and standing.
func standingDeed(_ action: String) -> Phrase? {
    switch action {
    case "event.corrected": say("Event corrected", context: "an entry of the journal")
    case "event.list_brought_in": say("List of participants brought in", context: "an entry of the journal")
    case "participation.added": say("Participation added", context: "an entry of the journal")
    case "participation.corrected": say("Participation corrected", context: "an entry of the journal")
    case "event.list_whole": say("List of participants is whole", context: "an entry of the journal")
    case "event.list_not_whole": say("List of participants is not whole", context: "an entry of the journal")
    case "activity.added": say("Activity added", context: "an entry of the journal")
    case "activity.withdrawn": say("Activity withdrawn", context: "an entry of the journal")
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

/// What became of applications for membership.
func applicationDeed(_ action: String) -> Phrase? {
    switch action {
    case "application.started": say("Application begun", context: "an entry of the journal")
    case "application.submitted": say("Application sent", context: "an entry of the journal")
    case "application.asked": say("Applicant asked", context: "an entry of the journal")
    case "application.answered": say("Application answered", context: "an entry of the journal")
    case "application.noted": say("Application noted on", context: "an entry of the journal")
    case "application.recommended": say("Application recommended on", context: "an entry of the journal")
    case "application.taken-back": say("Recommendation taken back", context: "an entry of the journal")
    case "application.put": say("Application put before the body", context: "an entry of the journal")
    case "application.returned": say("Application given back by the body", context: "an entry of the journal")
    case "application.undecided": say("Application left undecided by the body", context: "an entry of the journal")
    case "application.admitted": say("Applicant admitted", context: "an entry of the journal")
    case "application.declined": say("Application declined", context: "an entry of the journal")
    case "application.closed": say("Application closed", context: "an entry of the journal")
    case "application.withdrawn": say("Application withdrawn", context: "an entry of the journal")
    case "application.matched": say("Applicant found in the records", context: "an entry of the journal")
    case "application.unmatched": say("Applicant is not in the records", context: "an entry of the journal")
    case "application.contact-erased": say("Contact of an application erased", context: "an entry of the journal")
    case "application.corrected": say("Application corrected", context: "an entry of the journal")
    case "application.document-added": say("Document added to an application", context: "an entry of the journal")
    case "application.document-removed": say("Document removed from an application", context: "an entry of the journal")
    default: nil
    }
}

/// What members asked about their membership: to leave, to appeal, to be reinstated.
func requestDeed(_ action: String) -> Phrase? {
    switch action {
    case "request.filed": say("Request of a member recorded", context: "an entry of the journal")
    case "request.taken-back": say("Request of a member taken back", context: "an entry of the journal")
    case "request.put": say("Request of a member put before the body", context: "an entry of the journal")
    case "request.returned": say("Request of a member given back by the body", context: "an entry of the journal")
    case "request.adopted": say("Request of a member adopted", context: "an entry of the journal")
    case "request.rejected": say("Request of a member rejected", context: "an entry of the journal")
    default: nil
    }
}

/// What applications and members' requests tell.
func joiningField(_ field: String) -> Phrase? {
    switch field {
    case "reference": say("number", context: "a field in the journal")
    case "other_name": say("other name", context: "a field in the journal")
    case "other_language": say("language of the other name", context: "a field in the journal")
    case "employees": say("employees", context: "a field in the journal")
    case "gdp": say("GDP per capita", context: "a field in the journal")
    case "contact_name": say("contact person", context: "a field in the journal")
    case "contact_position": say("position of the contact person", context: "a field in the journal")
    case "contact_phone": say("telephone of the contact person", context: "a field in the journal")
    case "letters": say("language of letters", context: "a field in the journal")
    case "received_on": say("received on", context: "a field in the journal")
    case "counts_from": say("counts from", context: "a field in the journal")
    case "words": say("words", context: "a field in the journal")
    case "missing": say("missing documents", context: "a field in the journal")
    case "for": say("for admission", context: "a field in the journal")
    case "document": say("document", context: "a field in the journal")
    case "hash": say("content of the file", context: "a field in the journal")
    case "member_id": say("record of the member", context: "a field in the journal")
    case "not_the_same_as": say("not the same as", context: "a field in the journal")
    case "letter_day": say("day of the letter", context: "a field in the journal")
    case "signed_by": say("signed by", context: "a field in the journal")
    case "standing": say("standing", context: "a field in the journal")
    case "standing_day": say("standing since", context: "a field in the journal")
    case "leads_to": say("leads to", context: "a field in the journal")
    case "body": say("body", context: "a field in the journal")
    case "circular": say("decision asked for", context: "a field in the journal")
    default: nil
    }
}

/// What was entered for fees.
func feeDeed(_ action: String) -> Phrase? {
    switch action {
    case "fee-input.entered": say("Figure for fees entered", context: "an entry of the journal")
    case "fee-input.corrected": say("Figure for fees corrected", context: "an entry of the journal")
    case "fee-input.withdrawn": say("Figure for fees withdrawn", context: "an entry of the journal")
    default: nil
    }
}

/// What an entry about a figure for fees tells.
func feeField(_ field: String) -> Phrase? {
    switch field {
    case "measure": say("what it is of", context: "a field in the journal")
    case "as_of": say("as of", context: "a field in the journal")
    case "invented": say("made up", context: "a field in the journal")
    default: nil
    }
}

/// What became of invoices, and the documents that prove what was paid.
func invoiceDeed(_ action: String) -> Phrase? {
    switch action {
    case "dues-run.started": say("Run of invoices started", context: "an entry of the journal")
    case "dues-run.finished": say("Run of invoices ended", context: "an entry of the journal")
    case "invoice.issued": say("Invoice issued", context: "an entry of the journal")
    case "invoice.credited": say("Credit note issued", context: "an entry of the journal")
    case "receipt.issued": say("Receipt issued", context: "an entry of the journal")
    case "certificate.issued": say("Certificate of dues issued", context: "an entry of the journal")
    default: nil
    }
}

/// What became of payments and of banks' statements.
func paymentDeed(_ action: String) -> Phrase? {
    switch action {
    case "payment.recorded": say("Payment recorded", context: "an entry of the journal")
    case "payment.matched": say("Payment found in a statement", context: "an entry of the journal")
    case "payment.split": say("Payment shared out anew", context: "an entry of the journal")
    case "payment.undone": say("Payment undone", context: "an entry of the journal")
    case "refund.recorded": say("Refund recorded", context: "an entry of the journal")
    case "credit.recorded": say("Credit balance used", context: "an entry of the journal")
    case "bank-statement.imported": say("Bank's statement imported", context: "an entry of the journal")
    case "bank-statement.undone": say("Import of a bank's statement undone", context: "an entry of the journal")
    case "bank-line.ignored": say("Line of a statement left aside", context: "an entry of the journal")
    case "bank-line.opened": say("Line of a statement opened again", context: "an entry of the journal")
    case "exchange-rate.set": say("Rate of exchange set", context: "an entry of the journal")
    case "statement-mapping.saved": say("Mapping of a bank's table saved", context: "an entry of the journal")
    case "statement-mapping.forgotten": say("Mapping of a bank's table forgotten", context: "an entry of the journal")
    default: nil
    }
}

/// What an entry about a payment or a statement tells.
func paymentField(_ field: String) -> Phrase? {
    switch field {
    case "received_on": say("received on", context: "a field in the journal")
    case "method": say("how it came", context: "a field in the journal")
    case "payer": say("payer", context: "a field in the journal")
    case "line": say("line of a statement", context: "a field in the journal")
    case "lines": say("lines", context: "a field in the journal")
    case "payments": say("payments", context: "a field in the journal")
    case "confidence": say("how sure, in hundredths", context: "a field in the journal")
    case "shares": say("shares", context: "a field in the journal")
    case "account": say("account", context: "a field in the journal")
    case "rate": say("rate", context: "a field in the journal")
    case "mapping": say("mapping", context: "a field in the journal")
    default: nil
    }
}

/// What an entry about an invoice or a document tells.
func invoiceField(_ field: String) -> Phrase? {
    switch field {
    case "year": say("year", context: "a field in the journal")
    case "issued_on": say("issued on", context: "a field in the journal")
    case "due_on": say("due on", context: "a field in the journal")
    case "amount": say("amount", context: "a field in the journal")
    case "invoice": say("invoice", context: "a field in the journal")
    case "invoices": say("invoices", context: "a field in the journal")
    case "invoiced_anew": say("invoiced anew", context: "a field in the journal")
    case "missing_inputs": say("without an invoice because something is missing", context: "a field in the journal")
    case "problems": say("could not be written", context: "a field in the journal")
    case "content": say("hash of the content", context: "a field in the journal")
    default: nil
    }
}

/// What became of requests for relief from dues, of reminders and of disputes.
func reliefDeed(_ action: String) -> Phrase? {
    switch action {
    case "relief.asked": say("Relief from dues asked for", context: "an entry of the journal")
    case "relief.put": say("Request for relief put before the body", context: "an entry of the journal")
    case "relief.returned": say("Request for relief given back by the body", context: "an entry of the journal")
    case "relief.adopted": say("Request for relief adopted", context: "an entry of the journal")
    case "relief.rejected": say("Request for relief rejected", context: "an entry of the journal")
    case "relief.taken-back": say("Request for relief taken back", context: "an entry of the journal")
    case "invoice.reminded": say("Reminded of an invoice", context: "an entry of the journal")
    case "invoice.disputed": say("Invoice disputed", context: "an entry of the journal")
    case "invoice.dispute-ended": say("Dispute about an invoice ended", context: "an entry of the journal")
    default: nil
    }
}

/// What an entry about relief or a reminder tells.
func reliefField(_ field: String) -> Phrase? {
    switch field {
    case "from_year": say("from the year", context: "a field in the journal")
    case "to_year": say("to the year", context: "a field in the journal")
    case "percent": say("per cent", context: "a field in the journal")
    case "instalments": say("instalments", context: "a field in the journal")
    case "ends": say("ends the relief", context: "a field in the journal")
    case "relief": say("reduction by relief", context: "a field in the journal")
    case "step": say("days from the due day", context: "a field in the journal")
    default: nil
    }
}

/// What programs were given.
func programDeed(_ action: String) -> Phrase? {
    switch action {
    case "token.made": say("Token made", context: "an entry of the journal")
    case "token.revoked": say("Token revoked", context: "an entry of the journal")
    case "webhook.added": say("Webhook added", context: "an entry of the journal")
    case "webhook.changed": say("Webhook changed", context: "an entry of the journal")
    case "webhook.removed": say("Webhook removed", context: "an entry of the journal")
    case "webhook.replayed": say("Webhook sent again", context: "an entry of the journal")
    case "webhook.turned-on": say("Webhook turned on", context: "an entry of the journal")
    case "webhook.turned-off": say("Webhook turned off", context: "an entry of the journal")
    default: nil
    }
}
