package dev.pushwire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The machine and the software of a measurement.
 *
 * @param versions the versions of the servers, by their titles
 * @param busyBefore processors that were busy, on average over the minute before it began
 */
record Environment(
        String date,
        String processor,
        int processors,
        String memory,
        String kernel,
        String jdk,
        String flags,
        Map<String, String> versions,
        double busyBefore,
        int repeats,
        double warmupSeconds,
        double seconds) {

    static Environment of(Options options, List<Peer> peers) throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        for (Peer peer : peers) {
            versions.put(peer.title(), peer.version(options));
        }
        return new Environment(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / (1 << 20) + " GiB",
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                String.join(" ", options.flags()),
                versions,
                Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]),
                options.repeats(),
                options.warmupSeconds(),
                options.seconds());
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown"); // some processors have no model name
    }
}
