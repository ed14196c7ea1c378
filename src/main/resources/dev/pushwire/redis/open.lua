-- Part of every other script. Makes the topic what it has to be on this server: a topic that nobody knows begins a new
-- epoch; so does one that was last written to on another server, or before a restart of this one. Its offsets then go on,
-- and it remembers where the former epoch ended: who was no further has lost nothing.
--
-- KEYS[1] the topic's state, KEYS[2] its history
-- ARGV[1] the server's incarnation, ARGV[2] the name of a new epoch, ARGV[3] how long the state is kept, in milliseconds
local function open()
    local was = redis.call('HMGET', KEYS[1], 'epoch', 'offset', 'incarnation')
    local epoch, offset = was[1], was[2]
    if not epoch then
        epoch, offset = ARGV[2], '0'
        redis.call('DEL', KEYS[2])
        redis.call('HSET', KEYS[1], 'epoch', epoch, 'offset', offset, 'incarnation', ARGV[1])
    elseif was[3] ~= ARGV[1] then
        redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'incarnation', ARGV[1], 'former', epoch, 'fork', offset)
        epoch = ARGV[2]
    end
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return epoch, tonumber(offset)
end

local function text(number)
    return string.format('%.0f', number)
end

local function now()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
end
