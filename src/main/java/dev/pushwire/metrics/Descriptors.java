package dev.pushwire.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets the process may open. */
public final class Descriptors {
    /** Room for jars, logs, selectors and HTTP connections. */
    private static final int OTHERS = 500;

    private Descriptors() {}

    /** The limit of the process; {@link Long#MAX_VALUE} if it is unknown. */
    static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** How many descriptors this number of connections needs. */
    static long neededFor(int connections) {
        return (long) connections + OTHERS;
    }

    /** How many descriptors connections may take; half of them if there are few. */
    public static long forConnections() {
        long limit = limit();
        return Math.max(limit / 2, limit - OTHERS);
    }
}
