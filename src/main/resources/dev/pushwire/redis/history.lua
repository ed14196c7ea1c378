#!lua flags=no-writes
-- ARGV[4] the epoch to begin in, or nothing for the newest, ARGV[5] the offset to begin behind, ARGV[6] the limit, 1 at least,
-- ARGV[7] the history's time to live, in milliseconds
-- Gives the position, whether the beginning is known, and the entries that are not over: oldest first behind an offset, else
-- newest first. There is no gap between them, nor behind them unless the limit is reached. The stream may have gaps: a node
-- whose rules say that nothing is remembered of the topic counts the offset and appends nothing.
local position = epoch .. ':' .. text(offset)
local oldest = now() - ARGV[7] * 1000
local entries
if offset == 0 and ARGV[4] == '' then
    return { position, 1, {} }
end
if ARGV[4] == '' then
    entries = redis.call('XREVRANGE', KEYS[4], '+', '-', 'COUNT', ARGV[6])
else
    local since = tonumber(ARGV[5])
    if since > (reaches(ARGV[4]) or -1) then
        return { position, 0, {} }
    end
    if since == offset then
        return { position, 1, {} }
    end
    entries = redis.call('XRANGE', KEYS[4], text(since + 1) .. '-0', '+', 'COUNT', ARGV[6])
    local last = math.min(since + tonumber(ARGV[6]), offset)
    if #entries ~= last - since or entries[#entries][1] ~= text(last) .. '-0' or tonumber(entries[1][2][4]) <= oldest then
        return { position, 0, {} }
    end
end
local fresh = {}
for i, entry in ipairs(entries) do
    local offsetOf = string.sub(entry[1], 1, -3)
    if tonumber(entry[2][4]) <= oldest or (ARGV[4] == '' and offsetOf ~= text(offset - i + 1)) then
        break
    end
    fresh[i] = { offsetOf, entry[2][4], entry[2][2], entry[2][6] }
end
return { position, 1, fresh }
