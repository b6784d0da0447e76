import Foundation
public import Languages

extension Speeches {
    /// What the program says in every language, from the catalogues that come with it.
    public static func shipped() throws -> Speeches { try read.get() }

    /// Read once: nearly every house of the tests has them.
    private static let read = Result {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Delivery/Site/Catalogues")
        let languages = Language.forReaders.filter { $0 != .source }
        return Speeches(
            try languages.map { language in
                let file = folder.appending(path: "\(language.rawValue).po")
                return try Catalogue(language, po: String(contentsOf: file, encoding: .utf8))
            }
        )
    }
}
