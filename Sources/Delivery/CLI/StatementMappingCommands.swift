import ArgumentParser
import Dues
import Foundation
import Languages

extension PaymentCommands {
    struct Mappings: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What the columns of banks' tables hold: listed, or kept under a name.",
            usage: """
                hansa payments mappings
                hansa payments mappings NAME --account IBAN --currency CODE --column FIELD=COLUMN … [--days FORMAT] …
                hansa payments mappings NAME --forget
                """,
            discussion: """
                A column is told by its heading, or by its number from 1, such as #3. Fields:
                \(StatementMapping.Field.allCases.map(\.rawValue).joined(separator: ", ")). Only text may be given again.

                hansa payments mappings "My bank" --account DE02120300000000202051 --currency EUR --delimiter semicolon \\
                    --decimal comma --thousands point --days dd.mm.yyyy --column booked=Buchungstag \\
                    --column amount=Betrag --column name=Name --column text=Verwendungszweck
                """
        )
        @OptionGroup var flags: SettingFlags
        @Argument(help: "The name under which it is kept.")
        var name: String?
        @Option(help: "What a column holds, such as booked=Date; given again for each.")
        var column: [String] = []
        @Option(help: "The account that the table is of.")
        var account = ""
        @Option(help: "The account's currency.")
        var currency = ""
        @Option(help: "What parts the cells: comma, semicolon, tab or pipe.")
        var delimiter = "comma"
        @Option(help: "The sign before decimals: point or comma.")
        var decimal = "point"
        @Option(help: "The sign between thousands: none, point, comma, space or apostrophe.")
        var thousands = "none"
        @Option(help: "How days are written.")
        var days = "yyyy-mm-dd"
        @Option(help: "How the text is written, unless it is marked: automatic, utf-8, utf-16 or latin-1.")
        var encoding = "automatic"
        @Option(help: "How many lines stand before the headings.")
        var skip = 0
        @Flag(help: "The table has no headings; columns are told by number.")
        var noHeader = false
        @Flag(help: "Forget the mapping of this name.")
        var forget = false

        func run() async throws {
            let installation = try await Installation.open(flags)
            guard let name else { return list(try await installation.ask(StatementMappings())) }
            if forget {
                try await installation.run(ForgetStatementMapping(name))
                return print("Forgotten.")
            }
            try await installation.run(SaveStatementMapping(name, try mapping()))
            print("Kept. To use it: hansa payments import FILE --mapping \"\(Terminal.safe(name))\"")
        }

        private func list(_ mappings: [StatementMappings.Line]) {
            for line in mappings {
                print(Terminal.bold(Terminal.safe(line.name)) + "  " + Terminal.safe(line.mapping.account))
                for field in StatementMapping.Field.allCases {
                    for column in line.mapping.columns[field] ?? [] {
                        print("  \(field.rawValue) = \(Terminal.safe(column.name))")
                    }
                }
            }
            print(Terminal.dim("\(mappings.count) in all."))
        }

        private func mapping() throws -> StatementMapping {
            var columns: [StatementMapping.Field: [StatementMapping.Column]] = [:]
            for pair in column {
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2, let field = StatementMapping.Field(rawValue: parts[0]) else {
                    throw CommandFailure("--column \"\(pair)\" names no field. Write it like booked=Date.")
                }
                columns[field, default: []].append(StatementMapping.Column(parts[1]))
            }
            return StatementMapping(
                columns: columns,
                account: account,
                currency: currency.uppercased(),
                delimiter: try choice(delimiter, "--delimiter"),
                decimal: try choice(decimal, "--decimal"),
                thousands: try choice(thousands, "--thousands"),
                days: try choice(days, "--days"),
                encoding: try choice(encoding, "--encoding"),
                hasHeader: !noHeader,
                skippedLines: skip
            )
        }

        private func choice<T: RawRepresentable & CaseIterable>(
            _ text: String,
            _ flag: String
        ) throws -> T where T.RawValue == String {
            if let choice = T(rawValue: text) { return choice }
            let all = T.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\(flag) takes one of these: \(all). It was given \"\(text)\".")
        }
    }
}
