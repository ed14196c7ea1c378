-- A node has seen, or was given, more of a former epoch than is left of it: something that was acknowledged is lost. Sees to
-- it that this epoch does not continue that one, and has all nodes look.
--
-- KEYS[3] the topic's channel, KEYS[4] the channel for all patterns, KEYS[5] the partition's clock, KEYS[6] its index,
-- KEYS[7] the channel for patterns with the topic's first part
-- ARGV[4] the command to publish with, ARGV[5] the topic, ARGV[6] the epoch seen, ARGV[7] the offset seen,
-- ARGV[8] another name for a new epoch, ARGV[9] how long the index is kept
--
-- Gives whether that is so, and the epoch.
local epoch = open()
if epoch == ARGV[6] then
    return { 0, epoch }
end
local former = redis.call('HMGET', KEYS[1], 'former', 'fork')
if former[1] == ARGV[6] then
    if tonumber(former[2]) >= tonumber(ARGV[7]) then
        return { 0, epoch }
    end
    epoch = ARGV[8]
    redis.call('HSET', KEYS[1], 'epoch', epoch)
    redis.call('HDEL', KEYS[1], 'former', 'fork')
end
redis.call('HSET', KEYS[1], 'lost', tick(KEYS[5], KEYS[6], ARGV[5], ARGV[9]))
redis.call(ARGV[4], KEYS[3], 'L ' .. ARGV[5])
redis.call(ARGV[4], KEYS[4], 'L ' .. ARGV[5])
redis.call(ARGV[4], KEYS[7], 'L ' .. ARGV[5])
return { 1, epoch }
