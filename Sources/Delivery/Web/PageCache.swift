import HTTPTypes
public import Hummingbird

/// Keeps rendered pages in memory for as long as the data that they show has not changed.
///
/// A page is kept under its path and query, and is valid for one revision of the data. Many requests for a page that
/// is not there yet wait for one rendering. The memory it takes is bounded; what was not asked for lately goes first.
public final class PageCache: Sendable {
    private let shards: [PageCacheShard]
    private let isOn: Bool
    private let revision: @Sendable () -> Int64

    /// - Parameters:
    ///   - limitBytes: About how much memory the pages may take, compressed forms included.
    ///   - isOn: If false, every request renders; for measuring.
    ///   - revision: A number that changes with every change of the data. It is asked at each request, so it must be
    ///     as cheap as reading a variable.
    public init(
        limitBytes: Int = 64 * 1024 * 1024,
        isOn: Bool = true,
        revision: @escaping @Sendable () -> Int64
    ) {
        let shardCount = 8
        shards = (0..<shardCount).map { _ in PageCacheShard(limitBytes: limitBytes / shardCount) }
        self.isOn = isOn
        self.revision = revision
    }

    /// The answer to `request`: from memory, or by rendering and keeping.
    ///
    /// - Parameters:
    ///   - variant: What else the page depends on but path and query, as its language.
    ///   - render: Makes the page. It goes on when the client that caused it hangs up, because others may wait for it.
    ///     What it throws reaches all who wait, and is not kept.
    public func response(
        to request: Request,
        variant: String = "",
        render: @escaping @Sendable () async throws -> Page
    ) async throws -> Response {
        guard isOn else { return try await render().response(to: request) }
        let key = PageCache.key(path: request.uri.path, query: request.uri.query, variant: variant)
        // Read before rendering: a change meanwhile makes this page stale, never a stale page fresh.
        let revision = revision()
        guard acceptsGzip(request.headers[.acceptEncoding]) else {
            return try await page(key, revision, render).response(to: request)
        }
        // Compressing costs more than keeping, so it is done only when asked for, and kept beside the page.
        let packed = try await page(key + "\ngzip", revision) {
            try await self.page(key, revision, render).compressed(level: PageCache.compressionLevel)
        }
        return packed.response(to: request)
    }

    /// A middle way: the first who asks waits for it.
    private static let compressionLevel: Int32 = 5

    private func page(
        _ key: String,
        _ revision: Int64,
        _ render: @escaping @Sendable () async throws -> Page
    ) async throws -> Page {
        let shard = shards[Int(UInt(bitPattern: key.hashValue) % UInt(shards.count))]
        switch shard.find(key, revision: revision, render: render) {
        case .page(let page): return page
        case .rendering(let task): return try await task.value
        }
    }

    /// The number of pages and bytes kept now.
    public var contents: (pages: Int, bytes: Int) {
        shards.map(\.contents).reduce(into: (0, 0)) { sum, shard in
            sum.0 += shard.pages
            sum.1 += shard.bytes
        }
    }

    /// Path and query, with the query's fields sorted by name and empty ones left out. Fields of one name keep their
    /// order, which may matter.
    static func key(path: String, query: String?, variant: String) -> String {
        let suffix = variant.isEmpty ? "" : "\n\(variant)"
        guard let query, !query.isEmpty else { return path + suffix }
        guard query.utf8.contains(UInt8(ascii: "&")) else { return "\(path)?\(query)\(suffix)" }
        let fields = query.split(separator: "&").map { field in
            (name: field.prefix { $0 != "=" }, field: field)
        }
        let sorted = fields.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
        return "\(path)?\(sorted.map(\.element.field).joined(separator: "&"))\(suffix)"
    }
}
