#!lua flags=allow-oom
-- A node says that it lives. Forgets the nodes that have not said so for long, and the notices that are out of date, a thousand at
-- most. Gives the time of the newest notice, and how many there are.
--
-- KEYS[1] the notices' keys by time, KEYS[2] their texts, KEYS[3] the nodes that live
-- ARGV[1] the node, ARGV[2] for how long this holds, in milliseconds; 0 if it is about to end, ARGV[3] how long notices are kept,
-- in milliseconds
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZADD', KEYS[3], string.format('%.0f', now + ARGV[2] * 1000), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', string.format('%.0f', now))
local oldest = string.format('%.0f', now - ARGV[3] * 1000)
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', oldest, 'LIMIT', 0, 1000)) do
    redis.call('ZREM', KEYS[1], key)
    redis.call('HDEL', KEYS[2], key)
end
local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
return { string.format('%.0f', tonumber(newest) or 0), tostring(redis.call('ZCARD', KEYS[1])) }
