package dev.pushwire.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets the process may open. */
public final class Descriptors {
    /** Jars, logs, selectors and HTTP connections want descriptors too. */
    private static final int OTHERS = 500;

    private Descriptors() {}

    /** The limit of the process; {@link Long#MAX_VALUE} where it is not known. */
    static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** How many of them so many connections need. */
    static long neededFor(int connections) {
        return (long) connections + OTHERS;
    }

    /** How many of them connections may take; half, where there are few. */
    public static long forConnections() {
        long limit = limit();
        return Math.max(limit / 2, limit - OTHERS);
    }
}
