import Languages

extension Role {
    /// The role's name as mail in a language says it; English where there is no other.
    public func name(in language: String) -> String {
        switch language {
        case "ko": korean
        case "es": spanish
        case "zh": chinese
        default: name.english
        }
    }

    private var korean: String {
        switch self {
        case .administrator: "관리자"
        case .officer: "사무국 담당관"
        case .finance: "재무 담당관"
        case .communication: "홍보 담당관"
        case .auditor: "감사"
        case .committee: "집행위원"
        case .regionalOffice: "지역사무소"
        case .juror: "심사위원"
        case .representative: "회원 대표"
        case .editor: "회원 편집자"
        case .delegate: "투표 대표"
        }
    }

    private var spanish: String {
        switch self {
        case .administrator: "administración del sistema"
        case .officer: "responsable de la Secretaría"
        case .finance: "responsable de finanzas"
        case .communication: "responsable de comunicación"
        case .auditor: "auditoría"
        case .committee: "integrante del Comité Ejecutivo"
        case .regionalOffice: "oficina regional"
        case .juror: "integrante del jurado"
        case .representative: "representante del miembro"
        case .editor: "edición del perfil del miembro"
        case .delegate: "delegación con voto"
        }
    }

    private var chinese: String {
        switch self {
        case .administrator: "管理员"
        case .officer: "秘书处专员"
        case .finance: "财务专员"
        case .communication: "传播专员"
        case .auditor: "审计员"
        case .committee: "执行委员会委员"
        case .regionalOffice: "地区办事处"
        case .juror: "评委"
        case .representative: "会员代表"
        case .editor: "会员编辑"
        case .delegate: "投票代表"
        }
    }
}
