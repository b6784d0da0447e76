import Charter
import HTML
import Membership

/// A member for search engines, in the words of schema.org.
///
/// Full members are described as places that act, so that both their position and their membership can be said; others
/// as organisations.
func memberLinkedData(_ model: MemberPage, _ context: SiteContext) -> JSONLD? {
    let profile = model.profile
    // What is made up must not reach a search engine.
    guard !profile.isSample else { return nil }
    let isPlace = model.words.categories.first { $0.key == profile.category }?.isFullMember ?? false
    let type: JSONLD = isPlace ? ["AdministrativeArea", "Organization"] : "Organization"
    var members: [JSONLD.Member] = [
        .init("@context", "https://schema.org"), .init("@type", type), .init("name", .string(profile.name)),
        .init("url", .string("\(context.baseURL)/members/\(profile.key)")),
    ]
    let others = alternateNames(profile)
    if !others.isEmpty { members.append(.init("alternateName", .array(others.map(JSONLD.string)))) }
    if let description = profile.description { members.append(.init("description", .string(description))) }
    if let website = profile.website, LinkPolicy.admits(website) { members.append(.init("sameAs", .string(website))) }
    if let latitude = profile.latitude, let longitude = profile.longitude {
        let geo: JSONLD = [
            "@type": "GeoCoordinates", "latitude": .number(latitude), "longitude": .number(longitude),
        ]
        members.append(isPlace ? .init("geo", geo) : .init("location", ["@type": "Place", "geo": geo]))
    }
    if let country = model.country {
        let place: JSONLD = ["@type": "Country", "name": .string(country)]
        members.append(.init(isPlace ? "containedInPlace" : "areaServed", place))
    }
    if model.isOnRoll { members.append(.init("memberOf", association(model, context))) }
    return .object(members)
}

private func association(_ model: MemberPage, _ context: SiteContext) -> JSONLD {
    let association = context.charter.association
    var members: [JSONLD.Member] = [
        .init("@type", "Organization"), .init("name", .string(model.words.associationName)),
    ]
    if let website = association.website { members.append(.init("url", .string(website))) }
    return .object(members)
}

private func alternateNames(_ profile: MemberProfile) -> [String] {
    var names: [String] = []
    for name in profile.names where name.kind != "printed" && name.name != profile.name && !names.contains(name.name) {
        names.append(name.name)
    }
    return names
}
