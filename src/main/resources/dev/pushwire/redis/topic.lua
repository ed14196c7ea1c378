-- Part of every script about one topic, behind clock.lua: where the topic stands. It changes nothing before keep().
--
-- KEYS[3] the topic's state, KEYS[4] its history
-- ARGV[2] the topic, ARGV[3] how long its state is kept behind the last publication, in milliseconds: a day or longer
--
-- Only a publication makes a state. Before the first one a topic stands at offset 0 of an epoch whose name follows from the
-- era and from the time, in windows of half a day: reading leaves nothing behind, and the first publication continues what
-- readers were told, in this window and in the one before. A state outlives both, so no offset of an epoch is given twice. A
-- state that is gone before its time, as when Redis evicts keys, is still in the index: then the last tick of the topic is part
-- of the name.
--
-- A topic that was last written to in another era goes on with its offsets, in an epoch that is called as this era.
local WINDOW = 12 * 60 * 60 * 1000000

local function called(name, window, mark)
    return name .. 'W' .. window .. mark
end

-- epoch and offset: where the topic stands; same: another name of this epoch; former: names of epochs that lead on to this one,
-- for a client that has seen no more of them than the offset fork.
local epoch, offset, same, former, fork

local function openUnpublished()
    local window = math.floor(now() / WINDOW)
    local last = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[2]) or 0)
    local mark = last >= (window - 1) * WINDOW and string.format('T%x', last) or ''
    local names = {}
    for name, ended in string.gmatch(eras, '(%w+)@(%d+)') do
        for each = window - 1, math.min(window, tonumber(ended)) do
            names[#names + 1] = called(name, each, mark)
        end
    end
    epoch, offset, same = called(era, window, mark), 0, called(era, window - 1, mark)
    former, fork = table.concat(names, ' '), 0
end

local function openOfFormerEra(was)
    local names = { was.epoch, was.same }
    for name in string.gmatch(eras, '(%w+)@') do
        if name == was.era then
            break
        end
        names[#names + 1] = name -- in that era the topic stood still
    end
    epoch, offset, same = era, was.offset, ''
    former, fork = table.concat(names, ' '), was.offset
end

local kept = redis.call('HMGET', KEYS[3], 'epoch', 'offset', 'era', 'same', 'former', 'fork')
local isKept = kept[3] == era
if isKept then
    epoch, offset, same, former, fork = kept[1], tonumber(kept[2]), kept[4], kept[5], tonumber(kept[6])
elseif kept[1] then
    openOfFormerEra({ epoch = kept[1], offset = tonumber(kept[2]), era = kept[3], same = kept[4] or '' })
else
    openUnpublished()
end

-- Up to which offset a position of an epoch stands for the same here; nothing if none does
local function reaches(other)
    if other == epoch or other == same then
        return offset
    end
    return string.find(' ' .. former .. ' ', ' ' .. other .. ' ', 1, true) and fork
end

-- Writes where the topic stands now. Behind every offset that is new, the clock goes on: from then on the topic is the last in
-- the index, which is kept so long. Gives the tick.
local function keep(life)
    if not isKept then
        redis.call('HSET', KEYS[3], 'epoch', epoch, 'era', era, 'same', same, 'former', former,
            'fork', text(fork))
        if not kept[1] then
            redis.call('DEL', KEYS[4])
        end
    end
    redis.call('HSET', KEYS[3], 'offset', text(offset))
    redis.call('PEXPIRE', KEYS[3], ARGV[3])
    local tick = text(now())
    redis.call('HSET', KEYS[1], 'offset', tick)
    if redis.call('ZADD', KEYS[2], tick, ARGV[2]) == 1 then
        redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', text(tick - life * 1000))
    end
    redis.call('PEXPIRE', KEYS[2], life)
    return tick
end
