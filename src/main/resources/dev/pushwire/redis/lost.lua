-- A node has seen, or was given, more of a former epoch than is left of it: something that was acknowledged is lost. Sees to
-- it that this epoch does not continue that one, and has all nodes look.
--
-- KEYS[3] the topic's channel, KEYS[4] the channel for patterns
-- ARGV[4] the command to publish with, ARGV[5] the topic, ARGV[6] the epoch seen, ARGV[7] the offset seen,
-- ARGV[8] another name for a new epoch
if open() == ARGV[6] then
    return 0
end
local former = redis.call('HMGET', KEYS[1], 'former', 'fork')
if former[1] == ARGV[6] then
    if tonumber(former[2]) >= tonumber(ARGV[7]) then
        return 0
    end
    redis.call('HSET', KEYS[1], 'epoch', ARGV[8])
    redis.call('HDEL', KEYS[1], 'former', 'fork')
end
redis.call(ARGV[4], KEYS[3], 'L ' .. ARGV[5])
redis.call(ARGV[4], KEYS[4], 'L ' .. ARGV[5])
return 1
