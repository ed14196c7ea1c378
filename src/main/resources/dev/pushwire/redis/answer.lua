#!lua flags=allow-oom
-- KEYS[1] the channel of the node that asked
-- ARGV[1] the message
redis.call('SPUBLISH', KEYS[1], ARGV[1])
