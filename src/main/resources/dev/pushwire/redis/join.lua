#!lua
-- KEYS[1] the topic's members, KEYS[2] the nodes with members in the partition, KEYS[3] the members of this node in the
-- partition, KEYS[4] the topic's channel, KEYS[5] the channel for all patterns, KEYS[6] the channel for patterns with
-- the topic's first part
-- ARGV[1] the topic, ARGV[2] the connection, ARGV[3] the member, ARGV[4] the node, ARGV[5] the lease, in milliseconds
-- Gives whether the node had a lease; if not, other members of it may have been taken out.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local till = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[4]) or 0)
if till <= now then
    redis.call('ZADD', KEYS[2], now + ARGV[5], ARGV[4])
end
redis.call('SADD', KEYS[3], ARGV[1] .. ' ' .. ARGV[2])
if redis.call('HSET', KEYS[1], ARGV[2], ARGV[3]) == 1 then
    redis.call('SPUBLISH', KEYS[4], 'J ' .. ARGV[1] .. '\n' .. ARGV[3])
    redis.call('SPUBLISH', KEYS[5], 'J ' .. ARGV[1] .. '\n' .. ARGV[3])
    redis.call('SPUBLISH', KEYS[6], 'J ' .. ARGV[1] .. '\n' .. ARGV[3])
end
return { till > now and 1 or 0 }
