import Charter
import HTTPTypes
import Membership
import Testing

@testable import Site
@testable import Web

@Suite struct AddressTests {
    private func read(_ query: String) throws -> MembersAddress {
        try MembersAddress(QueryParameters(query), Ports.words, Ports.countries)
    }

    @Test(arguments: [
        "", "?q=K%C3%B6ln", "?q=a+b%26c%3Dd%25", "?category=guild", "?region=lower", "?country=nl", "?tag=deep-water",
        "?status=any", "?status=sunk", "?on=2010-02-28", "?sort=-population", "?sort=since", "?page=7", "?sort=-name",
        "?q=K&category=port&region=upper&country=de&tag=x&status=adrift&on=2020-12-31&sort=country&page=2",
    ]) func `every state of the list is an address`(_ query: String) throws {
        let address = try read(String(query.dropFirst()))
        #expect(address.address() == "/members\(query)")
        let again = try read(String(address.address().dropFirst("/members".count).dropFirst()))
        #expect(again == address)
    }

    @Test(arguments: [
        ("q=&category=&region=&country=&tag=&status=&on=", ""), ("country=DE", "?country=de"), ("sort=name&page=1", ""),
        ("page=3&q=x", "?q=x&page=3"), ("tag=Deep%20Water!", "?tag=deep-water"), ("tag=%25", ""),
        ("on=0002-01-01", "?on=1900-01-01"), ("on=9999-12-31", "?on=2199-12-31"), ("unknown=1", ""),
    ]) func `one state has one address`(_ query: String, _ canonical: String) throws {
        #expect(try read(query).address() == "/members\(canonical)")
    }

    @Test(arguments: [
        ("category=duchy", "category"), ("region=delta", "region"), ("country=XX", "country"),
        ("status=lost", "status"),
        ("on=2021-02-30", "on"), ("sort=beauty", "sort"), ("page=0", "page"), ("page=1000000000000000000", "page"),
        ("q=a&q=b", "q"),
    ]) func `what the charter or the calendar does not have is told, with the field named`(
        _ query: String,
        _ field: String
    ) {
        #expect {
            try read(query)
        } throws: { error in
            let problem = error as? RequestProblem
            return problem?.status == .badRequest && problem?.fields.map(\.name) == [field]
        }
    }

    @Test func `the search is shown as it was typed`() throws {
        #expect(try read("q=+K%C3%B6ln+").search == " Köln ")
        #expect(try read("q=+++").search == nil)
    }

    @Test func `a change of the list goes back to its first page`() throws {
        let address = try read("q=x&page=4")
        #expect(address.with { $0.region = "upper" }.address() == "/members?q=x&region=upper")
    }

    @Test func `a column sorts, and sorts the other way when it is chosen again`() throws {
        let address = try read("category=port&page=2")
        #expect(RollColumn.country.chosen(in: address).address() == "/members?category=port&sort=country")
        #expect(RollColumn.name.chosen(in: address).address() == "/members?category=port&sort=-name")
        #expect(RollColumn.population.chosen(in: address).address() == "/members?category=port&sort=-population")
        let byPeople = RollColumn.population.chosen(in: address)
        #expect(RollColumn.population.chosen(in: byPeople).address() == "/members?category=port&sort=population")
    }

    @Test(arguments: [
        (1, 2, [1, 2]), (1, 1, [1]), (5, 10, [1, 2, nil, 4, 5, 6, nil, 9, 10]), (1, 1003, [1, 2, nil, 1002, 1003]),
        (3, 5, [1, 2, 3, 4, 5]),
    ]) func `a reader can go to both ends of a list and beside the present page`(
        _ page: Int,
        _ pages: Int,
        _ steps: [Int?]
    ) {
        #expect(PageSpan(page: page, size: 100, total: pages * 100, isOpen: false).steps == steps)
    }
}
