import Charter
import DatabaseTesting

/// The charter of a made-up association, so that no test leans on the words of a real one.
enum Ports {
    static let charter: Charter = {
        let (charter, problems) = Charter.lint(text: text, file: "ports.yaml")
        guard let charter else { preconditionFailure("the charter of the tests is wrong: \(problems)") }
        return charter
    }()

    /// With a ground on which the rule on standing can be tried, a way to leave, a rule by which the diet decides
    /// without meeting, and a second body.
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
        )
    }()
}
