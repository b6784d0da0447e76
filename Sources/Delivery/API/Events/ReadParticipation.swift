import Access
import HTTPTypes
import Standing
import Web

extension Operation {
    static let listEventParticipations = list(
        "/events/{event}/participations",
        id: "listEventParticipations",
        topic: .events,
        summary: "List who took part in an event",
        detail: "Every member that is recorded at an event, by name.",
        of: Shapes.participation,
        named: "EventParticipations",
        access: .token(.readMembers, .readMembers),
        parameters: [EventRecords.event]
    ) { try await $0.ask(OneEvent($0.required(EventRecords.event))).participations }

    static let listEventSteps = list(
        "/events/{event}/participation-steps",
        id: "listEventSteps",
        topic: .events,
        summary: "List the steps of an event's participations",
        detail: "What was added, corrected and removed by hand at an event, the latest first: a hundred at most.",
        of: Shapes.participationStep,
        named: "EventSteps",
        access: .token(.readMembers, .readMembers),
        parameters: [EventRecords.event]
    ) { try await $0.ask(OneEvent($0.required(EventRecords.event))).steps }

    static let listMemberParticipations = list(
        "/members/{key}/participations",
        id: "listMemberParticipations",
        topic: .events,
        summary: "List what a member took part in",
        detail: "Every event at which a member is recorded, the latest first.",
        of: Shapes.participation,
        named: "MemberParticipations",
        access: .token(.readMembers, .readMembers),
        parameters: [MemberKey.parameter]
    ) { try await $0.ask(ParticipationOfMember(member: $0.required(MemberKey.parameter))).participations }

    static let listMemberSteps = list(
        "/members/{key}/participation-steps",
        id: "listMemberSteps",
        topic: .events,
        summary: "List the steps of a member's participations",
        detail: "What was added, corrected and removed by hand of a member, the latest first: a hundred at most.",
        of: Shapes.participationStep,
        named: "MemberSteps",
        access: .token(.readMembers, .readMembers),
        parameters: [MemberKey.parameter]
    ) { try await $0.ask(ParticipationOfMember(member: $0.required(MemberKey.parameter))).steps }

    static let listCircumstances = list(
        "/members/{key}/circumstances",
        id: "listCircumstances",
        topic: .events,
        summary: "List what sources state of a member",
        detail: "What sources state of a member's conduct, apart from what the records show, the latest first.",
        of: Shapes.circumstance,
        named: "Circumstances",
        access: .token(.readMembers, .readMembers),
        parameters: [MemberKey.parameter]
    ) { try await $0.ask(ParticipationOfMember(member: $0.required(MemberKey.parameter))).circumstances }
}
