public import Languages

/// An element of a page, called to write it: `h.td(.class("number")) { … }`.
public struct Element {
    @usableFromInline
    let writer: HTMLWriter
    /// As `<td`: what stands before the attributes, in one piece because that is faster to write.
    @usableFromInline
    let startTag: StaticString
    @usableFromInline
    let endTag: StaticString

    @usableFromInline
    init(_ writer: HTMLWriter, _ startTag: StaticString, _ endTag: StaticString) {
        self.writer = writer
        self.startTag = startTag
        self.endTag = endTag
    }

    /// Writes the element around what `content` writes.
    @inlinable
    public func callAsFunction<Failure: Error>(
        _ attributes: Attribute...,
        content: () throws(Failure) -> Void
    ) throws(Failure) {
        writer.open(startTag, attributes)
        try content()
        writer.close(endTag)
    }

    /// Writes the element with attributes that were put together elsewhere.
    @inlinable
    public func callAsFunction<Failure: Error>(
        _ attributes: [Attribute],
        content: () throws(Failure) -> Void
    ) throws(Failure) {
        writer.open(startTag, attributes)
        try content()
        writer.close(endTag)
    }

    /// Writes the element with nothing but `text` in it.
    @inlinable
    public func callAsFunction(_ attributes: [Attribute], text: String) {
        writer.open(startTag, attributes)
        writer.text(text)
        writer.close(endTag)
    }

    /// Writes the element with nothing but `text` in it.
    @inlinable
    public func callAsFunction(_ attributes: Attribute..., text: String) {
        writer.open(startTag, attributes)
        writer.text(text)
        writer.close(endTag)
    }

    /// Writes the element with nothing but `text` in it.
    @inlinable
    public func callAsFunction(_ text: String) {
        writer.open(startTag, [])
        writer.text(text)
        writer.close(endTag)
    }

    /// Writes the element with nothing but what `text` says in the reader's language.
    @inlinable
    public func callAsFunction(_ attributes: [Attribute], text: Phrase) {
        writer.open(startTag, attributes)
        writer.text(text)
        writer.close(endTag)
    }

    /// Writes the element with nothing but what `text` says in the reader's language.
    @inlinable
    public func callAsFunction(_ attributes: Attribute..., text: Phrase) {
        writer.open(startTag, attributes)
        writer.text(text)
        writer.close(endTag)
    }

    /// Writes the element with nothing but what `text` says in the reader's language.
    @inlinable
    public func callAsFunction(_ text: Phrase) {
        writer.open(startTag, [])
        writer.text(text)
        writer.close(endTag)
    }

    /// Writes the element with nothing in it.
    @inlinable
    public func callAsFunction(_ attributes: Attribute...) {
        writer.open(startTag, attributes)
        writer.close(endTag)
    }
}

/// An element that never has content and no end tag: `h.br()`, `h.img(.src(logo), .alt(""))`.
public struct VoidElement {
    @usableFromInline
    let writer: HTMLWriter
    @usableFromInline
    let startTag: StaticString

    @usableFromInline
    init(_ writer: HTMLWriter, _ startTag: StaticString) {
        self.writer = writer
        self.startTag = startTag
    }

    /// Writes the element.
    @inlinable
    public func callAsFunction(_ attributes: Attribute...) {
        writer.open(startTag, attributes)
    }

    /// Writes the element with attributes that were put together elsewhere.
    @inlinable
    public func callAsFunction(_ attributes: [Attribute]) {
        writer.open(startTag, attributes)
    }
}
