import Languages

/// A whole number in groups of three, as English has it: `1,234,567`.
func grouped(_ number: Int) -> String { Language.source.written(number) }
