-- KEYS[1] the topic's members, KEYS[2] the leases of the partition, KEYS[3] the topic's channel, KEYS[4] the channel for all patterns,
-- KEYS[5] the channel for patterns with the topic's first part
-- ARGV[1] the command to publish with, ARGV[2] the topic, ARGV[3] the connection, ARGV[4] 'expired' if only a lease that is
-- over may end
if ARGV[4] == 'expired' then
    local time = redis.call('TIME')
    local till = redis.call('ZSCORE', KEYS[2], ARGV[2] .. ' ' .. ARGV[3])
    if till and tonumber(till) > time[1] * 1000 + math.floor(time[2] / 1000) then
        return
    end
end
redis.call('ZREM', KEYS[2], ARGV[2] .. ' ' .. ARGV[3])
local member = redis.call('HGET', KEYS[1], ARGV[3])
if member then
    redis.call('HDEL', KEYS[1], ARGV[3])
    redis.call(ARGV[1], KEYS[3], 'G ' .. ARGV[2] .. '\n' .. member)
    redis.call(ARGV[1], KEYS[4], 'G ' .. ARGV[2] .. '\n' .. member)
    redis.call(ARGV[1], KEYS[5], 'G ' .. ARGV[2] .. '\n' .. member)
end
