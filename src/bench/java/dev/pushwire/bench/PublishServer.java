package dev.pushwire.bench;

import dev.pushwire.bench.ways.Sending;
import java.io.IOException;
import java.util.List;

/** A server that takes publications by HTTP. */
enum PublishServer {
    NCHAN("nchan", "nginx with nchan"),
    TOMCAT("tomcat", "Tomcat with one servlet"),
    PUSHWIRE("pushwire", "Pushwire"),
    PUSHWIRE_CONTROLLER("pushwire-controller", "Pushwire, through Spring's dispatcher servlet");

    private static final String KEY = "key-of-the-benchmark";

    private final String key;
    private final String title;

    PublishServer(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The name for -Dbench.publish. */
    String key() {
        return key;
    }

    /** The name in the report. */
    String title() {
        return title;
    }

    boolean isThere() {
        return this != NCHAN || Nchan.isThere();
    }

    List<String> command(Options options, int port) throws IOException {
        return switch (this) {
            case NCHAN -> Nchan.command(options, port);
            case TOMCAT -> Peer.program(options, "spring", "TomcatPeer", port);
            case PUSHWIRE, PUSHWIRE_CONTROLLER ->
                Peer.PUSHWIRE.command(
                        options,
                        port,
                        Scenario.ALL.getFirst(),
                        List.of("--pushwire.api.keys.bench.secret=" + KEY, "--logging.level.root=warn"));
        };
    }

    Sending sending() {
        String header = "Authorization: Bearer " + KEY + "\r\n";
        return switch (this) {
            case NCHAN -> Sending.byPost("/keep", header);
            case TOMCAT -> Sending.byPost("/publish", header);
            case PUSHWIRE -> Sending.byPost("/topics/bench", header);
            case PUSHWIRE_CONTROLLER ->
                Sending.byPost("/topics/%62ench", header); // with this spelling, Spring reads the path
        };
    }
}
