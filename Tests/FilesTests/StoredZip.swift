import CZlib

/// A ZIP archive whose entries are not packed.
func storedZip(_ entries: [(name: String, text: String)]) -> [UInt8] {
    func half(_ number: Int) -> [UInt8] { [UInt8(number & 0xff), UInt8(number >> 8 & 0xff)] }
    func word(_ number: Int) -> [UInt8] { half(number & 0xffff) + half(number >> 16) }
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
        let (name, content) = (Array(entry.name.utf8), Array(entry.text.utf8))
        var common = half(20) + half(0) + half(0) + half(0) + half(0x21)
        common += word(Int(crc32_z(0, content, content.count))) + word(content.count) + word(content.count)
        let offset = body.count
        body += word(0x0403_4b50) + common + half(name.count) + half(0) + name + content
        directory += word(0x0201_4b50) + half(20) + common + half(name.count)
        directory += [UInt8](repeating: 0, count: 12) + word(offset) + name
    }
    let end = word(0x0605_4b50) + half(0) + half(0) + half(entries.count) + half(entries.count)
    return body + directory + end + word(directory.count) + word(body.count) + half(0)
}
