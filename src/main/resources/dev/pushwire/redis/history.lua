-- ARGV[4] the epoch to begin in, or nothing for the newest, ARGV[5] the offset to begin behind, ARGV[6] the limit,
-- ARGV[7] the history's time to live, in milliseconds
-- Gives the position, whether the beginning is known, and the entries that are not over: oldest first behind an offset, else
-- newest first.
local epoch, offset = open()
local position = epoch .. ':' .. text(offset)
local oldest = now() - ARGV[7] * 1000
local entries
if ARGV[4] == '' then
    entries = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', ARGV[6])
else
    local since = tonumber(ARGV[5])
    if ARGV[4] ~= epoch then
        local former = redis.call('HMGET', KEYS[1], 'former', 'fork')
        if former[1] ~= ARGV[4] or since > tonumber(former[2]) then
            return { position, 0, {} }
        end
    end
    if since > offset then
        return { position, 0, {} }
    end
    if since == offset then
        return { position, 1, {} }
    end
    entries = redis.call('XRANGE', KEYS[2], text(since + 1) .. '-0', '+', 'COUNT', ARGV[6])
    if #entries == 0 or entries[1][1] ~= text(since + 1) .. '-0' or tonumber(entries[1][2][4]) <= oldest then
        return { position, 0, {} }
    end
end
local kept = {}
for _, entry in ipairs(entries) do
    if tonumber(entry[2][4]) > oldest then
        local offsetOf = string.sub(entry[1], 1, -3)
        kept[#kept + 1] = { offsetOf, entry[2][4], entry[2][2], entry[2][6] }
    end
end
return { position, 1, kept }
