// The elements of SVG, inside `h.svg(.viewBox(0, 0, 100, 50)) { … }`. Two have names that HTML has too.
extension HTMLWriter {
    @inlinable public var svg: Element { Element(self, "<svg", "</svg>") }
    @inlinable public var g: Element { Element(self, "<g", "</g>") }
    @inlinable public var path: Element { Element(self, "<path", "</path>") }
    @inlinable public var circle: Element { Element(self, "<circle", "</circle>") }
    @inlinable public var ellipse: Element { Element(self, "<ellipse", "</ellipse>") }
    @inlinable public var rect: Element { Element(self, "<rect", "</rect>") }
    @inlinable public var line: Element { Element(self, "<line", "</line>") }
    @inlinable public var polyline: Element { Element(self, "<polyline", "</polyline>") }
    @inlinable public var polygon: Element { Element(self, "<polygon", "</polygon>") }
    @inlinable public var tspan: Element { Element(self, "<tspan", "</tspan>") }
    @inlinable public var desc: Element { Element(self, "<desc", "</desc>") }
    @inlinable public var use: Element { Element(self, "<use", "</use>") }
    @inlinable public var defs: Element { Element(self, "<defs", "</defs>") }
    @inlinable public var symbol: Element { Element(self, "<symbol", "</symbol>") }
    @inlinable public var clipPath: Element { Element(self, "<clipPath", "</clipPath>") }
    /// `<text>` in a picture.
    @inlinable public var svgText: Element { Element(self, "<text", "</text>") }
    /// `<title>` in a picture: the name that screen readers and tooltips give.
    @inlinable public var svgTitle: Element { Element(self, "<title", "</title>") }
}
