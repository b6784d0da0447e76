public import Database
public import Web

extension DatabaseError: PassingFault {
    public var passes: Bool {
        switch self {
        case .unavailable, .connectionLost, .busy, .conflict, .diskFull: true
        default: false
        }
    }
}
