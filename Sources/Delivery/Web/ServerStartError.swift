/// Why a server did not start.
public enum ServerStartError: Error, Equatable, CustomStringConvertible {
    case addressInUse(name: String, host: String, port: Int)
    case cannotListen(name: String, host: String, port: Int, reason: String)

    public var description: String {
        switch self {
        case .addressInUse(let name, let host, let port):
            "Port \(port) on \(host) (\(name)) is in use by another program, perhaps by another hansa. "
                + "Stop that one, or choose another port."
        case .cannotListen(let name, let host, let port, let reason):
            "Port \(port) on \(host) (\(name)) cannot be opened: \(reason). Check that the address belongs to this "
                + "machine and that the port is allowed (below 1024 only for root)."
        }
    }
}
