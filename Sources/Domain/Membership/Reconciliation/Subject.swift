/// What a published figure counts. The reports' figures about the membership are all of these kinds.
public enum Subject: String, Sendable, CaseIterable {
    case members
    case localGovernments = "local-governments"
    case institutions, corporations
    case membersInRegion = "members-in-region"
    case founders, countries, joins, withdrawals, suspensions, terminations
    case growthPercent = "growth-percent"
    case growthPercentCategory = "growth-percent-category"
    case quorum
    case membersPresent = "members-present"
    case populationRepresented = "population-represented"
    case votesCast = "votes-cast"
    case votesForHost = "votes-for-host"
    case participants, viewers, cities
    /// What was approved of a year's membership fees, in the currency that is the statement's unit.
    case feesApproved = "fees-approved"
}
