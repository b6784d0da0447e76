/// Why a file cannot be kept or read.
public enum FileError: Error, Sendable, Equatable {
    case diskFull
    /// The system's words.
    case unusable(String)
    case missing(hash: String)
    /// What is on disk is not what was put there.
    case altered(hash: String)
    /// More time than `FileStore.longestFlight` lay between putting a file and using it.
    case tooLate
    /// A name that is empty, longer than 255 bytes, a path, or holds control characters.
    case badName(String)
    /// Another process is collecting, or copying, at this moment.
    case busy
}

extension FileError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .diskFull: "The disk is full, the file was not kept. Free some space and try again."
        case .unusable(let text):
            "The folder of the files cannot be used: \(text). Check its owner, its permissions and the setting files.folder."
        case .missing(let hash):
            "The file \(hash) is not in the folder of the files. Restore it from a backup; `hansa files check` lists all that "
                + "are missing."
        case .altered(let hash):
            "The file \(hash) is damaged on disk. Restore it from a backup; `hansa files check` lists all that are damaged."
        case .tooLate: "The upload took too long. Send the file again."
        case .badName(let name): "\"\(name.prefix(60))\" is no name for a file. Give it a short name without slashes."
        case .busy: "Another process is tidying up the files at this moment. Try again in a minute."
        }
    }
}
