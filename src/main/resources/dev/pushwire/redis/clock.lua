-- Part of every script about publications: the clock of their partition. It changes nothing.
--
-- KEYS[1] the clock, KEYS[2] the partition's index
-- ARGV[1] the server's incarnation
--
-- Each life of a server is an era of the clock, with a name of its own: the clock's epoch. Until begin.lua has begun it, no
-- script can say where anything stands.
local clock = redis.call('HMGET', KEYS[1], 'epoch', 'offset', 'incarnation', 'eras')
if clock[3] ~= ARGV[1] then
    return redis.error_reply('UNBEGUN the clock does not know this life of the server')
end
local era, eras = clock[1], clock[4] or ''

local function text(number)
    return string.format('%.0f', number)
end

-- In microseconds, and never before what the clock has shown
local function now()
    local time = redis.call('TIME')
    return math.max(time[1] * 1000000 + time[2], tonumber(clock[2]) + 1)
end
