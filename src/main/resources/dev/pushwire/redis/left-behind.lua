#!lua flags=allow-oom
-- Members that a node has left behind in a partition when its lease was over, so many at most; when there are none, the node is
-- forgotten.
--
-- KEYS[1] the nodes with members in the partition, KEYS[2] the members of this node
-- ARGV[1] the node, ARGV[2] the limit
-- Gives topic and connection of each, as one text.
local time = redis.call('TIME')
local till = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not till or tonumber(till) > time[1] * 1000 + math.floor(time[2] / 1000) then
    return {}
end
local members = redis.call('SRANDMEMBER', KEYS[2], ARGV[2])
if #members == 0 then
    redis.call('ZREM', KEYS[1], ARGV[1])
end
return members
