/// The word in `words` that `typed` was most likely meant to be, or nil when none is near.
func nearestWord(to typed: String, in words: some Sequence<String>) -> String? {
    // A third of the letters may be wrong, and one always. Longer than any key is no typing error.
    guard typed.utf8.count <= 100 else { return nil }
    let limit = max(1, typed.count / 3)
    var best: (word: String, distance: Int)?
    for word in words {
        let distance = editDistance(typed.lowercased(), word.lowercased())
        if distance <= limit, distance < best?.distance ?? Int.max {
            best = (word, distance)
        }
    }
    return best?.word
}

/// "Did you mean 'x'?", or `otherwise` when no word is near.
func didYouMean(_ typed: String, in words: some Sequence<String>, otherwise: String) -> String {
    nearestWord(to: typed, in: words).map { "Did you mean '\($0)'?" } ?? otherwise
}

/// Insertions, deletions, replacements and swaps of neighbours that make one word of the other.
func editDistance(_ first: String, _ second: String) -> Int {
    let (left, right) = (Array(first), Array(second))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let same = left[row] == right[column]
            var cost = min(last[column] + (same ? 0 : 1), last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
