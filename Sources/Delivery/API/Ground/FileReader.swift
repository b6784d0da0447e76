import Dispatch

/// Reads files that were sent, one after the other and apart from the threads that answer requests.
enum FileReader {
    private static let queue = DispatchQueue(label: "hansa.api.files")

    static func read<Value: Sendable, Failure: Error>(
        _ make: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let read = await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, Failure>, Never>) in
            queue.async {
                continuation.resume(returning: Result<Value, Failure> { () throws(Failure) in try make() })
            }
        }
        return try read.get()
    }
}
