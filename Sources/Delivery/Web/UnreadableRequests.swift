import HTTPTypes
import Languages
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Answers what the HTTP parser gives up on, in words, instead of an empty 400 or a closed connection.
///
/// The parser reads at most 80 kB of address and header fields. What comes after that is read and thrown away for a
/// moment: closing at once would make the kernel reset the connection, and the client would lose the answer.
final class UnreadableRequests: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let lingering = TimeAmount.seconds(2)
    /// Requests read whose answer has not been written to its end. No other answer may come between.
    private var unanswered = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { unanswered += 1 }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard unanswered == 0, let error = error as? HTTPParserError else {
            context.fireErrorCaught(error)
            return
        }
        let problem = UnreadableRequests.problem(for: error)
        let body = ByteBuffer(string: "\(problem.title.english). \(problem.detail.english)\n")
        var fields: HTTPFields = [
            .contentType: ContentType.text.value, .contentLength: String(body.readableBytes), .connection: "close",
        ]
        for field in SecurityHeaders.fields { fields.append(field) }
        let head = HTTPResponse(status: problem.status, headerFields: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        let channel = context.channel
        channel.eventLoop.scheduleTask(in: UnreadableRequests.lingering) { channel.close(promise: nil) }
    }

    private static func problem(for error: HTTPParserError) -> RequestProblem {
        switch error {
        case .headerOverflow:
            RequestProblem(
                .uriTooLong,
                title: say("The address or a header field is too long"),
                detail: say("An address has at most \(RequestLimits.uriBytes) bytes here.")
            )
        default: .badRequest(say("It is no HTTP request that this server understands."))
        }
    }
}
