import HTTPTypes
import Languages
import Testing

@testable import Web

@Suite struct QueryParametersTests {
    enum Sort: String, CaseIterable { case name, joined }

    @Test func `fields are decoded`() throws {
        let query = try QueryParameters("q=%EC%84%9C%EC%9A%B8+a%2Bb&region=Asia&region=&region=Africa&flag&=x")
        #expect(try query.string("q") == "서울 a+b")
        #expect(query.all("region") == ["Asia", "Africa"])
        #expect(try query.string("flag") == nil)
        #expect(try query.string("none") == nil)
        #expect(try QueryParameters("q=%20%20").string("q") == nil)
        #expect(try QueryParameters("q=+a%3D=b+").string("q") == "a==b")
    }

    @Test(arguments: ["q=%", "q=%4", "q=%zz", "%gg=1", "q=%FF", "q=%C3%28", "q=%ED%A0%80", "q=%00", "q=a%1Bb"])
    func `a broken escape, bytes that are no text, and controls are refused`(_ query: String) {
        let error = #expect(throws: RequestProblem.self) { try QueryParameters(query) }
        #expect(error?.status == .badRequest)
    }

    @Test(arguments: [("1", 1), ("100", 100), ("007", 7), ("+5", 5), ("", 9), ("%20", 9)])
    func `a whole number in range is read`(_ text: String, _ expected: Int) throws {
        let query = try QueryParameters("page=\(text.replacing("+", with: "%2B"))")
        #expect(try query.int("page", in: 1...100, default: 9) == expected)
    }

    @Test(arguments: ["0", "101", "-1", "1000000000000000000", "99999999999999999999999", "1.5", "abc", "1e3", "１"])
    func `a number out of range, or none, is told with the range`(_ text: String) throws {
        let query = try QueryParameters("page=\(text)")
        let expected = RequestProblem.badRequest([
            .init(
                name: "page",
                message: say("is “\(text)”; expected is \(say("a whole number from \(plain: 1) to \(plain: 100)")).")
            )
        ])
        #expect(throws: expected) { try query.int("page", in: 1...100) }
    }

    @Test(arguments: ["2021-12-31", "2020-02-29", "2000-02-29", "0001-01-01"])
    func `a day of the calendar is read`(_ day: String) throws {
        #expect(try QueryParameters("as-of=\(day)").day("as-of") == day)
    }

    @Test(arguments: [
        "2021-02-29", "1900-02-29", "2021-13-01", "2021-00-01", "2021-04-31", "2021-1-1", "20211231", "2021-12-31T00",
        "-021-12-31", "2021-12-3a", "0000-01-01", "yesterday",
    ])
    func `a day that is none is refused`(_ day: String) throws {
        let query = try QueryParameters("as-of=\(day)")
        #expect(throws: RequestProblem.self) { try query.day("as-of") }
    }

    @Test func `a choice is one of its cases`() throws {
        #expect(try QueryParameters("sort=joined").choice("sort", of: Sort.self) == .joined)
        let expected = RequestProblem.badRequest([
            .init(name: "sort", message: say("is “\("size")”; expected is \(say("one of \("name, joined")"))."))
        ])
        #expect(throws: expected) { try QueryParameters("sort=size").choice("sort", of: Sort.self) }
    }

    @Test func `a field that has one meaning is given once`() throws {
        let query = try QueryParameters("page=1&page=2")
        #expect(throws: RequestProblem.self) { try query.int("page", in: 1...9) }
    }

    @Test func `too long a text and too many fields are refused`() throws {
        let longest = String(repeating: "서", count: 200)
        #expect(try QueryParameters("q=\(longest)").string("q") == longest)
        #expect(throws: RequestProblem.self) { try QueryParameters("q=\(longest)x").string("q") }
        #expect(throws: Never.self) { try QueryParameters(String(repeating: "a=1&", count: 200)) }
        #expect(throws: RequestProblem.self) { try QueryParameters(String(repeating: "a=1&", count: 201)) }
    }
}
