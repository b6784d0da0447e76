import NIOConcurrencyHelpers

/// One part of the cache with its own lock.
final class PageCacheShard: Sendable {
    enum Found {
        case page(Page)
        case rendering(Task<Page, any Error>)
    }

    private struct Entry {
        let page: Page
        let revision: Int64
        let footprintBytes: Int
        /// Set when it is asked for; such an entry gets a second chance before it goes.
        var isWanted = false
    }

    private struct Flight {
        let revision: Int64
        let task: Task<Page, any Error>
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var flights: [String: Flight] = [:]
        /// Keys in the order in which they will be looked at when room is needed.
        var queue: [String] = []
        var usedBytes = 0
    }

    private let limitBytes: Int
    private let state = NIOLockedValueBox(State())

    init(limitBytes: Int) {
        self.limitBytes = limitBytes
    }

    var contents: (pages: Int, bytes: Int) {
        state.withLockedValue { ($0.entries.count, $0.usedBytes) }
    }

    func find(_ key: String, revision: Int64, render: @escaping @Sendable () async throws -> Page) -> Found {
        state.withLockedValue { state in
            if let index = state.entries.index(forKey: key), state.entries.values[index].revision == revision {
                state.entries.values[index].isWanted = true
                return .page(state.entries.values[index].page)
            }
            if let flight = state.flights[key], flight.revision == revision {
                return .rendering(flight.task)
            }
            let task = Task {
                do {
                    let page = try await render()
                    self.land(key, revision: revision, page: page)
                    return page
                } catch {
                    self.land(key, revision: revision, page: nil)
                    throw error
                }
            }
            state.flights[key] = Flight(revision: revision, task: task)
            return .rendering(task)
        }
    }

    private func land(_ key: String, revision: Int64, page: Page?) {
        state.withLockedValue { state in
            if state.flights[key]?.revision == revision { state.flights[key] = nil }
            guard let page, page.footprintBytes + key.utf8.count <= limitBytes else { return }
            // A rendering that began later may have landed before this one.
            if let present = state.entries[key], present.revision > revision { return }
            let entry = Entry(page: page, revision: revision, footprintBytes: page.footprintBytes + key.utf8.count)
            if let replaced = state.entries.updateValue(entry, forKey: key) {
                state.usedBytes -= replaced.footprintBytes
            } else {
                state.queue.append(key)
            }
            state.usedBytes += entry.footprintBytes
            makeRoom(in: &state, revision: revision)
        }
    }

    private func makeRoom(in state: inout State, revision: Int64) {
        guard state.usedBytes > limitBytes else { return }
        var kept: [String] = []
        var remaining = state.queue[...]
        // Frees an eighth more than needed, so that not every page that lands goes through the queue.
        let target = limitBytes - limitBytes / 8
        while state.usedBytes > target, let key = remaining.popFirst() {
            guard let entry = state.entries[key] else { continue }
            if entry.isWanted, entry.revision == revision {
                state.entries[key]?.isWanted = false
                kept.append(key)
            } else {
                state.entries[key] = nil
                state.usedBytes -= entry.footprintBytes
            }
        }
        // All were wanted: now the chance is used up, and the oldest go.
        while state.usedBytes > target, let key = kept.first {
            kept.removeFirst()
            state.usedBytes -= state.entries.removeValue(forKey: key)?.footprintBytes ?? 0
        }
        state.queue = Array(remaining) + kept
    }
}
