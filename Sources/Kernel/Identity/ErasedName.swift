public import Languages

extension Phrase {
    /// A person's name; of one whose data was erased, what stands in its place.
    public static func person(_ name: String) -> Phrase {
        name == Person.erasedName ? say("Erased person") : .verbatim(name)
    }
}
