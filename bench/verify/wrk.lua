-- Asks about each token in turn, beginning with number FROM; SECRETS names the file, the gateway's own secret first. The requests are put together
-- before the first is sent.
local requests = {}
local at = tonumber(os.getenv('FROM') or '0')

function init()
  local gateway
  for secret in io.lines(os.getenv('SECRETS')) do
    if gateway == nil then
      gateway = secret
    else
      requests[#requests + 1] = wrk.format('POST', '/api/v1/verify', {
        ['Host'] = wrk.headers['Host'],
        ['Authorization'] = 'Bearer ' .. gateway,
        ['Content-Type'] = 'application/json',
        ['User-Agent'] = 'bench/1',
      }, '{"token":"' .. secret .. '"}')
    end
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('\n{"requests":%d,"seconds":%f,"failed":%d,"p50Ms":%f,"p99Ms":%f}\n',
    summary.requests, summary.duration / 1e6, failed, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
