#!lua
-- Appends, and tells the nodes that are subscribed, in one step.
--
-- KEYS[5] the topic's channel, KEYS[6] the channel for all patterns, KEYS[7] the channel for patterns with the topic's first
-- part, KEYS[8] what the idempotency key was used for, if there is one
-- ARGV[4] how long the index is kept, ARGV[5] what the payload is, ARGV[6] the payload, ARGV[7] size of the history,
-- ARGV[8] its time to live, ARGV[9] the idempotency window; all times in milliseconds
if KEYS[8] then
    local before = redis.call('GET', KEYS[8])
    if before then
        return { before, 1 }
    end
end
offset = offset + 1
local tick = keep(ARGV[4])
local position = epoch .. ':' .. text(offset)
if KEYS[8] then
    redis.call('SET', KEYS[8], position, 'PX', ARGV[9])
end
if ARGV[7] ~= '0' then
    redis.call('XADD', KEYS[4], 'MAXLEN', ARGV[7], text(offset) .. '-0', 'h', ARGV[5], 't', tick, 'p', ARGV[6])
    redis.call('PEXPIRE', KEYS[4], ARGV[8])
end
local message = table.concat({ 'P', ARGV[2], epoch, text(offset), tick, ARGV[5] }, ' ') .. '\n' .. ARGV[6]
redis.call('SPUBLISH', KEYS[5], message)
redis.call('SPUBLISH', KEYS[6], message)
redis.call('SPUBLISH', KEYS[7], message)
return { position, 0 }
