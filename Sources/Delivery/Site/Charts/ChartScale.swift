/// The upright axis of a chart: from zero to a round number above the largest value, on whole pixels of height.
struct ChartScale: Sendable, Equatable {
    /// Pixels from the top of the picture to the largest round number.
    let top: Double
    /// Pixels from the top of the picture to the zero line.
    let base: Double
    /// The value at `top`; never zero, so that an empty chart has a scale too.
    let maximum: Double
    /// The values that have a line, zero first.
    let lines: [Int]

    init(largest: Int, top: Double, base: Double) {
        let step = ChartScale.step(for: largest)
        let count = max((max(largest, 1) + step - 1) / step, 1)
        self.top = top
        self.base = base
        maximum = Double(step * count)
        lines = (0...count).map { $0 * step }
    }

    func y(_ value: Double) -> Double { base - (base - top) * value / maximum }

    /// The smallest of 1, 2, 5, 10, 20, 50 … that needs at most five steps.
    private static func step(for largest: Int) -> Int {
        var power = 1
        while true {
            for factor in [1, 2, 5] where power * factor * 5 >= largest { return power * factor }
            power *= 10
        }
    }
}
