import Languages
import Membership

/// A member's whole record for machines.
struct ProfileDocument: Encodable {
    struct Fact: Encodable {
        var fields: [String: String]
        func encode(to encoder: any Encoder) throws { try fields.encode(to: encoder) }

        init(_ fields: [String: String?], _ source: MemberProfile.Source) {
            self.fields = fields.compactMapValues { $0 }
            self.fields["source"] = source.code
            self.fields["locator"] = source.locator
        }
    }

    let key: String
    let name: String
    let category: String
    let country: String?
    let region: String?
    let website: String?
    let latitude: Double?
    let longitude: Double?
    let tags: [String]
    let description: String?
    let sample: Bool
    let names: [Fact]
    let statuses: [Fact]
    let figures: [Fact]
    let people: [Fact]
    let offices: [Fact]
    let participations: [Fact]

    init(_ profile: MemberProfile) {
        key = profile.key
        name = profile.name
        category = profile.category
        country = profile.country
        region = profile.region
        website = profile.website
        latitude = profile.latitude
        longitude = profile.longitude
        tags = profile.tags
        description = profile.description
        sample = profile.isSample
        names = profile.names.map {
            Fact(
                [
                    "name": $0.name, "language": $0.language, "kind": $0.kind, "from": $0.from, "to": $0.to,
                    "note": $0.note.map { Phrase.record($0).english },
                ],
                $0.source
            )
        }
        statuses = profile.statuses.map {
            Fact(
                [
                    "status": $0.status, "earliest": $0.earliest, "latest": $0.latest,
                    "grounds": $0.grounds.map { Phrase.record($0).english },
                    "decision": $0.decision, "note": $0.note,
                ],
                $0.source
            )
        }
        figures = profile.figures.map {
            Fact(["kind": $0.kind, "value": "\($0.value)", "unit": $0.unit, "year": "\($0.yearLatest)"], $0.source)
        }
        people = profile.people.map {
            Fact(["name": $0.name, "position": $0.position, "role": $0.role, "shown_on": $0.shownOn], $0.source)
        }
        offices = profile.offices.map {
            Fact(["office": $0.office, "detail": $0.detail, "from": $0.from, "to": $0.to], $0.source)
        }
        participations = profile.participations.map {
            Fact(["event": $0.event, "day": $0.day, "capacity": $0.capacity, "mode": $0.mode], $0.source)
        }
    }
}
