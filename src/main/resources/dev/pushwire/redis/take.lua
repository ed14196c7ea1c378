#!lua flags=allow-oom
-- Gives what a node has left behind, once. It gives memory back.
--
-- KEYS[1] where
local left = redis.call('GET', KEYS[1])
if not left then
    return {}
end
redis.call('DEL', KEYS[1])
return { left }
