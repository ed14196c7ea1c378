#!lua flags=allow-oom
-- A node has seen, or was given, more of a former epoch than is left of it: something that was acknowledged is lost. Sees to
-- it that this epoch does not continue that one, and has all nodes look. Not refused for want of memory, for a node that
-- cannot say what it knows cannot go on; it takes no more than the topics did that were lost.
--
-- KEYS[5] the topic's channel, KEYS[6] the channel for all patterns, KEYS[7] the channel for patterns with the topic's first
-- part
-- ARGV[4] how long the index is kept, ARGV[5] the epoch seen, ARGV[6] the offset seen, ARGV[7] another name for a new epoch
--
-- Gives whether that is so, and the epoch.
local seen = tonumber(ARGV[6])
local left = reaches(ARGV[5])
if seen == 0 or (left and left >= seen) then
    return { 0, epoch }
end
if left then
    epoch, same, former, isKept = ARGV[7], '', '', false
end
redis.call('HSET', KEYS[3], 'lost', keep(ARGV[4]))
redis.call('SPUBLISH', KEYS[5], 'L ' .. ARGV[2])
redis.call('SPUBLISH', KEYS[6], 'L ' .. ARGV[2])
redis.call('SPUBLISH', KEYS[7], 'L ' .. ARGV[2])
return { 1, epoch }
