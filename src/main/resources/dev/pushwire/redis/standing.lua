#!lua flags=no-writes
-- For a subscription to a topic of which the node knows nothing.
--
-- KEYS[5] the topic's members
-- Gives its position and its members.
return { epoch .. ':' .. text(offset), redis.call('HVALS', KEYS[5]) }
