public import NIOCore

/// Writes an XML document (a feed, a sitemap) with the same escaping as a page.
///
///     let feed = XMLWriter.render { x in
///         x.element("feed", ["xmlns": "http://www.w3.org/2005/Atom"]) {
///             x.element("title", text: "Changes to the roll")
///         }
///     }
public final class XMLWriter {
    private var buffer: Output

    private init(capacityBytes: Int) {
        buffer = Output(capacityBytes: capacityBytes)
    }

    /// The bytes (UTF-8) of the document whose root element `content` writes, XML declaration included.
    public static func render<Failure: Error>(
        capacityBytes: Int = 16 * 1024,
        _ content: (XMLWriter) throws(Failure) -> Void
    ) throws(Failure) -> ByteBuffer {
        let writer = XMLWriter(capacityBytes: capacityBytes)
        writer.buffer.writeStaticString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        try content(writer)
        writer.buffer.writeStaticString("\n")
        return writer.buffer.bytes
    }

    /// Writes an element around what `content` writes.
    public func element<Failure: Error>(
        _ name: StaticString,
        _ attributes: KeyValuePairs<StaticString, String> = [:],
        content: () throws(Failure) -> Void
    ) throws(Failure) {
        open(name, attributes)
        buffer.writeStaticString(">")
        try content()
        close(name)
    }

    /// Writes an element with nothing but `text` in it.
    public func element(
        _ name: StaticString,
        _ attributes: KeyValuePairs<StaticString, String> = [:],
        text: String
    ) {
        open(name, attributes)
        buffer.writeStaticString(">")
        buffer.writeEscaped(text, for: .text)
        close(name)
    }

    /// Writes an element with nothing in it.
    public func element(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) {
        open(name, attributes)
        buffer.writeStaticString("/>")
    }

    /// Writes text between tags.
    public func text(_ text: String) {
        buffer.writeEscaped(text, for: .text)
    }

    private func open(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) {
        buffer.writeStaticString("<")
        buffer.writeStaticString(name)
        for (attribute, value) in attributes {
            buffer.writeStaticString(" ")
            buffer.writeStaticString(attribute)
            buffer.writeStaticString("=\"")
            buffer.writeEscaped(value, for: .attribute)
            buffer.writeStaticString("\"")
        }
    }

    private func close(_ name: StaticString) {
        buffer.writeStaticString("</")
        buffer.writeStaticString(name)
        buffer.writeStaticString(">")
    }
}
