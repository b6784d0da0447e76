import Languages

/// An element with everything in it: for a part of a document that is small, as one booking of a bank's statement.
public struct XMLBranch: Sendable, Equatable {
    /// Without its namespace's prefix, like those of attributes.
    public let name: String
    public let attributes: [String: String]
    /// The text that stands in it directly, without space at its ends.
    public private(set) var text = ""
    public private(set) var branches: [XMLBranch] = []

    fileprivate init(name: String, attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    fileprivate mutating func add(_ text: String) { self.text += text }
    fileprivate mutating func add(_ branch: XMLBranch) { branches.append(branch) }

    fileprivate mutating func close() {
        guard text.first.map(Self.isSpace) == true || text.last.map(Self.isSpace) == true else { return }
        var rest = text[...]
        while rest.first.map(Self.isSpace) == true { rest.removeFirst() }
        while rest.last.map(Self.isSpace) == true { rest.removeLast() }
        text = String(rest)
    }

    private static func isSpace(_ sign: Character) -> Bool {
        sign == " " || sign == "\n" || sign == "\t" || sign == "\r" || sign == "\r\n"
    }

    /// The elements of that name directly in it.
    public func all(_ name: String) -> [XMLBranch] { branches.filter { $0.name == name } }

    /// The first element at the end of the path: `branch(at: "Acct", "Id")`.
    public func branch(at path: String...) -> XMLBranch? { branch(path[...]) }

    /// The text at the end of the path; `nil` where there is no such element, or an empty one.
    public func text(at path: String...) -> String? { branch(path[...]).flatMap { $0.text.isEmpty ? nil : $0.text } }

    private func branch(_ path: ArraySlice<String>) -> XMLBranch? {
        guard let name = path.first else { return self }
        // Of several of one name the first that leads on.
        for branch in branches where branch.name == name {
            if let found = branch.branch(path.dropFirst()) { return found }
        }
        return nil
    }
}

/// How large a branch may be.
public struct XMLBranchLimits: Sendable {
    public var elements: Int
    public var textBytes: Int

    public init(elements: Int = 100_000, textBytes: Int = 8 << 20) {
        self.elements = elements
        self.textBytes = textBytes
    }
}

extension XMLScanner {
    /// Reads the rest of the element that `tag` opened, and everything in it.
    public mutating func branch(
        _ tag: Tag,
        limits: XMLBranchLimits = XMLBranchLimits()
    ) throws(XMLError) -> XMLBranch {
        var open = [XMLBranch(name: tag.name, attributes: try attributes(of: tag))]
        var elements = 1
        var textBytes = 0
        while let event = try next() {
            switch event {
            case .start(let inner):
                elements += 1
                guard elements <= limits.elements else {
                    throw .tooLarge(say("\(part) has more than \(limits.elements) elements in one “\(tag.name)”"))
                }
                open.append(XMLBranch(name: inner.name, attributes: try attributes(of: inner)))
            case .text(let range):
                textBytes += range.count
                guard textBytes <= limits.textBytes else {
                    throw .tooLarge(say("\(part) has more than \(limits.textBytes) bytes of text in one “\(tag.name)”"))
                }
                open[open.count - 1].add(try text(range))
            case .end:
                var closed = open.removeLast()
                closed.close()
                if open.isEmpty { return closed }
                open[open.count - 1].add(closed)
            }
        }
        throw .damaged(say("\(part) ends early"))
    }
}
