#!lua flags=no-writes
-- The topics of a partition that were published to behind a tick of its clock.
--
-- ARGV[2] the clock's epoch, or nothing to ask only where it stands, ARGV[3] the tick, ARGV[4] the limit
-- Gives where the clock stands, whether what was before that tick is known, the tick that this begins behind, and topics with
-- the ticks of their last publications, in order of these.
local position = era .. ':' .. clock[2]
if ARGV[2] == '' then
    return { position, 1, clock[2], {} }
end
local since, known = ARGV[3], 1
if ARGV[2] ~= era then
    local former = redis.call('HMGET', KEYS[1], 'former', 'fork')
    if former[1] ~= ARGV[2] then
        since, known = '0', 0
    elseif tonumber(former[2]) < tonumber(since) then
        since = former[2]
    end
end
return {
    position, known, since,
    redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. since, '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[4])
}
