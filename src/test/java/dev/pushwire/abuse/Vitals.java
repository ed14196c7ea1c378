package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;

/** What this JVM holds: live heap, direct buffers, file descriptors, and threads that do not end by themselves. */
record Vitals(long heap, long direct, long descriptors, long threads) {
    static final long MEGABYTE = 1024 * 1024;
    /** What a new JVM still adds: caches of Tomcat, and code that is used for the first time. */
    private static final long HEAP_SLACK = 16 * MEGABYTE;
    /** The buffers that threads of the JDK keep for sockets. */
    private static final long DIRECT_SLACK = 4 * MEGABYTE;

    /**
     * Groups of threads that the JDK adds and ends by itself, such as those that carry virtual threads, or wait for
     * processes.
     */
    private static final Set<String> OF_THE_JDK =
            Set.of("system", "CarrierThreads", "InnocuousThreadGroup", "InnocuousForkJoinWorkerThreadGroup");

    private static final long DESCRIPTOR_SLACK = 4;
    private static final long THREAD_SLACK = 4;

    static Vitals now() {
        System.gc();
        return new Vitals(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                directBuffers(),
                openDescriptors(),
                ownThreads());
    }

    private static long directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long openDescriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    private static long ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getThreadGroup)
                .filter(group -> group != null && !OF_THE_JDK.contains(group.getName()))
                .count();
    }

    /** Compares the end with the beginning. Less is fine, since something from before may have ended meanwhile. */
    void assertNotMoreThan(Vitals before) {
        assertNotMoreThan(before, HEAP_SLACK);
    }

    void assertNotMoreThan(Vitals before, long heapSlack) {
        assertThat(descriptors).as("file descriptors").isLessThanOrEqualTo(before.descriptors + DESCRIPTOR_SLACK);
        assertThat(threads)
                .as("threads, now %s", Thread.getAllStackTraces().keySet())
                .isLessThanOrEqualTo(before.threads + THREAD_SLACK);
        assertThat(heap / MEGABYTE).as("live heap in MB").isLessThanOrEqualTo((before.heap + heapSlack) / MEGABYTE);
        assertThat(direct / MEGABYTE)
                .as("direct buffers in MB")
                .isLessThanOrEqualTo((before.direct + DIRECT_SLACK) / MEGABYTE);
    }
}
