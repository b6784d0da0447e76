import Charter
import DatabaseTesting

/// The charter of a made-up association, so that no test leans on the words of a real one.
enum Ports {
    static let charter: Charter = {
        let (charter, problems) = Charter.lint(text: text, file: "ports.yaml")
        guard let charter else { preconditionFailure("the charter of the tests is wrong: \(problems)") }
        return charter
    }()

    private static let dues = """
            fees:
              - key: harbours
                name: Harbours
                category: port
                measure: {key: population, name: inhabitants, whole_numbers: true}
                currency: EUR
                bands:
                  - {from: 0, to: 99999, fee: 500}
                  - {from: 100000, fee: 2000, printed: "100,000 and more"}
                source: S
                heading: H
              - key: crafts
                name: Crafts
                category: guild
                kinds:
                  - {key: smiths, name: Smiths}
                measure: {key: hands, name: hands, whole_numbers: true, at_least: 1}
                currency: EUR
                bands:
                  - {from: 1, to: 9, fee: 100}
                  - {from: 20, fee: 300}
                rulings:
                  - key: from-10-to-19
                    covers: {from: 10, to: 19}
                    fee: 100
                    day: 2020-01-01
                    made_by: Diet
                    grounds: The table has no row for these.
                    source: S
                    heading: H
                source: S
                heading: H
            remission:
              powers: [remit, reduce, plan]
              purpose: to relieve a port in hardship.
              decided_by: diet
              source: S
              heading: H
            dues:
              billed_on: "01-01"
              due_after_days: 30
              reminders: [-14, 7]
              joining_year: {share: full}
              leaving_year: {share: full}
              facts_as_of: latest
              bank: {holder: Ports (example), iban: DE89370400440532013000, invented: true}
              payments: {books_from: 95, rate_difference: 1/10}
              source: S
              heading: H
            standing:
              - key: good
                name: Good
                when: {nothing_past_due: true, paid: true}
                source: S
                heading: H
              - key: arrears
                name: In arrears
                when: {past_due_days: 1}
                source: S
                heading: H
              - key: no-record
                name: No record
                when: {otherwise: true}
                source: S
                heading: H
            points:
              - key: participation
                name: Participation
                points: 1
                earned_by: participation
                capacities: [delegate, participant]
                source: S
                heading: H
              - key: speaking
                name: Speaking
                points: 1.5
                earned_by: participation
                capacities: [speaker]
                source: S
                heading: H
              - key: case
                name: A case
                points: 1.5
                earned_by: activity
                source: S
                heading: H
              - key: payment
                name: Payment
                points: 5
                earned_by: payment
                source: S
                heading: H
            entitlements:
              - key: pilotage
                name: Pilotage
                access: {good: full, arrears: none, no-record: limited}
                limited: By daylight.
                source: S
                heading: H

        """

    /// With a ground on which the rule on standing can be tried, a way to leave, a rule by which the diet decides
    /// without meeting, a second body, and rules on dues and what follows from them.
    private static let text: String = {
        let bodies = "    bodies:\n      - key: diet\n        name: Diet\n"
        precondition(PortsCharter.text.contains(bodies), "the charter of the tests has no diet")
        return PortsCharter.text.replacing(
            bodies,
            with: """
                      grounds:
                        - key: silted-up
                          categories: [port]
                          leads_to: sunk
                          when: No ship reaches it any more.
                          decided_by: diet
                          source: S
                          heading: H
                      withdrawal:
                        how: A port leaves by letter.
                        leads_to: sunk
                        approved_by: diet
                        source: S
                        heading: H
                    bodies:
                      - key: council
                        name: Council
                        composition: Some.
                        categories: [port]
                        source: S
                        heading: H
                      - key: diet
                        name: Diet
                        meets_every_years: 1
                        circulation:
                          answer_days: 14
                          quorum: 1/2
                          majority: 1/2
                          comparison: more-than
                          silence: counts-for-nothing
                          source: S
                          heading: H

                """
        ).replacing("    bodies:\n", with: dues + "    bodies:\n")
    }()
}
