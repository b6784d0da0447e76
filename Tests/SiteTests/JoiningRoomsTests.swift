import Access
import Joining
import Languages
import Membership
import Testing

@testable import Site
@testable import Web

@Suite struct JoiningRoomsTests {
    @Test(arguments: [
        ("", ""), ("state=put", "?state=put"), ("page=1&requests=1", ""),
        ("requests=2&state=admitted&page=3&request=taken-back", "?state=admitted&page=3&request=taken-back&requests=2"),
    ])
    func `the two lists of the console keep their states and pages apart`(_ given: String, _ query: String) throws {
        let address = try JoiningListAddress(QueryParameters(text: given)).with { _ in }
        #expect(address == "/console/joining" + query)
    }

    @Test func `without a state the lists show what is under way, and nothing that was not sent`() throws {
        let address = try JoiningListAddress(QueryParameters(text: ""))
        #expect(address.states == [.submitted, .asked, .recommended, .put])
        #expect(address.requestStates == [.received, .put])
        #expect(throws: RequestProblem.self) { try JoiningListAddress(QueryParameters(text: "state=lost")) }
    }

    @Test func `what waits and the journal lead to the page of the thing`() {
        #expect(ConsoleJoining.of("application", "a1") == "/console/joining/applications/a1")
        #expect(ConsoleJoining.of("membership-request", "r1") == "/console/joining/requests/r1")
        #expect(ConsoleJoining.of("member", "m1") == nil)
    }

    @Test func `the form that asks a body gets its matter and its one subject`() {
        #expect(ConsoleJoining.put("admission", "a&b") == "/console/decisions/new?matter=admission&subject=a%26b")
    }

    @Test func `a problem of one of several forms is told at its own box`() {
        let form = NamedForm("close")
        let problems = form.problems(InvalidInput("reason", say("Say why.")))
        #expect(problems.message("close-reason") == say("Say why."))
        #expect(problems.message("reason") == nil)
        #expect(
            form.sent("reason", in: FormValues([.init("reason", "no"), .init("close-reason", " yes ")])) == " yes "
        )
    }

    @Test func `a correction carries the mark of what its reader saw, and lines that end in one way`() throws {
        var values = ApplicationValues()
        values[.name] = "Visby"
        let form = CorrectedApplication(
            try FormValues(
                urlEncoded:
                    "name=+Wisby+&seen-name=\(values.mark(.name).text)&reason=One%0D%0ATwo&seen-reason=x&grounds=Letter"
            )
        )
        #expect(form.typed[.name] == TypedField("Wisby", seen: values.mark(.name)))
        #expect(form.typed[.reason] == TypedField("One\nTwo", seen: PartMark("x")))
        #expect(form.typed[.country] == nil, "a box that the page did not have is left alone")
        #expect(form.grounds == "Letter")
    }
}
