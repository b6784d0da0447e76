import Journal
public import Languages

/// What happened, as other programs are told it.
public enum EventKind: String, Sendable, CaseIterable {
    case memberAdded = "member.added"
    case memberChanged = "member.changed"
    case memberStatus = "member.status"
    case memberMerged = "member.merged"
    case profileChanged = "profile.changed"
    case proposalMade = "proposal.made"
    case proposalDecided = "proposal.decided"
    case applicationSent = "application.sent"
    case applicationDecided = "application.decided"
    case invoiceIssued = "invoice.issued"
    case invoiceCredited = "invoice.credited"
    case paymentRecorded = "payment.recorded"
    case paymentUndone = "payment.undone"
    case reliefDecided = "relief.decided"

    /// What an entry of the journal is to other programs; `nil` for what is not theirs to know.
    init?(_ action: String) {
        switch action {
        case "member.added": self = .memberAdded
        case "member.edited", "name.recorded", "name.ended", "member.tagged", "member.untagged": self = .memberChanged
        case "status.recorded": self = .memberStatus
        case "member.merged": self = .memberMerged
        case "proposal.made": self = .proposalMade
        case "proposal.accepted", "proposal.declined", "proposal.withdrawn": self = .proposalDecided
        case "application.submitted": self = .applicationSent
        case "application.admitted", "application.declined", "application.closed", "application.withdrawn":
            self = .applicationDecided
        case "invoice.issued": self = .invoiceIssued
        case "invoice.credited": self = .invoiceCredited
        case "payment.recorded", "refund.recorded", "credit.recorded": self = .paymentRecorded
        case "payment.undone": self = .paymentUndone
        case "relief.adopted", "relief.rejected": self = .reliefDecided
        default:
            guard action.hasPrefix("profile.") else { return nil }
            self = .profileChanged
        }
    }

    /// As a label.
    public var words: Phrase {
        switch self {
        case .memberAdded: say("A member is added")
        case .memberChanged: say("A member's record is changed")
        case .memberStatus: say("A member's status is changed")
        case .memberMerged: say("Two records are merged")
        case .profileChanged: say("A member's profile is changed")
        case .proposalMade: say("A fact is proposed")
        case .proposalDecided: say("A proposal is decided or withdrawn")
        case .applicationSent: say("An application for membership is sent")
        case .applicationDecided: say("An application for membership is decided, closed or withdrawn")
        case .invoiceIssued: say("An invoice is issued")
        case .invoiceCredited: say("A credit note for an invoice is issued")
        case .paymentRecorded: say("A payment, a refund or the use of a credit balance is recorded")
        case .paymentUndone: say("A payment, a refund or the use of a credit balance is undone")
        case .reliefDecided: say("A request for relief from dues is decided")
        }
    }

    /// What is sent to try an endpoint.
    static let test = "webhook.test"
}
