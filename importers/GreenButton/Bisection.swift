extension RandomAccessCollection where Index == Int {
    /// The first index for which the predicate holds, by bisection; `count` for none.
    ///
    /// - Precondition: Once it holds, it holds for all later elements.
    func firstIndex(bisecting predicate: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
