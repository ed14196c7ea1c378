#!lua flags=no-writes
-- Where a topic stood at a tick of its partition's clock; before its first publication if its history does not say. Nothing if
-- publications have been lost since then.
--
-- ARGV[4] the tick
local at = tonumber(ARGV[4])
if tonumber(redis.call('HGET', KEYS[3], 'lost') or 0) > at then
    return {}
end

-- Whether the entry with this offset, or the next there is, was published by then
local function published(id)
    local entries = redis.call('XRANGE', KEYS[4], id, '+', 'COUNT', 1)
    return #entries == 1 and tonumber(entries[1][2][4]) <= at, entries[1]
end

local any, first = published('-')
if not any then
    return { epoch .. ':0' }
end
local low, high = tonumber(string.sub(first[1], 1, -3)), offset
while low < high do
    local middle = math.ceil((low + high) / 2)
    if published(text(middle)) then
        low = middle
    else
        high = middle - 1
    end
end
return { epoch .. ':' .. text(low) }
