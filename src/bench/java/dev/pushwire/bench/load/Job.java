package dev.pushwire.bench.load;

/**
 * What the load client is told to do: a load, and the server that gets it.
 *
 * @param serverPid whose CPU and memory are read from /proc
 * @param redisPid of the Redis behind it; 0 where there is none
 * @param path of the endpoint
 * @param warmupSeconds of the same load before anything is measured
 * @param seconds that are measured
 */
public record Job(
        Shape shape, long serverPid, long redisPid, int port, String path, double warmupSeconds, double seconds) {}
