import Database
public import Languages

/// What a column of a spreadsheet can hold. The raw values are the names of the columns of an export, and stay.
public enum UploadField: String, Sendable, CaseIterable, Codable {
    case ignore
    case key, name
    case otherNames = "other_names"
    case category, country, region, website, description, tags, population
    case populationYear = "population_year"
    case status
    case statusDay = "status_day"
    case headOfGovernment = "head_of_government"
    case joined

    public var title: Phrase {
        switch self {
        case .ignore: say("Leave out", context: "a column of a spreadsheet")
        case .key: say("Key")
        case .name: say("Name")
        case .otherNames: say("Other names")
        case .category: say("Category")
        case .country: say("Country")
        case .region: say("Region")
        case .website: say("Website")
        case .description: say("Description")
        case .tags: say("Tags")
        case .population: say("Population")
        case .populationYear: say("Year of the population")
        case .status: say("Status")
        case .statusDay: say("Day of the status")
        case .headOfGovernment: say("Head of government")
        case .joined: say("Joined")
        }
    }

    /// Whether several columns may hold it.
    var isRepeatable: Bool { self == .ignore || self == .otherNames || self == .tags }

    /// The field that a heading names, in English, Korean, Spanish or Chinese; `nil` for none of those known.
    package static func suggestion(for heading: String) -> UploadField? {
        let words = Folding.words(heading)
        if let field = byHeading[words.joined(separator: " ")] { return field }
        // "Population (2023)" and "Website *" are headings too.
        return byHeading[words.filter { Int($0) == nil }.joined(separator: " ")]
    }

    private static let byHeading: [String: UploadField] = {
        var fields: [String: UploadField] = [:]
        for field in allCases where field != .ignore {
            fields[Folding.words(field.rawValue).joined(separator: " ")] = field
            for heading in field.headings { fields[Folding.words(heading).joined(separator: " ")] = field }
        }
        return fields
    }()

    // With the titles of our own columns in every language (a test compares), and without `area`, `people` and `since`:
    // our own exports head other things with these.
    private var headings: [String] {
        switch self {
        case .ignore: []
        case .key: ["id", "member key", "키", "회원 키", "clave", "identificador", "键", "代码", "编号"]
        case .name:
            [
                "member", "member name", "city", "city name", "municipality", "local government", "organisation",
                "organization", "institution", "official name", "이름", "명칭", "도시", "도시명", "회원", "회원명", "회원도시", "기관명",
                "지방정부", "nombre", "ciudad", "miembro", "municipio", "gobierno local", "organización", "entidad",
                "名称", "城市", "城市名称", "会员", "成员", "地方政府", "机构", "名稱", "會員",
            ]
        case .otherNames:
            [
                "other name", "alias", "aliases", "also known as", "former name", "former names", "alternative name",
                "다른 이름", "별칭", "별명", "옛 이름", "otro nombre", "otros nombres", "nombre anterior", "别名", "其他名称", "曾用名",
                "其他名稱",
            ]
        case .category:
            [
                "type", "member type", "membership category", "membership type", "kind", "구분", "분류", "회원구분", "회원 유형",
                "유형", "categoría", "tipo", "tipo de miembro", "类别", "会员类别", "类型", "類別",
            ]
        case .country: ["country code", "country name", "nation", "iso", "국가", "나라", "국가명", "país", "国家", "国别", "國家"]
        case .region: ["continent", "지역", "대륙", "región", "zona", "地区", "区域", "大洲", "地區"]
        case .website:
            [
                "web", "web site", "url", "homepage", "home page", "link", "web address", "웹사이트", "홈페이지", "누리집",
                "sitio web",
                "página web", "enlace", "网站", "网址", "主页", "網站",
            ]
        case .description:
            [
                "about", "profile", "introduction", "summary", "설명", "소개", "descripción", "reseña", "描述", "简介", "介绍",
                "說明",
            ]
        case .tags:
            ["tag", "keywords", "topics", "interests", "태그", "키워드", "관심분야", "etiquetas", "temas", "标签", "关键词", "標籤"]
        case .population:
            ["inhabitants", "residents", "인구", "인구수", "población", "habitantes", "人口", "人口数", "人口數"]
        case .populationYear:
            [
                "year", "year of population", "population as of", "census year", "인구 연도", "연도", "기준연도", "año",
                "año de población", "人口年份", "年份", "年度", "year of the population", "인구의 연도", "año de la población",
                "人口数据年份",
            ]
        case .status:
            ["standing", "membership status", "state", "상태", "회원상태", "estado", "situación", "状态", "会员状态", "狀態"]
        case .statusDay:
            [
                "status date", "status since", "day of status", "day of the status", "status as of", "상태일",
                "상태 변경일", "상태의 날짜", "fecha de estado", "estado desde", "día del estado", "状态日期", "狀態日期",
            ]
        case .headOfGovernment:
            [
                "mayor", "governor", "head", "head of city", "name of mayor", "시장", "단체장", "기관장", "alcalde",
                "alcaldesa", "jefe de gobierno", "jefatura de gobierno", "市长", "负责人", "首长", "行政首长", "市長",
            ]
        case .joined:
            [
                "join date", "date joined", "joined on", "member since", "date of joining", "accession", "joining year",
                "year joined", "가입", "가입일", "가입연도", "가입일자", "가입 시기", "fecha de ingreso", "ingreso",
                "miembro desde", "fecha de adhesión", "incorporación", "加入日期", "加入时间", "入会日期", "加入年份",
            ]
        }
    }
}
