package dev.pushwire.bench.load;

/**
 * The job of a load client: a load, and the server that gets it.
 *
 * @param serverPid the process whose CPU and memory are read from /proc
 * @param redisPid the process of the server's Redis; 0 if there is none
 * @param path the path of the endpoint
 * @param warmupSeconds how long the same load runs before the measurement
 * @param seconds the length of the measurement
 */
public record Job(
        Shape shape, long serverPid, long redisPid, int port, String path, double warmupSeconds, double seconds) {}
