#!lua flags=allow-oom
-- KEYS[1] the topic's members, KEYS[2] the nodes with members in the partition, KEYS[3] the members of the member's node in
-- the partition, KEYS[4] the topic's channel, KEYS[5] the channel for all patterns, KEYS[6] the channel for patterns with
-- the topic's first part
-- ARGV[1] the topic, ARGV[2] the connection, ARGV[3] the node, if it is to be done only when its lease is over
-- Gives 1, as join.lua does when there is nothing more to do.
if ARGV[3] ~= '' then
    local time = redis.call('TIME')
    local till = redis.call('ZSCORE', KEYS[2], ARGV[3])
    if till and tonumber(till) > time[1] * 1000 + math.floor(time[2] / 1000) then
        return { 1 }
    end
end
redis.call('SREM', KEYS[3], ARGV[1] .. ' ' .. ARGV[2])
local member = redis.call('HGET', KEYS[1], ARGV[2])
if member then
    redis.call('HDEL', KEYS[1], ARGV[2])
    redis.call('SPUBLISH', KEYS[4], 'G ' .. ARGV[1] .. '\n' .. member)
    redis.call('SPUBLISH', KEYS[5], 'G ' .. ARGV[1] .. '\n' .. member)
    redis.call('SPUBLISH', KEYS[6], 'G ' .. ARGV[1] .. '\n' .. member)
end
return { 1 }
