import Access
import Charter
import Database
import Decisions
import Documents
import Dues
import Joining
import Languages
import Mail

@testable import Membership
@testable import Web

/// The services of the league of river ports.
struct PortsServices {
    let countries: CountryWords
    let letters: Letters
    let memberLetters: MemberLetters
    let places: Places
    let decisions: DecisionServices
    let joining: JoiningServices
    let dues: DuesServices

    init(pdf: PDFMaker) throws {
        let correspondence = Correspondence(siteAddress: "http://ports.example")
        countries = CountryWords(csv: Array("a2,name\nDE,Germany\nNL,Netherlands\n".utf8))
        letters = Letters(
            templates: try MailTemplates.load(folder: Letters.folder),
            correspondence: correspondence,
            charter: Ports.charter
        )
        memberLetters = MemberLetters(
            templates: try MailTemplates.load(folder: MemberLetters.folder),
            correspondence: correspondence
        )
        places = Places(charter: Ports.charter) { transaction, id in
            try transaction.first("SELECT name FROM member WHERE id = ?", [.text(id)]) { try $0.text(0) }
        }
        decisions = DecisionServices(
            charter: Ports.charter,
            letters: DecisionLetters(
                templates: try MailTemplates.load(folder: DecisionLetters.folder),
                correspondence: correspondence,
                charter: Ports.charter
            )
        )
        joining = JoiningServices(
            charter: Ports.charter,
            rules: UploadRules(charter: Ports.charter, countries: countries),
            letters: JoiningLetters(
                templates: try MailTemplates.load(folder: JoiningLetters.folder),
                correspondence: correspondence,
                charter: Ports.charter
            ),
            memberLetters: memberLetters,
            invitations: letters,
            places: places
        )
        dues = DuesServices(
            charter: Ports.charter,
            letters: DuesLetters(
                templates: try MailTemplates.load(folder: DuesLetters.folder),
                correspondence: correspondence,
                charter: Ports.charter
            ),
            pdf: pdf
        )
    }
}
