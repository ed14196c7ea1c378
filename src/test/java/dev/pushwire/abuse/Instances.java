package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;

/** Which objects of ours are live, as {@code jcmd GC.class_histogram} counts them. */
final class Instances {
    private Instances() {}

    /**
     * How many objects there are of each of these classes, without those that have none. A class that does not exist is
     * an error.
     */
    static Map<String, Long> of(String... classes) {
        for (String name : classes) {
            assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException();
        }
        Map<String, Long> counts = new TreeMap<>();
        for (String line : histogram().split("\n")) {
            String[] columns = line.strip().split("\\s+"); // rank, count, bytes, class
            for (String name : classes) {
                if (columns.length >= 4 && columns[3].equals(name)) {
                    counts.put(name, Long.parseLong(columns[1]));
                }
            }
        }
        return counts;
    }

    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
