#!lua flags=allow-oom
-- Publishes a question. Gives the nodes that live, or of them the one that it is for; if that does not live, nobody is asked.
--
-- KEYS[1] the nodes that live, KEYS[2] the channel of all nodes or of one
-- ARGV[1] the message, ARGV[2] the one node, or nothing for all
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local asked
if ARGV[2] == '' then
    asked = redis.call('ZRANGEBYSCORE', KEYS[1], string.format('(%.0f', now), '+inf')
else
    local till = redis.call('ZSCORE', KEYS[1], ARGV[2])
    if not till or tonumber(till) <= now then
        return {}
    end
    asked = { ARGV[2] }
end
redis.call('SPUBLISH', KEYS[2], ARGV[1])
return asked
