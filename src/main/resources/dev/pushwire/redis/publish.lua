-- Appends, and tells the nodes that are subscribed, in one step.
--
-- KEYS[3] the topic's channel, KEYS[4] the channel for all patterns, KEYS[5] the partition's clock, KEYS[6] its index,
-- KEYS[7] the channel for patterns with the topic's first part, KEYS[8] what the idempotency key was used for, if there is one
-- ARGV[4] the command to publish with, ARGV[5] the topic, ARGV[6] what the payload is, ARGV[7] the payload,
-- ARGV[8] size of the history, ARGV[9] its time to live, ARGV[10] the idempotency window,
-- ARGV[11] how long the index is kept; all times in milliseconds
local epoch, offset = open()
if KEYS[8] then
    local before = redis.call('GET', KEYS[8])
    if before then
        return { before, 1 }
    end
end
offset = text(offset + 1)
local time = tick(KEYS[5], KEYS[6], ARGV[5], ARGV[11])
redis.call('HSET', KEYS[1], 'offset', offset)
if KEYS[8] then
    redis.call('SET', KEYS[8], epoch .. ':' .. offset, 'PX', ARGV[10])
end
if ARGV[8] ~= '0' then
    redis.call('XADD', KEYS[2], 'MAXLEN', ARGV[8], offset .. '-0', 'h', ARGV[6], 't', time, 'p', ARGV[7])
    redis.call('PEXPIRE', KEYS[2], ARGV[9])
end
local message = table.concat({ 'P', ARGV[5], epoch, offset, time, ARGV[6] }, ' ') .. '\n' .. ARGV[7]
redis.call(ARGV[4], KEYS[3], message)
redis.call(ARGV[4], KEYS[4], message)
redis.call(ARGV[4], KEYS[7], message)
return { epoch .. ':' .. offset, 0 }
