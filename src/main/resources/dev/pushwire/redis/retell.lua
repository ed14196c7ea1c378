#!lua flags=allow-oom
-- A node knows a notice that is not here: it was lost. Keeps it again, unless it is out of date or a newer one is there.
--
-- KEYS[1] the notices' keys by time, KEYS[2] their texts, KEYS[3] the channel of all nodes
-- ARGV[1] the notice's key, ARGV[2] its text, ARGV[3] how long it is kept, in milliseconds,
-- ARGV[4] its time, ARGV[5] for nobody to answer
local time = redis.call('TIME')
local at = tonumber(ARGV[4])
local present = redis.call('ZSCORE', KEYS[1], ARGV[1])
if at <= time[1] * 1000000 + time[2] - ARGV[3] * 1000 or (present and tonumber(present) >= at) then
    return
end
while redis.call('ZCOUNT', KEYS[1], string.format('%.0f', at), string.format('%.0f', at)) > 0 do
    at = at + 1
end
at = string.format('%.0f', at)
redis.call('ZADD', KEYS[1], at, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('SPUBLISH', KEYS[3], 'N ' .. ARGV[5] .. ' ' .. at .. ' ' .. #ARGV[1] .. '\n' .. ARGV[1] .. ARGV[2])
