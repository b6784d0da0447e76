/// The plain part of a mail.
enum MailText {
    static func plain(_ pieces: [MailTemplate.Piece], _ values: [String: String]) -> String {
        pieces.map { piece in
            switch piece {
            case .words(let words): words
            case .placeholder(let name): values[name] ?? ""
            }
        }.joined()
    }

    static func render(_ template: MailTemplate, _ values: [String: String]) -> String {
        let paragraphs = template.blocks.map { block in
            switch block {
            case .text(let pieces): plain(pieces, values)
            case .list(let items): items.map { "- " + plain($0, values) }.joined(separator: "\n")
            // The address ends its line, so that programs that make links of addresses find its end.
            case .button(let words, let link): "\(plain(words, values)): \(values[link] ?? "")"
            }
        }
        return paragraphs.joined(separator: "\n\n") + "\n"
    }
}
