import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import Testing

@testable import Web

/// A server with `routes`, silent but for what `logs` keeps.
func makeServer(
    settings: HansaServer.Settings = HansaServer.Settings(),
    logs: LogRecord = LogRecord(),
    registry: PrometheusRegistry = PrometheusRegistry(),
    health: Health = Health(),
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in },
    routes: (Routes) -> Void
) -> HansaServer {
    HansaServer(
        settings: settings,
        logger: logs.logger(),
        registry: registry,
        health: health,
        onRunning: onRunning,
        routes: routes
    )
}

/// Lines that were logged.
final class LogRecord: Sendable {
    private let entries = Mutex<[String]>([])

    var lines: [String] { entries.withLock { $0 } }

    func logger() -> Logger {
        Logger(label: "test") { _ in Handler(record: self) }
    }

    private struct Handler: LogHandler {
        let record: LogRecord
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        init(record: LogRecord) { self.record = record }

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            let words = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            record.entries.withLock { $0.append("\(event.level) \(event.message) \(words)") }
        }
    }
}

/// Sends `request` to a port of this machine as it is, and returns all that comes back until the connection closes.
func exchange(port: Int, _ request: String) async throws -> String {
    let group = MultiThreadedEventLoopGroup.singleton
    let channel = try await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }
    return try await channel.executeThenClose { inbound, outbound in
        var answer = ByteBuffer()
        // A server that closes while this is still sending must not hide what it said.
        try? await outbound.write(ByteBuffer(string: request))
        do {
            for try await part in inbound { answer.writeImmutableBuffer(part) }
        } catch {
            guard answer.readableBytes > 0 else { throw error }
        }
        return String(buffer: answer)
    }
}

/// A value that is set once and can be waited for.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func open() {
        continuation.yield()
        continuation.finish()
    }

    func passed() async {
        for await _ in stream { return }
    }
}

/// A count that many tasks add to.
final class Count: Sendable {
    private let value = Mutex(0)

    var now: Int { value.withLock { $0 } }

    @discardableResult
    func add() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}

extension HTTPField.Name {
    static func named(_ name: String) throws -> HTTPField.Name { try #require(HTTPField.Name(name)) }
}
