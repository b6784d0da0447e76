import Archive
import Languages
import XML

/// What a workbook's own part says: its sheets, and where everything else is.
struct Workbook {
    struct Sheet {
        let name: String
        let part: String
    }

    let visibleSheets: [Sheet]
    let sharedStrings: String?
    let styles: String?
    let days: DayCount

    init(_ archive: ZipArchive, limits: SheetLimits) throws(SheetError) {
        let root = try Relation.read(archive, of: "")
        guard let part = root.first(where: { $0.kind == "officeDocument" })?.target else {
            throw .damaged(say("it does not say where its workbook is"))
        }
        let relations = try Relation.read(archive, of: part)
        var scanner = try PartScanner(archive.part(part), part: part)
        var sheets: [Sheet] = []
        var days = DayCount.from1900
        while let event = try scanner.next() {
            guard case .start(let tag) = event else { continue }
            if tag.name == "workbookPr" {
                let flag = try scanner.attribute("date1904", of: tag)
                days = flag == "1" || flag == "true" ? .from1904 : .from1900
            }
            guard tag.name == "sheet", let id = try scanner.attribute("id", of: tag),
                let relation = relations.first(where: { $0.id == id && $0.kind == "worksheet" })
            else { continue }
            // Who opens the file sees no hidden sheet, and would not expect it to be read.
            guard try scanner.attribute("state", of: tag) ?? "visible" == "visible" else { continue }
            sheets.append(Sheet(name: try scanner.attribute("name", of: tag) ?? "", part: relation.target))
            guard sheets.count <= limits.sheets else {
                throw .tooLarge(say("it has more than \(limits.sheets) sheets"))
            }
        }
        guard !sheets.isEmpty else { throw .damaged(say("it has no sheet that shows")) }
        visibleSheets = sheets
        sharedStrings = relations.first { $0.kind == "sharedStrings" }?.target
        styles = relations.first { $0.kind == "styles" }?.target
        self.days = days
    }
}

/// One arrow from a part of the package to another part.
private struct Relation {
    let id: String
    /// The last word of the type's address, which is the same in both dialects of the format.
    let kind: String
    let target: String

    static func read(_ archive: ZipArchive, of part: String) throws(SheetError) -> [Relation] {
        var folder = part.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let name = folder.popLast() ?? ""
        let path = (folder + ["_rels", name + ".rels"]).joined(separator: "/")
        var scanner = try PartScanner(archive.part(path), part: path)
        var relations: [Relation] = []
        while let event = try scanner.next() {
            guard case .start(let tag) = event, tag.name == "Relationship",
                let id = try scanner.attribute("Id", of: tag), let type = try scanner.attribute("Type", of: tag),
                let target = try scanner.attribute("Target", of: tag),
                try scanner.attribute("TargetMode", of: tag) != "External"
            else { continue }
            let kind = String(type.split(separator: "/").last ?? "")
            relations.append(Relation(id: id, kind: kind, target: resolve(target, in: folder)))
        }
        return relations
    }

    private static func resolve(_ target: String, in folder: [String]) -> String {
        var steps = target.hasPrefix("/") ? [] : folder
        for step in target.split(separator: "/") {
            switch step {
            case ".": continue
            case "..": _ = steps.popLast()
            default: steps.append(String(step))
            }
        }
        return steps.joined(separator: "/")
    }
}

extension ZipArchive {
    func part(_ name: String) throws(SheetError) -> [UInt8] {
        do { return try read(name) } catch .missing {
            throw .damaged(say("its part \(name) is missing"))
        } catch { throw .archive(error) }
    }
}
