public import HTML
import HTTPTypes
public import Hummingbird
import NIOCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The files of a folder (style sheets, scripts, pictures), read into memory at start and served from there.
///
/// Each file has two addresses. The one with a hash of its content in it (`/assets/site.3f9a1c0e52.css`) never changes
/// its meaning, so browsers keep it for a year. The plain one (`/assets/site.css`) is for links between files, as one
/// script's import of another; browsers ask each time whether it is still the same.
///
/// A request is answered by looking its path up in a table of these addresses. No path from outside ever reaches the
/// file system, so none can leave the folder.
public struct Assets: Sendable {
    private let paths: [String: AssetPath]
    private let pages: [String: Page]

    /// Reads all files below `directory`. Names that start with a dot are left out.
    ///
    /// - Parameter prefix: Where the addresses begin, without a slash at its end.
    public static func load(directory: String, prefix: String = "/assets") throws(AssetsError) -> Assets {
        var paths: [String: AssetPath] = [:]
        var pages: [String: Page] = [:]
        for name in try fileNames(in: directory) {
            guard let data = FileManager.default.contents(atPath: "\(directory)/\(name)") else {
                throw .unreadable(file: "\(directory)/\(name)")
            }
            let body = ByteBuffer(bytes: data)
            let type = contentType(of: name)
            let hashed = "\(prefix)/\(hashedName(name, ContentHash.hex(body).prefix(10)))"
            let forever = "public, max-age=31536000, immutable"
            paths[name] = AssetPath(served: hashed)
            pages[hashed] = Page(body, contentType: type, cacheControl: forever, compressionLevel: 9)
            pages["\(prefix)/\(name)"] = Page(body, contentType: type, compressionLevel: 9)
        }
        return Assets(paths: paths, pages: pages)
    }

    /// The address of the file `name`, which is relative to the folder: `site.css`, `icons/logo.svg`.
    ///
    /// Asking for a file that is not there is a mistake in the program and stops it.
    public func url(_ name: String) -> AssetPath {
        guard let path = paths[name] else {
            preconditionFailure("there is no asset \(name); there are: \(names.joined(separator: ", "))")
        }
        return path
    }

    /// The names of all files.
    public var names: [String] { paths.keys.sorted() }

    /// The answer to `request` by its path, or 404.
    public func response(to request: Request) throws(RequestProblem) -> Response {
        guard let page = pages[request.uri.path] else { throw .notFound }
        return page.response(to: request)
    }

    /// The answer with the file `name` at an address of its own, as `/favicon.ico`, or 404.
    public func response(named name: String, to request: Request) throws(RequestProblem) -> Response {
        guard let path = paths[name], let page = pages[path.description] else { throw .notFound }
        return Response(
            status: .ok,
            headers: page.plain.fields.settingCacheControl("public, max-age=86400"),
            body: ResponseBody(byteBuffer: page.body)
        )
    }

    private static func fileNames(in directory: String) throws(AssetsError) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.subpathsOfDirectory(atPath: directory)
        } catch {
            throw .noFolder(directory, reason: "\(error)")
        }
        return names.sorted().filter { name in
            var isDirectory = false
            let exists = FileManager.default.fileExists(atPath: "\(directory)/\(name)", isDirectory: &isDirectory)
            return exists && !isDirectory && !name.split(separator: "/").contains { $0.hasPrefix(".") }
        }
    }

    /// `icons/logo.svg` and `ab12` make `icons/logo.ab12.svg`.
    private static func hashedName(_ name: String, _ hash: Substring) -> String {
        guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/") else { return "\(name).\(hash)" }
        return "\(name[..<dot]).\(hash)\(name[dot...])"
    }

    private static func contentType(of name: String) -> ContentType {
        switch name.split(separator: ".").last?.lowercased() {
        case "css": .css
        case "js", "mjs": .javaScript
        case "html": .html
        case "json": .json
        case "geojson": .geoJSON
        case "webmanifest": .manifest
        case "svg": .svg
        case "png": .png
        case "jpg", "jpeg": .jpeg
        case "webp": .webP
        case "ico": .icon
        case "woff2": .woff2
        case "txt": .text
        case "xml": .xml
        default: .bytes
        }
    }
}

/// Why the assets could not be loaded.
public enum AssetsError: Error, Equatable, CustomStringConvertible {
    case noFolder(String, reason: String)
    case unreadable(file: String)

    public var description: String {
        switch self {
        case .noFolder(let folder, let reason):
            "The folder of the site's style sheets and scripts, \(folder), cannot be read (\(reason)). "
                + "It belongs beside the program: build again, or copy it there."
        case .unreadable(let file):
            "The file \(file) of the site's assets cannot be read. Check its permissions."
        }
    }
}

extension HTTPFields {
    func settingCacheControl(_ value: String) -> HTTPFields {
        var fields = self
        fields[.cacheControl] = value
        return fields
    }
}
