#!lua
-- Keeps something that a node leaves behind.
--
-- KEYS[1] where
-- ARGV[1] what, ARGV[2] for how long, in milliseconds
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {}
