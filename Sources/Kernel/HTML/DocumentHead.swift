import NIOCore

/// What stands before the body of a page: its language, its names for people and machines, and what it loads.
public struct DocumentHead: Sendable {
    /// Another form of the same page.
    public struct Alternate: Sendable, Equatable {
        public let address: String
        /// A media type, as `application/atom+xml`; nil for another language of this page.
        public let type: String?
        /// A BCP 47 language tag, or `x-default`.
        public let language: String?
        public let title: String?

        public init(address: String, type: String? = nil, language: String? = nil, title: String? = nil) {
            self.address = address
            self.type = type
            self.language = language
            self.title = title
        }
    }

    public var title: String
    /// A BCP 47 language tag.
    public var language: String
    /// One or two sentences for search engines and previews.
    public var description: String?
    /// The one address of this page, absolute.
    public var canonical: String?
    public var alternates: [Alternate] = []
    public var styleSheets: [AssetPath] = []
    /// JavaScript modules; they run after the page has been read.
    public var scripts: [AssetPath] = []
    public var icon: AssetPath?
    public var manifest: AssetPath?
    /// For instance `noindex`.
    public var robots: String?
    public var linkedData: JSONLD?

    public init(title: String, language: String = "en", description: String? = nil, canonical: String? = nil) {
        self.title = title
        self.language = language
        self.description = description
        self.canonical = canonical
    }
}

extension HTMLWriter {
    /// Writes a whole page: document type, head, and a body around what `content` writes.
    public func document<Failure: Error>(
        _ head: DocumentHead,
        _ bodyAttributes: Attribute...,
        content: () throws(Failure) -> Void
    ) throws(Failure) {
        buffer.writeStaticString("<!DOCTYPE html>\n")
        open("<html", [.lang(head.language)])
        write(head)
        open("<body", bodyAttributes)
        try content()
        close("</body>")
        close("</html>")
        buffer.writeStaticString("\n")
    }

    private func write(_ head: DocumentHead) {
        open("<head", [])
        // The charset must stand in the first 1024 bytes.
        buffer.writeStaticString("<meta charset=\"utf-8\">")
        meta("viewport", "width=device-width, initial-scale=1")
        open("<title", [])
        text(head.title)
        close("</title>")
        meta("description", head.description)
        meta("robots", head.robots)
        meta("color-scheme", "light dark")
        writeLinks(of: head)
        for script in head.scripts {
            open("<script", [Attribute(" type", "module"), .src(script)])
            close("</script>")
        }
        if let data = head.linkedData { linkedData(data) }
        close("</head>")
    }

    private func writeLinks(of head: DocumentHead) {
        for sheet in head.styleSheets { open("<link", [.rel("stylesheet"), .href(sheet)]) }
        if let icon = head.icon { open("<link", [.rel("icon"), .href(icon)]) }
        if let manifest = head.manifest { open("<link", [.rel("manifest"), .href(manifest)]) }
        if let canonical = head.canonical { open("<link", [.rel("canonical"), .href(canonical)]) }
        for alternate in head.alternates {
            var attributes: [Attribute] = [.rel("alternate"), .href(otherLanguage: alternate.address)]
            if let type = alternate.type { attributes.append(Attribute(" type", type)) }
            if let language = alternate.language { attributes.append(.hreflang(language)) }
            if let title = alternate.title { attributes.append(.title(title)) }
            open("<link", attributes)
        }
    }

    private func meta(_ name: String, _ content: String?) {
        guard let content else { return }
        open("<meta", [.name(name), .content(content)])
    }
}
