import Access
import HTML
import Hummingbird
import Jobs
import Languages

extension Site {
    static func addJobs(to rooms: RoomRoutes) {
        rooms.get("/console/jobs", .may(.readJobs)) { room in
            let found = try await room.ask(ListJobs())
            return room.page(RoomPage(title: say("Jobs"), place: .console(.jobs))) { h in
                h.p(.class("lede"), text: say("Work that is done again and again, by one process at a time."))
                jobRows(h, found.jobs, room)
                jobRuns(h, found)
            }
        }
        rooms.post("/console/jobs/:name/run", .may(.runJob)) { room in
            let name = try room.parameter("name")
            try await room.run(RunJobNow(name))
            return room.redirect(to: ConsolePlace.jobs.address, notice: say("\(name) runs within a moment."))
        }
    }
}

private func jobRows(_ h: HTMLWriter, _ jobs: [JobStatus], _ room: Room) {
    guard !jobs.isEmpty else {
        h.div(.class("empty")) {
            h.h2(say("No job is known yet"))
            h.p(say("They appear once a process with jobs has started."))
        }
        return
    }
    h.ul(.class("rows dated")) {
        for job in jobs {
            h.li(.data("row")) {
                h.div {
                    h.b(job.title)
                    h.span(.class("also"), text: say("\(job.name), every \(interval(job.everySeconds))"))
                }
                h.div(.class("who")) { outcome(h, job.lastRun) }
                h.div(.class("age")) {
                    if job.holder != nil {
                        h.text(say("running"))
                    } else if job.requestedAt != nil {
                        h.text(say("asked for"))
                    } else {
                        h.text(say("next "))
                        h.instant(job.nextAt)
                    }
                }
                h.div(.class("next")) {
                    if room.may(.runJob) {
                        room.form(h, "/console/jobs/\(job.name)/run", .class("plain")) {
                            h.button(.class("link-button"), .type(.submit)) {
                                h.text(say("Run now"))
                                h.span(.class("hidden-text"), text: ": \(job.title)")
                            }
                        }
                    }
                }
            }
        }
    }
}

private func jobRuns(_ h: HTMLWriter, _ found: ListJobs.Answer) {
    guard !found.runs.isEmpty else { return }
    let titles = Dictionary(found.jobs.map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
    h.h2(say("Latest runs"))
    h.ul(.class("rows dated")) {
        for run in found.runs {
            h.li {
                h.div {
                    h.text(titles[run.job] ?? run.job)
                    if !run.words.isEmpty { h.span(.class("also"), text: run.words) }
                }
                h.div(.class("who")) { outcome(h, run) }
                h.div(.class("age")) { h.instant(run.beganAt) }
                h.div(.class("next quiet"), text: String(run.holder.suffix(6)))
            }
        }
    }
    h.p(.class("note"), text: say("The last column names the process that did the run."))
}

private func outcome(_ h: HTMLWriter, _ run: JobRun?) {
    guard let run else { return h.span(.class("quiet"), text: say("never ran")) }
    switch run.outcome {
    case .done: h.span(.class("same"), text: say("done"))
    case .running: h.text(say("running"))
    case .failed, .brokenOff: h.span(.class("off"), text: run.outcome.rawValue)
    }
}

/// `90` as "90 seconds", `3600` as "hour".
private func interval(_ seconds: Int) -> String {
    for (length, word) in [(86_400, "day"), (3600, "hour"), (60, "minute")] where seconds.isMultiple(of: length) {
        let count = seconds / length
        return count == 1 ? word : "\(count) \(word)s"
    }
    return seconds == 1 ? "second" : "\(seconds) seconds"
}
