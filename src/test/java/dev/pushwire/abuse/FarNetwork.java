package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushwire.service.Requirements;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network namespace of the test's own, with a cable to this machine that can be pulled. */
final class FarNetwork implements AutoCloseable {
    /** An address of the block for documentation, which no real network has. */
    private static final String HERE = "198.51.100.1";

    private static final String THERE = "198.51.100.2";

    private final String name;

    private FarNetwork(String name) {
        this.name = name;
    }

    /** Skips the test if this process may not make a network namespace. */
    static FarNetwork make() throws Exception {
        Requirements.require(Requirements.onPath("ip"), "no ip: install iproute2");
        FarNetwork network = new FarNetwork("pushwire" + ProcessHandle.current().pid());
        assumeTrue(succeeds("ip", "netns", "add", network.name), "may not make network namespaces: no cable to pull");
        try {
            run("ip", "link", "add", network.cable(), "type", "veth", "peer", "name", "far", "netns", network.name);
            run("ip", "address", "add", HERE + "/30", "dev", network.cable());
            run("ip", "link", "set", network.cable(), "up");
            run("ip", "-netns", network.name, "address", "add", THERE + "/30", "dev", "far");
            run("ip", "-netns", network.name, "link", "set", "far", "up");
            return network;
        } catch (Throwable t) {
            network.close();
            throw t;
        }
    }

    private String cable() {
        return "pw" + ProcessHandle.current().pid();
    }

    /** The prefix that runs a command in the namespace. */
    List<String> command() {
        return List.of("ip", "netns", "exec", name);
    }

    /** The address of a port of this machine, seen from the namespace. */
    InetSocketAddress addressOf(int port) {
        return new InetSocketAddress(HERE, port);
    }

    /** From now on each packet is lost, in both directions, without an error. */
    void pullCable() throws Exception {
        run("ip", "-netns", name, "link", "set", "far", "down");
    }

    @Override
    public void close() throws IOException {
        run("ip", "netns", "delete", name); // and with it its end of the cable, and so the cable
    }

    private static void run(String... command) throws IOException {
        assertThat(succeeds(command)).as("%s", List.of(command)).isTrue();
    }

    private static boolean succeeds(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.onExit().orTimeout(10, TimeUnit.SECONDS).join().exitValue() == 0;
    }
}
