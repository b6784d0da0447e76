import Membership
import Testing

@testable import Site
@testable import Web

@Suite struct PortalFormsTests {
    @Test(arguments: [
        ("Census 2026.pdf", "attachment; filename=\"Census 2026.pdf\"; filename*=UTF-8''Census%202026.pdf"),
        ("통계.txt", "attachment; filename=\"__.txt\"; filename*=UTF-8''%ED%86%B5%EA%B3%84.txt"),
        (
            "a\"; filename=x.html\r\nSet-Cookie: y",
            "attachment; filename=\"a__ filename=x.html__Set-Cookie: y\"; "
                + "filename*=UTF-8''a%22%3B%20filename%3Dx.html%0D%0ASet-Cookie%3A%20y"
        ),
    ])
    func `a download has its own name and nothing else in its header`(_ name: String, _ header: String) {
        #expect(contentDisposition(name) == header)
        #expect(!contentDisposition(name).utf8.contains { $0 < 0x20 || $0 > 0x7e })
    }

    @Test func `an empty row of the contacts is none, and one of an unknown kind neither`() throws {
        let form = ContactsForm(
            try FormValues(
                urlEncoded: "seen=m&contacts.0.kind=email&contacts.0.value=&contacts.0.label=Gone"
                    + "&contacts.1.kind=phone&contacts.1.value=%2B49+1&contacts.1.public=on"
                    + "&contacts.2.kind=pigeon&contacts.2.value=coo&contacts.9999.kind=web&contacts.9999.value=x"
            )
        )
        #expect(form.seen == PartMark("m"))
        #expect(form.contacts == [Contact(.phone, "+49 1", isPublic: true)])
    }
}
