import HTTPTypes
import Languages
import NIOCore
import Testing

@testable import Web

@Suite struct MultipartTests {
    private let type = "multipart/form-data; boundary=----WebKitFormBoundaryX"

    private func form(
        _ text: String,
        type: String? = nil,
        limits: MultipartLimits = .standard
    ) throws(MultipartError)
        -> FormParts
    {
        let lines = text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").replacing(
            "@",
            with: "------WebKitFormBoundaryX"
        )
        return try FormParts(ByteBuffer(string: lines), contentType: type ?? self.type, limits: limits)
    }

    private func part(_ header: String, _ content: String = "x") throws(MultipartError) -> FormParts {
        try form("@\n\(header)\n\n\(content)\n@--\n")
    }

    @Test func `fields and files are read as a browser sends them`() throws {
        let parts = try form(
            """
            @
            Content-Disposition: form-data; name="city"

            Łódź
            two lines
            @
            content-disposition: form-data; name="empty"


            @
            Content-Disposition: form-data; name="photo"; filename="C:\\\\fakepath\\\\서울 %22x%22.png"
            Content-Type: image/png

            \u{1}PNG
            --no boundary
            @
            Content-Disposition: form-data; name="none"; filename=""
            Content-Type: application/octet-stream


            @
            Content-Disposition: form-data; name=city; x="a;b"

            twice
            @--
            """
        )
        #expect(
            parts.values.fields == [
                .init("city", "Łódź\r\ntwo lines"), .init("empty", ""), .init("city", "twice"),
            ]
        )
        let photo = FormParts.File(
            name: "photo",
            fileName: "서울 \"x\".png",
            declaredType: "image/png",
            bytes: Array("\u{1}PNG\r\n--no boundary".utf8)
        )
        #expect(parts.files == [photo])
        #expect(parts.file("photo") == photo)
        #expect(parts.file("none") == nil)
    }

    @Test func `any bytes of a file come through`() throws {
        let all = (0...255).map { UInt8($0) } + Array("\r\n------WebKitFormBoundar\r\n--\r\n".utf8)
        var body = ByteBuffer(
            string: "------WebKitFormBoundaryX\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\n"
        )
        body.writeBytes(all)
        body.writeString("\r\n------WebKitFormBoundaryX--\r\n")
        #expect(try FormParts(body, contentType: type).files.map(\.bytes) == [all])
    }

    @Test func `a form without parts is empty`() throws {
        #expect(try form("@--\n") == FormParts(values: FormValues(), files: []))
    }

    @Test(arguments: [
        ("../../etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot.ini"), ("/", "file"), ("..", "file"),
        (".htaccess", "htaccess"),
        ("a\u{202e}gpj.exe", "agpj.exe"), ("x\u{200b}\u{0}\ny.txt", "xy.txt"), ("  a b. ", "a b"), ("", "file"),
        (String(repeating: "é", count: 200) + ".png", String(repeating: "é", count: 73) + ".png"),
        ("x." + String(repeating: "y", count: 200), "x." + String(repeating: "y", count: 148)),
    ])
    func `a file's name is its last component, cleaned`(_ sent: String, _ name: String) {
        #expect(FileName.cleaned(sent) == name)
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=\"ends with space \"",
        "multipart/form-data; boundary=a\"b",
        "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
    ])
    func `a boundary that is none is refused`(_ type: String) {
        #expect(throws: MultipartError.malformed(say("it names no boundary"))) { try form("@--", type: type) }
    }

    @Test(arguments: ["", "text/plain", "application/x-www-form-urlencoded", "multipart/mixed; boundary=x"])
    func `what is no form with files is told`(_ type: String) {
        #expect(throws: MultipartError.otherType(type)) { try form("@--", type: type) }
    }

    @Test func `a boundary in quotes is read`() throws {
        #expect(
            try form("@--", type: "Multipart/Form-Data ; charset=utf-8; BOUNDARY=\"----WebKitFormBoundaryX\"").files
                == []
        )
    }

    @Test(arguments: [
        "", "hello", "\n@--", "preamble\n@--", "@", "@\n", "@\n@--", "@x", "@--x", "@--\n\n", "@--\nmore",
        "@\nContent-Disposition: form-data; name=a\n\nx", "@\nContent-Disposition: form-data; name=a\n\nx\n@",
        "@\nContent-Disposition: form-data; name=a", "@\n\nno header\n@--",
        "@\nContent-Disposition: form-data; name=a\n\nx\n@y\n@--",
    ])
    func `a form that is cut, or has something around it, is refused`(_ text: String) {
        #expect(throws: MultipartError.self) { try form(text) }
    }

    @Test(arguments: [
        "Content-Type: text/plain", "Content-Disposition: form-data", "Content-Disposition: form-data; name=\"\"",
        "Content-Disposition: attachment; name=a", "Content-Disposition: form-data; name=a; name=b",
        "Content-Disposition: form-data; name=a; filename=b; filename=c", "Content-Disposition: form-data; name=\"a",
        "Content-Disposition: form-data; name=a\nContent-Disposition: form-data; name=b", "no colon", ": x",
        "Content-Disposition: form-data; name=a\n folded", "Content-Disposition : form-data; name=a",
        "Content-Disposition: form-data; name=a\nContent-Transfer-Encoding: base64",
        "Content-Disposition: form-data; name=a\u{0}b", "Content-Disposition: form-data; name=a; junk",
    ])
    func `a header that could be read in two ways is refused`(_ header: String) {
        #expect(throws: MultipartError.self) { try part(header) }
    }

    @Test func `a field that is no text is refused with its name`() {
        #expect(throws: MultipartError.notText(field: "a")) {
            try part("Content-Disposition: form-data; name=a", "x\u{0}y")
        }
        var body = ByteBuffer(string: "------WebKitFormBoundaryX\r\nContent-Disposition: form-data; name=a\r\n\r\n")
        body.writeBytes([0xc3, 0x28])
        body.writeString("\r\n------WebKitFormBoundaryX--")
        #expect(throws: MultipartError.notText(field: "a")) { try FormParts(body, contentType: type) }
    }

    @Test func `the last size that is taken and the first that is not`() throws {
        let field = "@\nContent-Disposition: form-data; name=a\n\n12345\n"
        let file = "@\nContent-Disposition: form-data; name=f; filename=x.png\n\n12345\n"
        let limits = MultipartLimits(parts: 2, headerBytes: 60, fieldBytes: 6, fileBytes: 5, totalBytes: 1000)
        #expect(throws: Never.self) { try form(field + file + "@--", limits: limits) }
        #expect(throws: MultipartError.tooManyParts(limit: 2)) { try form(file + file + file + "@--", limits: limits) }
        #expect(throws: MultipartError.fieldsTooLarge(limit: 6)) { try form(field + field + "@--", limits: limits) }
        #expect(throws: MultipartError.fileTooLarge(name: "x.png", limit: 5)) {
            try form(file.replacing("12345", with: "123456") + "@--", limits: limits)
        }
        #expect(throws: MultipartError.headerTooLong(limit: 60)) {
            try form(file.replacing("x.png", with: "a longer name.png") + "@--", limits: limits)
        }
        #expect(throws: MultipartError.tooLarge(limit: 1000)) {
            try form(String(repeating: " ", count: 1001), limits: limits)
        }
    }

    @Test func `a body full of half boundaries is read in time`() throws {
        let half = String(repeating: "\r\n------WebKitFormBoundary", count: 400_000)
        let start = ContinuousClock.now
        let parts = try part("Content-Disposition: form-data; name=f; filename=a", half)
        #expect(parts.files[0].bytes.count == half.utf8.count)
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `each error has an answer in words`() {
        #expect(MultipartError.otherType("x").problem.status == .unsupportedMediaType)
        #expect(MultipartError.malformed(.verbatim("x")).problem.status == .badRequest)
        #expect(MultipartError.notText(field: "a").problem.fields.map(\.name) == ["a"])
        #expect(MultipartError.tooLarge(limit: 1 << 20).problem.status == .contentTooLarge)
        #expect(
            MultipartError.fileTooLarge(name: "x.png", limit: 20 << 20).problem.detail.english
                == "The file x.png is larger than 20 MB. Send a smaller one."
        )
    }
}
