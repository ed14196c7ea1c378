#!lua flags=no-writes
-- For who is about to subscribe to a topic of which its node knows nothing.
--
-- KEYS[5] the topic's members
-- Gives where it stands, and who is there.
return { epoch .. ':' .. text(offset), redis.call('HVALS', KEYS[5]) }
