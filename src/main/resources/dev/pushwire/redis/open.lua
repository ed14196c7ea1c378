-- Part of every script that reads or writes publications. Makes a state what it has to be on this server: one that nobody
-- knows begins a new epoch; so does one that was last written to on another server, or before a restart of this one. Its
-- offsets then go on, and it remembers where the former epoch ended: who was no further has lost nothing.
--
-- ARGV[1] the server's incarnation, ARGV[2] the name of a new epoch, ARGV[3] how long a topic's state is kept, in milliseconds
local function begin(state, contents)
    local was = redis.call('HMGET', state, 'epoch', 'offset', 'incarnation')
    local epoch, offset = was[1], was[2]
    if not epoch then
        epoch, offset = ARGV[2], '0'
        redis.call('DEL', contents)
        redis.call('HSET', state, 'epoch', epoch, 'offset', offset, 'incarnation', ARGV[1])
    elseif was[3] ~= ARGV[1] then
        redis.call('HSET', state, 'epoch', ARGV[2], 'incarnation', ARGV[1], 'former', epoch, 'fork', offset)
        epoch = ARGV[2]
    end
    return epoch, tonumber(offset)
end

-- Of a topic: KEYS[1] its state, KEYS[2] its history
local function open()
    local epoch, offset = begin(KEYS[1], KEYS[2])
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    return epoch, offset
end

local function text(number)
    return string.format('%.0f', number)
end

-- In microseconds
local function now()
    local time = redis.call('TIME')
    return time[1] * 1000000 + time[2]
end

-- The next tick of a partition's clock, which is the last thing that happened to the topic from now on. It is the time, but
-- never the same twice within a partition: so it orders the publications of all its topics.
local function tick(clock, index, topic, life)
    local _, last = begin(clock, index)
    local next = text(math.max(now(), last + 1))
    redis.call('HSET', clock, 'offset', next)
    if redis.call('ZADD', index, next, topic) == 1 then
        redis.call('ZREMRANGEBYSCORE', index, '-inf', text(next - life * 1000))
    end
    redis.call('PEXPIRE', index, life)
    return next
end
