import Files
import Foundation
import Joining
import Mail
import Membership
import Site

extension Installation {
    /// What joining and leaving work with.
    func joiningServices() throws -> JoiningServices {
        let reception = try self.reception()
        return JoiningServices(
            charter: charter,
            rules: UploadCommands.rules(self),
            letters: JoiningLetters(
                templates: try MailTemplates.load(folder: JoiningLetters.folder),
                correspondence: try correspondence(),
                charter: charter
            ),
            memberLetters: try memberLetters(),
            invitations: reception.letters,
            places: reception.places
        )
    }

    /// What members' people are written.
    func memberLetters() throws -> MemberLetters {
        MemberLetters(
            templates: try MailTemplates.load(folder: MemberLetters.folder),
            correspondence: try correspondence()
        )
    }

    /// Keeps a document of this machine as an upload is kept: known by its content, under its hash.
    func keep(_ path: String) async throws -> (file: StoredFile, name: String) {
        let bytes = try Self.bytes(path, atMost: FileStore.largestDocument)
        let name = URL(fileURLWithPath: path).lastPathComponent
        let type: FileType
        do throws(FileRefusal) { type = try FileType.recognise(bytes, name: name) } catch {
            throw CommandFailure("\(Terminal.safe(path)): \(error)")
        }
        return (try await files.put(bytes, as: type, now: Date()), name)
    }

    /// Copies documents into a folder of this machine. No file that is there is overwritten.
    func copy(_ uses: [FileUse], into folder: String) async throws {
        for (place, use) in uses.enumerated() {
            // Two may have one name; a number before it also keeps a name from being a path like `..`.
            let name = "\(place + 1)-\(Terminal.safe(use.name))"
            let target = URL(fileURLWithPath: folder).appendingPathComponent(name)
            let data = Data(try await files.bytes(use.hash))
            do { try data.write(to: target, options: .withoutOverwriting) } catch {
                throw CommandFailure(
                    "\(target.path) was not written: \(error.localizedDescription) Give a folder without that file."
                )
            }
            print(target.path)
        }
    }

    /// The content of a file of this machine. Throws with words when there is none, or more than `limit` bytes.
    static func bytes(_ path: String, atMost limit: Int) throws -> [UInt8] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes?[.size] as? Int, attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw CommandFailure("There is no file \(path). Check its path.")
        }
        guard size <= limit else {
            throw CommandFailure("\(path) has \(size >> 20) MB; \(limit >> 20) MB are allowed.")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("\(path) cannot be read. Check its permissions.")
        }
        return [UInt8](data)
    }
}
