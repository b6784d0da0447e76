/// Portable SQL in PostgreSQL's words.
enum PostgresDialect {
    /// `?` becomes `$1`, `$2`, …, but not inside quotes.
    static func numbered(_ sql: String) -> String {
        var out = ""
        out.reserveCapacity(sql.utf8.count + 16)
        var count = 0
        var quote: Character?
        for character in sql {
            if let open = quote {
                if character == open { quote = nil }
                out.append(character)
            } else if character == "?" {
                count += 1
                out += "$\(count)"
            } else {
                if character == "'" || character == "\"" { quote = character }
                out.append(character)
            }
        }
        return out
    }

    /// A migration's column types. `TEXT` sorts by bytes, as in SQLite, whatever the server's locale.
    static func schema(_ sql: String) -> String {
        var out = ""
        var word = ""
        func flush() {
            switch word {
            case "INTEGER": out += "BIGINT"
            case "REAL": out += "DOUBLE PRECISION"
            case "BLOB": out += "BYTEA"
            case "TEXT": out += "TEXT COLLATE \"C\""
            case "STRICT": break
            default: out += word
            }
            word = ""
        }
        for character in sql {
            if character.isLetter || character == "_" || character.isNumber {
                word.append(character)
            } else {
                flush()
                out.append(character)
            }
        }
        flush()
        return out.replacing(" WITHOUT ROWID", with: "").replacing(") ,", with: ")")
    }
}
