import Foundation
import HTML
public import Languages
import NIOCore
import QRCode

/// A document on one or a few sheets of paper, before it is written in a language: who sends it to whom, what it says, and
/// where it proves to be genuine.
public struct Paper: Sendable {
    /// A name and its value.
    public struct Fact: Sendable {
        public let name: Phrase
        public let value: Phrase

        public init(_ name: Phrase, _ value: Phrase) {
            self.name = name
            self.value = value
        }
    }

    /// A line of a table of amounts.
    public struct Line: Sendable {
        public let words: Phrase
        public let amount: Phrase

        public init(_ words: Phrase, _ amount: Phrase) {
            self.words = words
            self.amount = amount
        }
    }

    /// A square that a telephone reads, and what it is for.
    public struct Code: Sendable {
        public let text: String
        public let label: Phrase

        public init(_ text: String, label: Phrase) {
            self.text = text
            self.label = label
        }
    }

    /// Where whoever holds it can see whether it is genuine.
    public struct Proof: Sendable {
        public let address: String
        /// The code as people read it.
        public let code: String

        public init(address: String, code: String) {
            self.address = address
            self.code = code
        }
    }

    public let title: Phrase
    public let sender: String
    public let recipient: String
    public let proof: Proof
    /// What must be known first, as that it is an example.
    public var notice: Phrase?
    public var facts: [Fact] = []
    public var paragraphs: [Phrase] = []
    public var lines: [Line] = []
    public var total: Line?
    /// What follows the amounts.
    public var closing: [Phrase] = []
    /// What follows the text, as a code that fills in a payment.
    public var code: Code?

    public init(_ title: Phrase, from sender: String, to recipient: String, proof: Proof) {
        self.title = title
        self.sender = sender
        self.recipient = recipient
        self.proof = proof
    }

    /// The style sheet of all documents, by its path.
    public static var styleSheet: String { Bundle.module.bundleURL.appendingPathComponent("paper.css").path }

    /// The whole page, as UTF-8, with nothing in it that lies elsewhere.
    public func page(in speech: Speech) -> [UInt8] {
        let head = DocumentHead(title: speech.text(title), language: speech.language.tag)
        let page = HTMLWriter.render(in: speech) { h in
            h.document(head, .class("paper")) {
                top(h)
                h.main { text(h) }
                bottom(h)
            }
        }
        return [UInt8](page.readableBytesView)
    }

    private func top(_ h: HTMLWriter) {
        h.header {
            h.p(.class("sender"), text: sender)
            h.p(.class("recipient"), text: recipient)
        }
    }

    private func text(_ h: HTMLWriter) {
        h.h1(text: title)
        if let notice { h.p(.class("notice"), text: notice) }
        if !facts.isEmpty { names(h) }
        for paragraph in paragraphs { h.p(text: paragraph) }
        if !lines.isEmpty { amounts(h) }
        for paragraph in closing { h.p(text: paragraph) }
        if let code { picture(h, code) }
    }

    private func names(_ h: HTMLWriter) {
        h.dl {
            for fact in facts {
                h.dt(text: fact.name)
                h.dd(text: fact.value)
            }
        }
    }

    private func amounts(_ h: HTMLWriter) {
        h.table {
            h.thead {
                h.tr {
                    h.th(.scope(.col), text: say("Item", context: "a column of amounts on paper"))
                    h.th(.scope(.col), .class("amount"), text: say("Amount"))
                }
            }
            h.tbody { for line in lines { row(h, line) } }
            if let total { h.tfoot { row(h, total) } }
        }
    }

    private func row(_ h: HTMLWriter, _ line: Line) {
        h.tr {
            h.th(.scope(.row), text: line.words)
            h.td(.class("amount"), text: line.amount)
        }
    }

    private func bottom(_ h: HTMLWriter) {
        h.footer {
            picture(h, Code(proof.address, label: say("Is this document genuine?")))
            h.p(.class("address"), text: proof.address)
            h.p(text: say("Code: \(proof.code)"))
        }
    }

    /// Dark on white, with the light margin that readers need. A text that no code can hold is left out.
    private func picture(_ h: HTMLWriter, _ code: Code) {
        guard let squares = try? QRCode(code.text) else { return }
        let (zone, side) = (Double(QRCode.quietZone), Double(squares.side + 2 * QRCode.quietZone))
        h.figure {
            h.svg(
                .class("code"),
                .viewBox(-zone, -zone, side, side),
                .width(100),
                .height(100),
                .role(.img),
                .aria(.label, code.label)
            ) {
                h.path(.d(squares.outline))
            }
            h.figcaption(text: code.label)
        }
    }
}
