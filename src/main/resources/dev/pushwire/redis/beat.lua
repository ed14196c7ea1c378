#!lua flags=allow-oom
-- A node renews its lease in a partition, on behalf of all its members there. Also when there is no memory left: nobody is gone
-- because Redis is full.
--
-- KEYS[1] the nodes with members in the partition, each with the time until which its lease lasts
-- ARGV[1] the node, ARGV[2] the lease, in milliseconds; nothing if it has no members here
-- Gives whether it had a lease, and the nodes whose leases are over.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local till = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
if ARGV[2] ~= '' then
    redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
end
return { till > now and 1 or 0, redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now)) }
