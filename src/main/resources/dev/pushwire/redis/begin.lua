#!lua flags=allow-oom
-- Begins an era of a partition's clock: this life of the server is not the one in which it was last written to, or there was
-- none. Where the clock stood then, the former era ended. There are as many clocks as partitions, so they may always be written.
--
-- KEYS[1] the clock, KEYS[2] the partition's index
-- ARGV[1] the server's incarnation, ARGV[2] the name of the era
local REMEMBERED = 3

local was = redis.call('HMGET', KEYS[1], 'epoch', 'offset', 'incarnation', 'eras')
if was[3] == ARGV[1] then
    return
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'incarnation', ARGV[1])
if not was[1] then
    redis.call('HSET', KEYS[1], 'offset', 0)
    redis.call('DEL', KEYS[2])
    return
end
-- Each with the window, as in topic.lua, in which it ended; the newest first.
local eras = { was[1] .. '@' .. math.floor(redis.call('TIME')[1] / (12 * 60 * 60)) }
for era in string.gmatch(was[4] or '', '%S+') do
    if #eras < REMEMBERED then
        eras[#eras + 1] = era
    end
end
redis.call('HSET', KEYS[1], 'former', was[1], 'fork', was[2], 'eras', table.concat(eras, ' '))
