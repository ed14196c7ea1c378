package dev.pushwire.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads what Linux says about processes in /proc. */
public final class Proc {
    /** USER_HZ: 100 on every Linux that a JVM runs on. */
    private static final double TICKS = 100;

    private Proc() {}

    /** The CPU that all threads of a process have used so far, those that have ended included. */
    public static Measurement.Cpu cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The second field is the command in parentheses, and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new Measurement.Cpu(Long.parseLong(fields[11]) / TICKS, Long.parseLong(fields[12]) / TICKS);
    }

    /** Bytes of a process that are in RAM. */
    public static long rss(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("No VmRSS in /proc/" + pid + "/status");
    }

    /** The seconds for which the machine's processors were busy, or taken by the host. */
    public static double machineBusy() throws IOException {
        String all = Files.readAllLines(Path.of("/proc/stat")).getFirst();
        // user, nice, system, idle, iowait, irq, softirq, steal; guest time is part of user
        long[] ticks = Arrays.stream(all.substring(5).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / TICKS;
    }
}
