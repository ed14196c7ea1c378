#!lua flags=no-writes
-- KEYS[1] the notices' keys by time, KEYS[2] their texts
-- ARGV[1] the time to begin behind, ARGV[2] the limit
-- Gives time, key and text of each notice, the oldest first, in one list.
local entries = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
local notices = {}
for i = 1, #entries, 2 do
    local text = redis.call('HGET', KEYS[2], entries[i])
    if text then
        notices[#notices + 1] = string.format('%.0f', tonumber(entries[i + 1]))
        notices[#notices + 1] = entries[i]
        notices[#notices + 1] = text
    end
end
return notices
