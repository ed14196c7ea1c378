-- KEYS[1] the channel of the node that asked
-- ARGV[1] the command to publish with, ARGV[2] the message
redis.call(ARGV[1], KEYS[1], ARGV[2])
