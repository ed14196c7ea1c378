package dev.pushwire.bench;

import dev.pushwire.bench.ways.Way;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What to measure, and where the files are. Each option is an argument {@code name=value}; pom.xml has the defaults.
 *
 * @param jar Pushwire's jar
 * @param directory the directory of the peers' libraries and of the report
 * @param node the directory of the Node.js servers
 * @param flags the flags of every server's JVM
 * @param profile whether to profile Pushwire instead of comparing it
 * @param micro whether to run the micro-benchmarks instead
 * @param waste the transports whose cost is measured instead; usually none
 * @param doors the servers of event streams and Socket.IO that are compared instead; usually none
 * @param publish the servers that take publications by HTTP, which are compared instead; usually none
 * @param tls the TLS set-ups that are compared instead; usually none
 * @param crowd the distances of Redis for which a crowd is measured instead; usually none
 * @param clients the clients of that crowd
 * @param nodes the rates for which publications from one node to another are measured instead; usually none
 */
record Options(
        Path jar,
        Path directory,
        Path node,
        List<String> flags,
        List<Scenario> scenarios,
        List<Peer> peers,
        int repeats,
        double seconds,
        double warmupSeconds,
        boolean profile,
        boolean micro,
        List<Way> waste,
        List<Contender> doors,
        List<PublishServer> publish,
        List<TlsContender> tls,
        List<RedisPlace> crowd,
        int clients,
        List<Integer> nodes) {
    private static final String ALL = "all";

    static Options parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new Options(
                Path.of(value("jar", values)),
                Path.of(value("directory", values)),
                Path.of(value("node", values)),
                List.of(value("flags", values).strip().split("\\s+")),
                choice("scenarios", values, Scenario.ALL, Scenario::name),
                choice("peers", values, List.of(Peer.values()), Peer::key),
                Math.clamp(Integer.parseInt(value("repeats", values)), 1, 20),
                Math.clamp(Double.parseDouble(value("seconds", values)), 0.5, 600),
                Math.clamp(Double.parseDouble(value("warmup", values)), 0.5, 600),
                Boolean.parseBoolean(value("profile", values)),
                Boolean.parseBoolean(value("micro", values)),
                optional("waste", values, List.of(Way.values()), Way::key),
                optional("doors", values, List.of(Contender.values()), Contender::key),
                optional("publish", values, List.of(PublishServer.values()), PublishServer::key),
                optional("tls", values, List.of(TlsContender.values()), TlsContender::key),
                optional("crowd", values, List.of(RedisPlace.values()), RedisPlace::key),
                Math.clamp(Integer.parseInt(value("clients", values)), 1, 1_000_000),
                optional("nodes", values, NodesBench.RATES, rate -> Integer.toString(rate)));
    }

    private static String value(String name, Map<String, String> values) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private static <T> List<T> optional(
            String option, Map<String, String> values, List<T> all, Function<T, String> name) {
        return value(option, values).equals("none") ? List.of() : choice(option, values, all, name);
    }

    private static <T> List<T> choice(
            String option, Map<String, String> values, List<T> all, Function<T, String> name) {
        String chosen = value(option, values);
        if (chosen.equals(ALL)) {
            return all;
        }
        return Arrays.stream(chosen.split("[\\s,]+"))
                .map(wanted -> all.stream()
                        .filter(one -> name.apply(one).equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("-Dbench." + option + ": there is no " + wanted
                                + "; there are " + all.stream().map(name).toList())))
                .toList();
    }
}
