public import Languages
public import NIOCore

/// Writes one page, or a part of one, straight into a buffer.
///
/// Elements are called like functions and nest by closures; what is between them is plain Swift:
///
///     let page = HTMLWriter.render { h in
///         h.ul(.class("roll")) {
///             for member in members {
///                 h.li { h.a(.href(member.path), text: member.name) }
///             }
///         }
///     }
///
/// Everything is escaped for the place where it stands. Phrases are said in the language of the writer, and addresses of
/// this site that it writes lead to that language's pages. A writer belongs to one task and lives as long as one page.
public final class HTMLWriter {
    /// The check for overlapping access costs 40 % of a page's time and can never fail: no function of the caller runs
    /// while the buffer is being written.
    @exclusivity(unchecked)
    var buffer: Output

    /// The language that phrases are said in.
    public let speech: Speech
    private let addressPrefix: String

    @usableFromInline
    init(capacityBytes: Int, speech: Speech) {
        buffer = Output(capacityBytes: capacityBytes)
        self.speech = speech
        addressPrefix = speech.language.addressPrefix
    }

    @usableFromInline
    var bytes: ByteBuffer { buffer.bytes }

    /// The bytes (UTF-8) that `content` writes. `capacityBytes` is a guess of their number that saves copying.
    @inlinable
    public static func render<Failure: Error>(
        capacityBytes: Int = 32 * 1024,
        in speech: Speech = .english,
        _ content: (HTMLWriter) throws(Failure) -> Void
    ) throws(Failure) -> ByteBuffer {
        let writer = HTMLWriter(capacityBytes: capacityBytes, speech: speech)
        try content(writer)
        return writer.bytes
    }

    /// Writes text between tags.
    public func text(_ text: String) {
        buffer.writeEscaped(text, for: .text)
    }

    /// Writes text between tags.
    public func text(_ text: Substring) {
        buffer.writeEscaped(String(text), for: .text)
    }

    /// Writes what the phrase says in the reader's language. What stays in the language of the code says which that is,
    /// by an element of its own: where none may be, as in an `<option>`, write `speech.text(phrase)`.
    public func text(_ phrase: Phrase) {
        speech.say(phrase, { self.text($0) }, { _ in }, record: { self.kept($0) })
    }

    /// Writes a sentence with places for more than text: `h.sentence(say("See \(part: 0).")) { h.a(…) }`. The parts
    /// stand where each language wants them.
    public func sentence(_ phrase: Phrase, _ parts: () -> Void...) {
        sentence(phrase, part: { if parts.indices.contains($0) { parts[$0]() } })
    }

    /// The same with any number of parts, as those of a list (`Phrase.parts`): `part` writes each by its number.
    public func sentence(_ phrase: Phrase, part: (Int) -> Void) {
        speech.say(phrase, { self.text($0) }, part, record: { self.kept($0) })
    }

    /// Writes a text of the records: what the program kept there in the reader's language, whatever else stands there
    /// as it is, in English, which a page in another language says.
    public func record(_ text: String) {
        self.text(Phrase.record(text))
    }

    private func kept(_ text: String) {
        guard speech.language != .source else { return self.text(text) }
        open("<span", [.lang(Language.source.tag)])
        self.text(text)
        close("</span>")
    }

    /// Writes a whole number in plain digits.
    public func text(_ number: Int) {
        buffer.writeString(String(number))
    }

    /// Writes what was rendered before.
    public func fragment(_ fragment: HTMLFragment) {
        buffer.writeImmutableBuffer(fragment.buffer)
    }

    /// Writes markup as it is, for a drawing or an entity that the program itself contains.
    public func unescaped(_ markup: UnescapedMarkup) {
        buffer.writeStaticString(markup.markup)
    }

    /// Writes a multi-line text field. Browsers drop a first line end in it, so that one is doubled.
    public func textarea(_ attributes: Attribute..., text: String) { textarea(attributes, text: text) }

    /// The same with attributes that were put together elsewhere.
    public func textarea(_ attributes: [Attribute], text: String) {
        open("<textarea", attributes)
        if text.utf8.first == UInt8(ascii: "\n") || text.utf8.first == UInt8(ascii: "\r") {
            buffer.writeStaticString("\n")
        }
        self.text(text)
        close("</textarea>")
    }

    /// Inlined where it is called, so that the array of attributes need not be made in memory of its own.
    @inlinable
    func open(_ startTag: StaticString, _ attributes: [Attribute]) {
        close(startTag)
        for attribute in attributes {
            write(attribute)
        }
        close(">")
    }

    @usableFromInline
    func write(_ attribute: Attribute) {
        switch attribute.value {
        case .absent: break
        case .flag: buffer.writeStaticString(attribute.name)
        case .text(let value): write(attribute, value)
        case .phrase(let phrase): write(attribute, speech.text(phrase))
        case .address(let address):
            let isOurs = address.utf8.first == UInt8(ascii: "/") && !address.hasPrefix("//")
            write(attribute, isOurs ? addressPrefix + address : address)
        }
    }

    private func write(_ attribute: Attribute, _ value: String) {
        buffer.writeStaticString(attribute.name)
        if attribute.suffix.utf8CodeUnitCount > 0 {
            buffer.writeStaticString(attribute.suffix)
        }
        buffer.writeStaticString("=\"")
        buffer.writeEscaped(value, for: .attribute)
        buffer.writeInteger(UInt8(ascii: "\""))
    }

    @usableFromInline
    func close(_ endTag: StaticString) {
        buffer.writeStaticString(endTag)
    }
}

/// A part of a page that was rendered before and goes into many pages as it is: an outline of the world, a footer.
///
/// Only a writer makes one, so its content is escaped already.
public struct HTMLFragment: Sendable {
    let buffer: ByteBuffer

    /// Renders `content` once, in one language.
    public init<Failure: Error>(
        in speech: Speech = .english,
        _ content: (HTMLWriter) throws(Failure) -> Void
    ) throws(Failure) {
        buffer = try HTMLWriter.render(capacityBytes: 4096, in: speech, content)
    }
}
