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
                    h.span(.class("also")) {
                        h.code(job.name)
                        h.text(", ")
                        h.text(interval(job.everySeconds))
                    }
                }
                h.div(.class("who")) { outcome(h, job.lastRun) }
                h.div(.class("age")) {
                    if job.holder != nil {
                        h.text(say("running", context: "a job"))
                    } else if job.requestedAt != nil {
                        h.text(say("asked for", context: "a job"))
                    } else {
                        h.sentence(say("next \(part: 0)", context: "a job"), { h.instant(job.nextAt) })
                    }
                }
                h.div(.class("next")) {
                    if room.may(.runJob) {
                        room.form(h, "/console/jobs/\(job.name)/run", .class("plain")) {
                            h.button(
                                .class("link-button"),
                                .type(.submit),
                                .aria(.label, say("Run now: \(job.title)")),
                                text: say("Run now")
                            )
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
                    h.text(titles[run.job] ?? .verbatim(run.job))
                    if run.words != .empty { h.span(.class("also"), text: run.words) }
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
    guard let run else { return h.span(.class("quiet"), text: say("never ran", context: "a job")) }
    switch run.outcome {
    case .done: h.span(.class("same"), text: say("done", context: "a job"))
    case .running: h.text(say("running", context: "a job"))
    case .failed: h.span(.class("off"), text: say("failed", context: "a job"))
    case .brokenOff: h.span(.class("off"), text: say("broken off", context: "a job"))
    }
}

/// `90` as "every 90 seconds", `3600` as "every hour".
private func interval(_ seconds: Int) -> Phrase {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600, seconds / 60)
    if seconds == days * 86_400 { return say(days, one: "every day", other: "every \(days) days") }
    if seconds == hours * 3600 { return say(hours, one: "every hour", other: "every \(hours) hours") }
    if seconds == minutes * 60 { return say(minutes, one: "every minute", other: "every \(minutes) minutes") }
    return say(seconds, one: "every second", other: "every \(seconds) seconds")
}
