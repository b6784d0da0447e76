import Foundation

/// A server on a free port of loopback that answers each connection with `answer`, one after the other, on a thread of
/// its own.
final class LoopbackServer: Sendable {
    let port: Int
    private let listener: Int32

    init(_ answer: @escaping @Sendable (LoopbackConnection) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard status else { throw CocoaError(.fileReadUnknown) }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        let thread = Thread {
            while true {
                let accepted = accept(listener, nil, nil)
                guard accepted >= 0 else { return }
                answer(LoopbackConnection(accepted))
                close(accepted)
            }
        }
        thread.start()
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }
}

/// One accepted connection.
final class LoopbackConnection {
    private let socket: Int32
    private var unread: [UInt8] = []

    init(_ socket: Int32) { self.socket = socket }

    /// The next line without its end; `nil` when the other side has closed.
    func line() -> String? {
        while true {
            if let end = unread.firstIndex(of: 0x0a) {
                let line = unread[..<end].filter { $0 != 0x0d }
                unread.removeFirst(end + 1)
                return String(decoding: line, as: UTF8.self)
            }
            guard more() else { return nil }
        }
    }

    func bytes(_ count: Int) -> [UInt8] {
        while unread.count < count, more() {}
        defer { unread.removeFirst(min(count, unread.count)) }
        return Array(unread.prefix(count))
    }

    private func more() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        unread.append(contentsOf: buffer[..<count])
        return true
    }

    func write(_ text: String) { write(Array(text.utf8)) }
    func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            sent += count
        }
    }
}
