import Files
import Foundation
import Testing

@Suite struct FileTypeTests {
    @Test func `pictures are known by their content`() throws {
        let pictures: [(String, FileType)] = [
            (PictureFixtures.png, .png), (PictureFixtures.pngWithHole, .png), (PictureFixtures.jpegWithPlace, .jpeg),
            (PictureFixtures.gif, .gif), (PictureFixtures.webp, .webp), (PictureFixtures.webpLossy, .webp),
        ]
        for (base64, type) in pictures { #expect(FileType.detect(try picture(base64)) == type) }
    }

    @Test(arguments: [
        (["[Content_Types].xml", "xl/workbook.xml"], FileType.xlsx),
        (["[Content_Types].xml", "word/document.xml"], .docx),
        (["[Content_Types].xml", "ppt/presentation.xml"], .pptx),
    ])
    func `office documents are known by their parts`(_ parts: [String], _ type: FileType) throws {
        let bytes = storedZip(parts.map { ($0, "<x/>") })
        #expect(try FileType.recognise(bytes) == type)
        #expect(throws: FileRefusal.macros) {
            try FileType.recognise(storedZip(parts.map { ($0, "<x/>") } + [("word/vbaProject.bin", "x")]))
        }
        #expect(throws: FileRefusal.damaged(nil)) { try FileType.recognise(bytes.dropLast()) }
    }

    @Test(arguments: [FileType.ods, .odt, .odp])
    func `open documents are known by their first part`(_ type: FileType) throws {
        let bytes = storedZip([("mimetype", type.mediaType), ("content.xml", "<x/>")])
        #expect(try FileType.recognise(bytes) == type)
        #expect(throws: FileRefusal.macros) {
            try FileType.recognise(storedZip([("mimetype", type.mediaType), ("Basic/Standard/Module1.xml", "<x/>")]))
        }
    }

    @Test func `an archive that is no document is refused, also with the content types of macros`() {
        #expect(throws: FileRefusal.unknown) { try FileType.recognise(storedZip([("a.txt", "x")])) }
        let macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        #expect(throws: FileRefusal.macros) {
            try FileType.recognise(storedZip([("[Content_Types].xml", macros), ("xl/workbook.xml", "")]))
        }
    }

    @Test func `text is text, and CSV only by its name`() throws {
        let text = Array("\u{feff}Stadt,Land\r\n서울,Korea\nx < y, a <b and <headline>\n".utf8)
        #expect(try FileType.recognise(text) == .text)
        #expect(try FileType.recognise(text, name: "Members.CSV") == .csv)
        #expect(try FileType.recognise(Array("MZ is how this begins".utf8)) == .text)
        #expect(try FileType.recognise(Array("%PDF-1.7\n…\n%%EOF\n".utf8), name: "x.csv") == .pdf)
    }

    @Test(arguments: [
        "<!DOCTYPE html><p>", "  \n<html>", "\u{feff}<svg xmlns='x'>", "<?xml version='1.0'?><a/>",
        "hello <ScRiPt>alert(1)",
        "<a href='x'>", "<!-- x -->", "</b>", "a,b\n<iframe src=x>", "<?php echo 1;", "name\n<img src=x onerror=y>",
    ])
    func `markup is refused, whatever the name`(_ text: String) {
        #expect(throws: FileRefusal.markup) { try FileType.recognise(Array(text.utf8), name: "photo.png") }
        #expect(FileType.detect(Array(text.utf8)) == nil)
    }

    @Test(arguments: ["#!/bin/sh\nrm x", "\u{7f}ELF\u{1}", "MZ\u{0}\u{3}"])
    func `programs are refused`(_ text: String) {
        #expect(throws: FileRefusal.program) { try FileType.recognise(Array(text.utf8)) }
    }

    @Test func `what is two kinds at once is refused`() throws {
        let jpeg = try picture(PictureFixtures.jpegWithPlace)
        // A comment segment right behind the first marker, which a browser that guesses would read as a page.
        let comment = Array("<script>alert(1)</script>".utf8)
        let mixed = jpeg.prefix(2) + [0xff, 0xfe, 0, UInt8(comment.count + 2)] + comment + jpeg.dropFirst(2)
        #expect(throws: FileRefusal.mixed) { try FileType.recognise(Array(mixed)) }
        #expect(throws: FileRefusal.mixed) { try FileType.recognise(jpeg + storedZip([("META-INF/MANIFEST.MF", "")])) }
        #expect(throws: FileRefusal.mixed) { try FileType.recognise(Array("%PDF-1.4 <html><body> %%EOF".utf8)) }
        let headerOnly = [0xff, 0xd8, 0xff, 0xe0] + Array("<html><script>alert(1)</script>".utf8)
        #expect(throws: FileRefusal.damaged(.jpeg)) { try FileType.recognise(headerOnly) }
    }

    @Test func `nothing, zeros, other encodings and cut documents are refused`() {
        #expect(throws: FileRefusal.empty) { try FileType.recognise([]) }
        #expect(throws: FileRefusal.unknown) { try FileType.recognise([0, 0, 0, 0]) }
        #expect(throws: FileRefusal.unknown) { try FileType.recognise([0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68]) }
        #expect(throws: FileRefusal.unknown) { try FileType.recognise([0xff, 0xfe, 0x41, 0x00]) }
        #expect(throws: FileRefusal.damaged(.pdf)) { try FileType.recognise(Array("%PDF-1.4 and no end".utf8)) }
        #expect(throws: FileRefusal.damaged(.png)) {
            try FileType.recognise([0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa])
        }
    }

    @Test func `any beginning of a picture is answered and never crashes`() throws {
        for base64 in [PictureFixtures.png, PictureFixtures.jpegWithPlace, PictureFixtures.gif, PictureFixtures.webp] {
            let whole = try picture(base64)
            for length in 0..<whole.count { _ = FileType.detect(Array(whole.prefix(length))) }
        }
    }
}

func picture(_ base64: String) throws -> [UInt8] { try [UInt8](#require(Data(base64Encoded: base64))) }
