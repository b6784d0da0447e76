-- For wrk: asks for the paths of a file in turn, and prints what it measured as one line of JSON.
-- wrk … -s rotate.lua URL -- FILE

local paths = {}
local at = 0

function init(arguments)
    for line in io.lines(arguments[1]) do
        paths[#paths + 1] = line
    end
end

function request()
    at = at % #paths + 1
    return wrk.format("GET", paths[at])
end

function done(summary, latency)
    io.write(string.format(
        'MEASURED {"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "bytes": %d, "bad": %d, "broken": %d}\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), summary.bytes,
        summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
