-- Asks for the paths of BENCH_PATHS in turn, with the headers of BENCH_HEADERS; the requests are made beforehand.
local requests, at = {}, 0

function init()
  for line in os.getenv("BENCH_HEADERS"):gmatch("[^\n]+") do
    local name, value = line:match("^(.-): (.*)$")
    wrk.headers[name] = value
  end
  for path in os.getenv("BENCH_PATHS"):gmatch("[^\n]+") do
    requests[#requests + 1] = wrk.format("GET", path)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary)
  local e = summary.errors
  io.write(string.format('RESULT {"requests": %d, "bytes": %d, "microseconds": %d, "errors": %d}\n', summary.requests, summary.bytes,
    summary.duration, e.connect + e.read + e.write + e.status + e.timeout))
end
