/// The HTML part of a mail.
///
/// Not built with `HTMLWriter`: mail programs drop style sheets and need tables and `style` attributes, which pages of the
/// site cannot have. Every value goes through `escaped`.
enum MailPage {
    private static let font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"
    private static let ink = "color:#14242c;font-size:16px;line-height:1.5"

    static func render(
        _ template: MailTemplate,
        _ values: [String: String],
        title: String,
        language: String
    ) -> String {
        let body = template.blocks.map { block($0, values) }.joined(separator: "\n")
        return """
            <!DOCTYPE html>
            <html lang="\(escaped(language))"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width"><title>\(escaped(title))</title></head>
            <body style="margin:0;padding:0;background:#fbfaf7">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#fbfaf7"><tr>
            <td align="center" style="padding:24px 12px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;\
            background:#ffffff;border:1px solid #ddd8cc;border-radius:6px"><tr>
            <td style="padding:28px 28px 12px;text-align:left;\(font);\(ink)">
            \(body)
            </td></tr></table>
            </td></tr></table>
            </body></html>

            """
    }

    private static func block(_ block: MailTemplate.Block, _ values: [String: String]) -> String {
        switch block {
        case .text(let pieces): return "<p style=\"margin:0 0 16px\">\(inline(pieces, values))</p>"
        case .list(let items):
            let lines = items.map { "<li style=\"margin:0 0 4px\">\(inline($0, values))</li>" }
            return "<ul style=\"margin:0 0 16px;padding-left:22px\">\(lines.joined())</ul>"
        case .button(let words, let link):
            let address = escaped(values[link] ?? "")
            // The address stands below as well: some programs show no links, and a reader may want to see where it leads.
            return """
                <p style="margin:8px 0 8px"><a href="\(address)" style="display:inline-block;background:#0d4f5e;\
                color:#ffffff;padding:11px 20px;border-radius:4px;text-decoration:none;font-weight:600">\
                \(inline(words, values))</a></p>
                <p style="margin:0 0 20px;font-size:13px;color:#5b6a71;word-break:break-all">\(address)</p>
                """
        }
    }

    private static func inline(_ pieces: [MailTemplate.Piece], _ values: [String: String]) -> String {
        pieces.map { piece in
            switch piece {
            case .words(let words): escaped(words)
            case .placeholder(let name):
                escaped(values[name] ?? "").replacing("\r\n", with: "\n").replacing("\n", with: "<br>\n")
            }
        }.joined()
    }

    static func escaped(_ text: String) -> String {
        var out = ""
        out.reserveCapacity(text.utf8.count)
        // By scalars: a character may be a sign of markup with a combining mark on it.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
