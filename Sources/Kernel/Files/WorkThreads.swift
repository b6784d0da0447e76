import Foundation

/// A few threads for work that blocks or computes for long, so that the shared async threads stay free. What comes when all
/// are busy waits in order.
final class WorkThreads: Sendable {
    private let queue: OperationQueue

    init(count: Int, name: String) {
        queue = OperationQueue()
        queue.maxConcurrentOperationCount = count
        queue.name = name
    }

    func run<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            queue.addOperation { continuation.resume(returning: work()) }
        }
    }
}
