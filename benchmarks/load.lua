-- What wrk sends and counts. Its arguments: the method, the file of headers ("Name: value" on a
-- line) and the file of bodies (one on a line). Each thread takes every n-th body, from the start
-- again at the end. When all is over, one line says what came of it, as JSON.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("first", #threads)
end

function init(arguments)
  wrk.method = arguments[1]
  for line in io.lines(arguments[2]) do
    local name, value = line:match("^([^:]+): (.*)$")
    wrk.headers[name] = value
  end
  stride = tonumber(arguments[4])
  bodies, statuses, sent = {}, {}, 0
  local number = 0
  for line in io.lines(arguments[3]) do
    number = number + 1
    if (number - first) % stride == 0 then
      table.insert(bodies, line)
    end
  end
  same = #bodies < 2 and wrk.format(nil, nil, nil, bodies[1])
end

function request()
  sent = sent + 1
  if same then
    return same
  end
  return wrk.format(nil, nil, nil, bodies[(sent - 1) % #bodies + 1])
end

function response(status)
  statuses[status] = (statuses[status] or 0) + 1
end

function done(summary, latency)
  local counts, sent = {}, 0
  for _, thread in ipairs(threads) do
    sent = math.max(sent, thread:get("sent"))
    for status, count in pairs(thread:get("statuses")) do
      counts[status] = (counts[status] or 0) + count
    end
  end
  local listed = {}
  for status, count in pairs(counts) do
    table.insert(listed, string.format('"%d": %d', status, count))
  end
  local errors = summary.errors
  io.write(string.format(
    '\n{"seconds": %.6f, "p50": %d, "p99": %d, "worst": %d, "broken": %d, "late": %d, '
      .. '"sent": %d, "statuses": {%s}}\n',
    summary.duration / 1e6, latency:percentile(50), latency:percentile(99), latency.max,
    errors.connect + errors.read + errors.write, errors.timeout,
    sent * #threads, table.concat(listed, ", ")
  ))
end
