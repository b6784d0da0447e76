import Access
import Dues
import HTML
import Languages
import Web

/// The form that tells what the columns of a bank's table hold.
struct MappingForm: Sendable {
    /// How many columns the text may stand in.
    static let textColumns = 3

    var name: String
    var mapping: StatementMapping
    /// The file from which somebody came; nil where they only keep a mapping.
    let sent: SentStatement?

    init(_ name: String, _ mapping: StatementMapping, _ sent: SentStatement?) {
        (self.name, self.mapping, self.sent) = (name, mapping, sent)
    }

    /// As it was sent.
    init(_ form: FormValues) {
        name = form["name"]
        var columns: [StatementMapping.Field: [StatementMapping.Column]] = [:]
        for field in StatementMapping.Field.allCases {
            let told = Self.boxes(field).map { form[$0] }.filter { !$0.isEmpty }
            if !told.isEmpty { columns[field] = told.map { StatementMapping.Column($0) } }
        }
        mapping = StatementMapping(
            columns: columns,
            account: form["account"],
            currency: form["currency"].uppercased(),
            delimiter: StatementMapping.Delimiter(rawValue: form["delimiter"]) ?? .comma,
            decimal: StatementMapping.DecimalSign(rawValue: form["decimal"]) ?? .point,
            thousands: StatementMapping.ThousandsSign(rawValue: form["thousands"])
                ?? StatementMapping.ThousandsSign.none,
            days: StatementMapping.DayFormat(rawValue: form["days"]) ?? .yearMonthDay,
            encoding: StatementMapping.Encoding(rawValue: form["encoding"]) ?? .automatic,
            hasHeader: form.has("header"),
            skippedLines: Int(form["skipped_lines"]) ?? -1
        )
        guard let hash = form.optional("file") else {
            sent = nil
            return
        }
        sent = SentStatement(
            hash: hash,
            name: form["file-name"],
            mapping: form["name"],
            isInvented: form.has("invented")
        )
    }

    /// The names of the boxes in which a field's columns are told.
    static func boxes(_ field: StatementMapping.Field) -> [String] {
        let name = "column-\(field.rawValue)"
        guard field == .text else { return [name] }
        return [name] + (2...textColumns).map { "\(name)-\($0)" }
    }
}

/// The boxes of the form.
struct MappingFields {
    let h: HTMLWriter
    let form: MappingForm
    let problems: FormProblems
    let offersHeadings: Bool

    private var mapping: StatementMapping { form.mapping }

    func write() {
        h.textField(
            "name",
            label: say("Name of the mapping"),
            value: form.name,
            help: say("As the bank and its account. One of the same name is replaced."),
            problems: problems,
            .maxlength(100)
        )
        h.div(.class("field-pair")) {
            h.textField(
                "account",
                label: say("Account of the table"),
                value: mapping.account,
                help: say("Best by its IBAN."),
                problems: problems,
                .autocomplete("off"),
                .spellcheck(false)
            )
            h.currencyField("currency", mapping.currency, problems, label: say("Currency of the account"))
        }
        columns()
        signs()
        lines()
    }

    private func columns() {
        h.fieldset(.id("field-columns"), .tabindex(-1)) {
            h.legend(say("Columns"))
            h.p(
                .class("quiet"),
                text: say(
                    "By their headings, or by their numbers from the left, such as #3. What the table lacks stays "
                        + "empty."
                )
            )
            if let message = problems.message("columns") {
                h.div(.class("field wrong")) { h.p(.class("error"), text: message) }
            }
            h.div(.class("column-map")) {
                for field in StatementMapping.Field.allCases { boxes(field) }
            }
        }
    }

    private func boxes(_ field: StatementMapping.Field) {
        let told = mapping.columns[field] ?? []
        for (place, name) in MappingForm.boxes(field).enumerated() {
            h.textField(
                name,
                label: place == 0 ? field.label : say("Text, column \(place + 1)"),
                value: told.indices.contains(place) ? told[place].name : "",
                problems: .none,
                .when(offersHeadings, .list("headings")),
                .autocomplete("off"),
                .spellcheck(false)
            )
        }
    }

    private func signs() {
        h.div(.class("field-pair")) {
            h.choice(
                "delimiter",
                label: say("What separates the cells"),
                value: mapping.delimiter.rawValue,
                options: StatementMapping.Delimiter.allCases.map { (value: $0.rawValue, text: $0.words) }
            )
            h.choice(
                "days",
                label: say("How 31 December 2024 is written"),
                value: mapping.days.rawValue,
                options: StatementMapping.DayFormat.allCases.map { (value: $0.rawValue, text: $0.example) }
            )
        }
        h.div(.class("field-pair")) {
            h.choice(
                "decimal",
                label: say("Before decimals"),
                value: mapping.decimal.rawValue,
                options: StatementMapping.DecimalSign.allCases.map { (value: $0.rawValue, text: $0.words) },
                problems: problems
            )
            h.choice(
                "thousands",
                label: say("Between thousands"),
                value: mapping.thousands.rawValue,
                options: StatementMapping.ThousandsSign.allCases.map { (value: $0.rawValue, text: $0.words) }
            )
        }
    }

    private func lines() {
        h.div(.class("field-pair")) {
            h.choice(
                "encoding",
                label: say("Encoding of the text"),
                value: mapping.encoding.rawValue,
                options: StatementMapping.Encoding.allCases.map { (value: $0.rawValue, text: $0.words) }
            )
            h.textField(
                "skipped_lines",
                label: say("Lines before the table"),
                value: mapping.skippedLines < 0 ? "" : String(mapping.skippedLines),
                problems: problems,
                .inputmode(.numeric)
            )
        }
        h.div(.class("field")) {
            h.checkBox("header", label: say("The first line names the columns"), isChecked: mapping.hasHeader)
        }
    }
}

extension StatementMapping.Field {
    fileprivate var label: Phrase {
        switch self {
        case .booked: say("Day of the booking")
        case .value: say("Value date")
        case .amount: say("Amount with its sign")
        case .credit: say("What came in")
        case .debit: say("What went out")
        case .balance: say("Balance after it")
        case .currency: say("Currency")
        case .name: say("Payer or payee")
        case .iban: say("Account of the other side")
        case .text: say("Text", context: "of a booking")
        case .reference: say("Reference")
        case .bankID: say("The bank's own number for it")
        }
    }
}

extension StatementMapping.Delimiter {
    fileprivate var words: Phrase {
        switch self {
        case .comma: say("comma", context: "a sign")
        case .semicolon: say("semicolon", context: "a sign")
        case .tab: say("tab", context: "a sign")
        case .pipe: say("vertical bar", context: "a sign")
        }
    }
}

extension StatementMapping.DecimalSign {
    fileprivate var words: Phrase {
        switch self {
        case .point: say("point", context: "a sign")
        case .comma: say("comma", context: "a sign")
        }
    }
}

extension StatementMapping.ThousandsSign {
    fileprivate var words: Phrase {
        switch self {
        case .none: say("nothing", context: "a sign")
        case .point: say("point", context: "a sign")
        case .comma: say("comma", context: "a sign")
        case .space: say("space", context: "a sign")
        case .apostrophe: say("apostrophe", context: "a sign")
        }
    }
}

extension StatementMapping.DayFormat {
    /// A day on which month and day cannot be taken for each other.
    fileprivate var example: String {
        switch self {
        case .yearMonthDay: "2024-12-31"
        case .yearMonthDaySlashes: "2024/12/31"
        case .yearMonthDayPoints: "2024.12.31"
        case .compact: "20241231"
        case .dayMonthYear: "31.12.2024"
        case .dayMonthYearSlashes: "31/12/2024"
        case .dayMonthYearHyphens: "31-12-2024"
        case .dayMonthShortYear: "31.12.24"
        case .monthDayYear: "12/31/2024"
        }
    }
}

extension StatementMapping.Encoding {
    fileprivate var words: Phrase {
        switch self {
        case .automatic: say("found out from the file")
        case .utf8: .verbatim("UTF-8")
        case .utf16: .verbatim("UTF-16")
        case .latin1: .verbatim("Latin-1")
        }
    }
}
