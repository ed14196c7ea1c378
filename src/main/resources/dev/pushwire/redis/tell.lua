#!lua flags=allow-oom
-- Keeps a notice, and tells all nodes, in one step. Gives 1 and the nodes that live, or 0 when there is no room for it. Also when
-- there is no memory left: access is revoked when something is wrong, and no more is kept than ARGV[4] says.
--
-- KEYS[1] the notices' keys by time, KEYS[2] their texts, KEYS[3] the nodes that live, KEYS[4] the channel of all nodes
-- ARGV[1] the notice's key, ARGV[2] its text, ARGV[3] how long it is kept, in milliseconds,
-- ARGV[4] how many are kept at most, ARGV[5] who tells, and the number that the answers are to have
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then
    return { 0, {} }
end
-- Times are in microseconds and all different, also where the clock was put back: they say what is next.
local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
local at = string.format('%.0f', math.max(now, (tonumber(newest) or 0) + 1))
redis.call('ZADD', KEYS[1], at, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('SPUBLISH', KEYS[4], 'N ' .. ARGV[5] .. ' ' .. at .. ' ' .. #ARGV[1] .. '\n' .. ARGV[1] .. ARGV[2])
return { 1, redis.call('ZRANGEBYSCORE', KEYS[3], string.format('(%.0f', now), '+inf') }
