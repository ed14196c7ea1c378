-- Keeps a notice, and tells all nodes, in one step. Gives 1 and the nodes that live, or 0 when there is no room for it.
--
-- KEYS[1] the notices' keys by time, KEYS[2] their texts, KEYS[3] the nodes that live, KEYS[4] the channel of all nodes
-- ARGV[1] the command to publish with, ARGV[2] the notice's key, ARGV[3] its text, ARGV[4] how long it is kept, in
-- milliseconds, ARGV[5] how many are kept at most, ARGV[6] who tells, and the number that the answers are to have
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if not redis.call('ZSCORE', KEYS[1], ARGV[2]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[5]) then
    return { 0, {} }
end
-- Times are in microseconds and all different, also where the clock was put back: they say what is next.
local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
local at = string.format('%.0f', math.max(now, (tonumber(newest) or 0) + 1))
redis.call('ZADD', KEYS[1], at, ARGV[2])
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call(ARGV[1], KEYS[4], 'N ' .. ARGV[6] .. ' ' .. at .. ' ' .. #ARGV[2] .. '\n' .. ARGV[2] .. ARGV[3])
return { 1, redis.call('ZRANGEBYSCORE', KEYS[3], string.format('(%.0f', now), '+inf') }
