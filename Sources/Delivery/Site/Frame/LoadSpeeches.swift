import Foundation
public import Languages

extension Speeches {
    /// Reads the catalogue of each language, `ko.po`; English, and the language of the tests, need none.
    ///
    /// - Throws: the first fault. A catalogue that is not there is one.
    public static func load(_ languages: [Language], folder: String) throws(Catalogue.Fault) -> Speeches {
        var catalogues: [Catalogue] = []
        for language in languages where language != .source && language != .pseudo {
            let path = "\(folder)/\(language.rawValue).po"
            guard let data = FileManager.default.contents(atPath: path),
                let text = String(validating: data, as: UTF8.self)
            else {
                throw Catalogue.Fault(
                    language: language,
                    message: "\(path) cannot be read as UTF-8 text. It comes with the program: build it anew, or leave "
                        + "\(language.rawValue) out of the setting languages."
                )
            }
            catalogues.append(try Catalogue(language, po: text))
        }
        return Speeches(catalogues)
    }
}
