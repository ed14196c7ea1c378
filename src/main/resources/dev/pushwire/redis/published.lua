-- The topics of a partition that were published to behind a tick of its clock.
--
-- KEYS[1] the partition's clock, KEYS[2] its index
-- ARGV[4] the clock's epoch, or nothing to ask only where it stands, ARGV[5] the tick, ARGV[6] the limit
-- Gives where the clock stands, whether what was before that tick is known, the tick that this begins behind, and topics with
-- the ticks of their last publications, in order of these.
local epoch, tick = begin(KEYS[1], KEYS[2])
local position = epoch .. ':' .. text(tick)
if ARGV[4] == '' then
    return { position, 1, text(tick), {} }
end
local since, known = ARGV[5], 1
if ARGV[4] ~= epoch then
    local former = redis.call('HMGET', KEYS[1], 'former', 'fork')
    if former[1] ~= ARGV[4] then
        since, known = '0', 0
    elseif tonumber(former[2]) < tonumber(since) then
        since = former[2]
    end
end
return {
    position, known, since,
    redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. since, '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[6])
}
