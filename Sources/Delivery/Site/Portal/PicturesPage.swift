import Access
import Files
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// The logo and the photos of a profile. Whatever is sent is made anew from its pixels before it is kept.
    static func addPictures(to rooms: RoomRoutes) {
        let path = "/portal/:key/profile/pictures"
        rooms.get(path, .inMember(.editProfile)) { room in
            try await picturesPage(room, room.profile(), .none)
        }
        rooms.post(path, .inMember(.editProfile), largestBody: PictureUpload.largestBody) { room in
            let upload = PictureUpload(room)
            do {
                let file = try await upload.stored()
                let command = AddPicture(
                    member: try room.itsMember.id,
                    upload.kind,
                    file,
                    alt: upload.alt,
                    caption: upload.caption
                )
                _ = try await room.run(command)
                let notice = upload.kind == .logo ? say("The logo is shown from now on.") : say("The photo is added.")
                return room.redirect(to: try room.portal(.profile, "/pictures"), notice: notice)
            } catch let input as InvalidInput {
                let trouble = FormTrouble(problems: FormProblems(input))
                return try await picturesPage(room, room.profile(), trouble, upload)
            }
        }
        rooms.post("\(path)/:id/describe", .inMember(.editProfile)) { room in
            let command = DescribePicture(
                picture: try room.parameter("id"),
                alt: room.form["alt"],
                caption: room.form["caption"],
                seen: PartMark(room.form["seen"])
            )
            let content = try await room.profile()
            return try await room.save(command, notice: say("The words are saved."), back: "/pictures") {
                try picturesPage(room, content, $0)
            }
        }
        rooms.post("\(path)/:id/up", .inMember(.editProfile)) { room in
            try await room.run(MovePhotoUp(photo: room.parameter("id")))
            return room.redirect(to: try room.portal(.profile, "/pictures"), notice: say("The photo is moved up."))
        }
        rooms.post("\(path)/:id/remove", .inMember(.editProfile)) { room in
            try await room.run(RemovePicture(picture: room.parameter("id")))
            return room.redirect(to: try room.portal(.profile, "/pictures"), notice: say("The picture is removed."))
        }
    }
}

/// A picture that came with a form, and what is said of it.
struct PictureUpload: Sendable {
    /// The largest picture that is taken, with the rest of its form.
    static let largestBody = PictureLimits.standard.bytes + (1 << 20)

    let kind: ProfilePicture.Kind
    let alt: String
    let caption: String
    private let sent: FormParts.File?
    private let room: Room

    init(_ room: Room) {
        self.room = room
        kind = room.form["kind"] == ProfilePicture.Kind.logo.rawValue ? .logo : .photo
        alt = room.form["alt"]
        caption = room.form["caption"]
        sent = room.files.first { $0.name == "picture" }
    }

    /// The picture made anew and kept. Throws `InvalidInput` for what is no picture, or too large a one.
    func stored() async throws -> PictureFile {
        guard let sent, !sent.bytes.isEmpty else { throw InvalidInput("picture", say("Choose a file.")) }
        guard !alt.isEmpty else { throw InvalidInput("alt", say("Say in a few words what it shows.")) }
        do {
            return try await PictureFile.make(sent.bytes, as: kind, in: room.site.rooms.files, now: room.now)
        } catch let error as PictureError { throw InvalidInput("picture", error.sentence) }
    }
}

private func picturesPage(
    _ room: Room,
    _ content: MemberSelf,
    _ trouble: FormTrouble,
    _ upload: PictureUpload? = nil
) throws -> Response {
    let address = try room.portal(.profile, "/pictures")
    return try room.portalPage(say("Logo and photos"), .profile, isBelow: true, status: trouble.status) { h in
        h.p(
            .class("lede"),
            text: say(
                "JPEG, PNG, WebP or GIF, up to 20 MB. Only what is seen is kept: "
                    + "not where a photo was taken, nor by which camera."
            )
        )
        h.partTrouble(trouble)
        h.section(.aria(.labelledby, "logo")) {
            h.h2(.id("logo"), text: say("Logo"))
            if let logo = content.logo { pictureRow(h, room, address, logo, isFirst: true) }
            let form = upload?.kind == .logo ? upload : nil
            uploadForm(h, room, address, .logo, form, form == nil ? .none : trouble.problems)
        }
        h.section(.aria(.labelledby, "photos")) {
            h.h2(.id("photos"), text: say("Photos"))
            h.p(.class("quiet"), text: say("\(content.photos.count) of at most \(ProfilePicture.mostPhotos)."))
            for (index, photo) in content.photos.enumerated() {
                pictureRow(h, room, address, photo, isFirst: index == 0)
            }
            if content.photos.count < ProfilePicture.mostPhotos {
                let form = upload?.kind == .photo ? upload : nil
                uploadForm(h, room, address, .photo, form, form == nil ? .none : trouble.problems)
            }
        }
    }
}

private func pictureRow(
    _ h: HTMLWriter,
    _ room: Room,
    _ address: String,
    _ picture: ProfilePicture,
    isFirst: Bool
) {
    h.div(.class("picture-row")) {
        h.picture(picture)
        h.div {
            room.form(h, "\(address)/\(picture.id)/describe") {
                h.hiddenField("seen", picture.mark.text)
                wordField(h, "alt", say("What it shows"), picture.alt, id: picture.id, isRequired: true)
                if picture.kind == .photo { wordField(h, "caption", say("Caption"), picture.caption, id: picture.id) }
                h.button(
                    .class("button small"),
                    .type(.submit),
                    .aria(.label, say("Save words of \(picture.alt)")),
                    text: say("Save words")
                )
            }
            h.div(.class("actions")) {
                if picture.kind == .photo, !isFirst {
                    act(h, room, "\(address)/\(picture.id)/up", say("Move up"), picture)
                }
                act(h, room, "\(address)/\(picture.id)/remove", say("Remove"), picture, isDanger: true)
            }
        }
    }
}

private func wordField(
    _ h: HTMLWriter,
    _ name: String,
    _ label: Phrase,
    _ value: String,
    id: String,
    isRequired: Bool = false
) {
    h.div(.class("field")) {
        h.label(.for("\(name)-\(id)"), text: label)
        h.input(
            .type(.text),
            .id("\(name)-\(id)"),
            .name(name),
            .value(value),
            .maxlength(300),
            .required(isRequired)
        )
    }
}

private func act(
    _ h: HTMLWriter,
    _ room: Room,
    _ address: String,
    _ words: Phrase,
    _ picture: ProfilePicture,
    isDanger: Bool = false
) {
    room.form(h, address, .class("plain")) {
        h.button(.class(isDanger ? "link-button danger" : "link-button"), .type(.submit)) {
            h.text(words)
            h.span(.class("hidden-text"), text: ": \(picture.alt)")
        }
    }
}

private func uploadForm(
    _ h: HTMLWriter,
    _ room: Room,
    _ address: String,
    _ kind: ProfilePicture.Kind,
    _ upload: PictureUpload?,
    _ problems: FormProblems
) {
    // Two forms of one page: where nothing is wrong, the ids of one must not be those of the other.
    let isWrong = !problems.isEmpty
    room.uploadForm(h, address, .class("upload")) {
        h.hiddenField("kind", kind.rawValue)
        field(h, "picture", kind, kind == .logo ? say("New logo") : say("Another photo"), problems, isWrong) {
            h.input($0 + [.type(.file), .accept("image/jpeg,image/png,image/webp,image/gif"), .required()])
        }
        field(h, "alt", kind, say("What it shows, for whoever does not see it"), problems, isWrong) {
            h.input($0 + [.type(.text), .value(upload?.alt ?? ""), .maxlength(300), .required()])
        }
        if kind == .photo {
            field(h, "caption", kind, say("Caption (if you like)"), problems, isWrong) {
                h.input($0 + [.type(.text), .value(upload?.caption ?? ""), .maxlength(300)])
            }
        }
        h.div(.class("form-end")) {
            h.button(
                .class("button primary"),
                .type(.submit),
                text: kind == .logo ? say("Set the logo") : say("Add the photo")
            )
        }
    }
}

private func field(
    _ h: HTMLWriter,
    _ name: String,
    _ kind: ProfilePicture.Kind,
    _ label: Phrase,
    _ problems: FormProblems,
    _ isWrong: Bool,
    control: ([Attribute]) -> Void
) {
    if isWrong { return h.field(name, label: label, problems: problems, control: control) }
    h.div(.class("field")) {
        h.label(.for("\(kind.rawValue)-\(name)"), text: label)
        control([.id("\(kind.rawValue)-\(name)"), .name(name)])
    }
}
