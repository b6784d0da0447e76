import Membership
import NIOCore
import Testing

@testable import Site

@Suite struct CSVTests {
    @Test(arguments: [
        ("Köln", "Köln"), ("", ""), ("a,b", "\"a,b\""), ("say \"so\"", "\"say \"\"so\"\"\""), ("a\nb", "\"a\nb\""),
        ("=1+1", "\"'=1+1\""), ("+49", "\"'+49\""), ("-5", "\"'-5\""), ("@x", "\"'@x\""), ("\tx", "\"'\tx\""),
        ("=A1,\"b\"", "\"'=A1,\"\"b\"\"\""), ("a=b", "a=b"), ("Baden-Baden", "Baden-Baden"),
    ]) func `a cell is quoted where it must be, and is never a formula`(_ text: String, _ cell: String) {
        var buffer = ByteBuffer()
        MembersCSV.writeCell(text, to: &buffer)
        #expect(String(buffer: buffer) == cell)
    }

    @Test func `a row has its cells in the order of the heading`() {
        var buffer = ByteBuffer()
        MembersCSV.writeHeading(to: &buffer)
        MembersCSV.write(
            [
                .port(
                    "koeln",
                    "Köln",
                    otherNames: "Cologne · Colonia",
                    population: 1_073_096,
                    sinceEarliest: "2001-01-01",
                    since: "2001-12-31"
                ),
                .port("x", "-x", category: "guild", country: nil, region: nil, sinceEarliest: nil, since: nil),
            ],
            to: &buffer
        )
        #expect(
            String(buffer: buffer) == """
                key,name,other_names,category,country,region,status,since_earliest,since,population,population_year\r
                koeln,Köln,Cologne · Colonia,port,DE,upper,moored,2001-01-01,2001-12-31,1073096,2020\r
                x,"'-x",,guild,,,moored,,,,\r

                """
        )
    }
}
