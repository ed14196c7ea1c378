-- KEYS[1] the topic's members, KEYS[2] the leases of the partition, KEYS[3] the topic's channel, KEYS[4] the channel for all patterns,
-- KEYS[5] the channel for patterns with the topic's first part
-- ARGV[1] the command to publish with, ARGV[2] the topic, ARGV[3] the connection, ARGV[4] the member, ARGV[5] the lease, in
-- milliseconds
local time = redis.call('TIME')
redis.call('ZADD', KEYS[2], time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[5], ARGV[2] .. ' ' .. ARGV[3])
if redis.call('HSET', KEYS[1], ARGV[3], ARGV[4]) == 1 then
    redis.call(ARGV[1], KEYS[3], 'J ' .. ARGV[2] .. '\n' .. ARGV[4])
    redis.call(ARGV[1], KEYS[4], 'J ' .. ARGV[2] .. '\n' .. ARGV[4])
    redis.call(ARGV[1], KEYS[5], 'J ' .. ARGV[2] .. '\n' .. ARGV[4])
end
