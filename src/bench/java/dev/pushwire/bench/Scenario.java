package dev.pushwire.bench;

import dev.pushwire.bench.load.Shape;
import dev.pushwire.bench.load.Shape.Kind;
import java.util.List;

/**
 * A situation in which servers are compared.
 *
 * @param name the name for -Dbench.scenarios
 * @param title the name in the report
 * @param unit what is counted
 * @param overRedis whether topics are shared through Redis
 */
record Scenario(String name, String title, String unit, Shape shape, boolean overRedis) {
    private static final int KIB = 1024;

    /** All scenarios, in the order of the report. */
    static final List<Scenario> ALL = List.of(
            echo("echo-small", "Echo, 64 connections, 32 B", 64, 32, false, 1),
            echo("echo-pipelined", "Echo pipelined, 16 × 64 in flight, 32 B", 16, 32, false, 64),
            echo("echo-16k", "Echo 16 KiB binary, 16 × 4 in flight", 16, 16 * KIB, true, 4),
            echo("echo-1m", "Echo 1 MiB binary, 4 connections", 4, KIB * KIB, true, 1),
            new Scenario(
                    "echo-paced",
                    "Echo at 20,000 messages/s, 64 connections, 32 B",
                    "message",
                    new Shape(Kind.PACED_ECHO, 64, 32, false, 1, 20_000, false, 0)),
            broadcast("broadcast-1k", "Broadcast to 1,000, 128 B", 1_000, 0),
            broadcast("broadcast-10k", "Broadcast to 10,000, 128 B", 10_000, 0),
            broadcast("broadcast-stuck", "Broadcast to 1,000, one in ten stuck", 1_000, 100),
            new Scenario(
                    "echo-deflate",
                    "Echo compressed, 16 × 4 in flight, 2 KiB JSON",
                    "message",
                    new Shape(Kind.ECHO, 16, 2 * KIB, false, 4, 0, true, 0)),
            new Scenario(
                    "broadcast-deflate",
                    "Broadcast compressed to 1,000, 2 KiB JSON",
                    "delivery",
                    new Shape(Kind.BROADCAST, 1_000, 2 * KIB, false, 4, 0, true, 0)),
            push("push-1", "Publications to the publisher alone on /push, 128 B, one at a time", 1, 1, false),
            push(
                    "push-1-redis",
                    "Publications to the publisher alone on /push over Redis, 128 B, one at a time",
                    1,
                    1,
                    true),
            push("push-1k", "Publications to 1,000 on /push, 128 B", 1_000, 4, false),
            push("push-1k-single", "Publications to 1,000 on /push, 128 B, one at a time", 1_000, 1, false),
            push(
                    "push-1k-single-redis",
                    "Publications to 1,000 on /push over Redis, 128 B, one at a time",
                    1_000,
                    1,
                    true),
            new Scenario(
                    "handshakes",
                    "Connections opened and closed, 32 at a time",
                    "connection",
                    new Shape(Kind.HANDSHAKES, 32, 32, false, 0, 0, false, 0)),
            new Scenario(
                    "idle-10k",
                    "10,000 idle connections",
                    "connection",
                    new Shape(Kind.IDLE, 10_000, 32, false, 0, 0, false, 0)));

    Scenario(String name, String title, String unit, Shape shape) {
        this(name, title, unit, shape, false);
    }

    private static Scenario push(String name, String title, int connections, int inFlight, boolean overRedis) {
        Shape shape = new Shape(Kind.PUBLICATIONS, connections, 128, false, inFlight, 0, false, 0);
        return new Scenario(name, title, "delivery", shape, overRedis);
    }

    private static Scenario echo(String name, String title, int connections, int size, boolean binary, int inFlight) {
        return new Scenario(
                name, title, "message", new Shape(Kind.ECHO, connections, size, binary, inFlight, 0, false, 0));
    }

    private static Scenario broadcast(String name, String title, int connections, int stuck) {
        return new Scenario(
                name, title, "delivery", new Shape(Kind.BROADCAST, connections, 128, false, 4, 0, false, stuck));
    }

    String path() {
        return switch (shape.kind()) {
            case BROADCAST -> "/chat";
            case PUBLICATIONS -> "/push";
            case ECHO, PACED_ECHO, IDLE, HANDSHAKES -> "/echo";
        };
    }

    /** Whether it needs a protocol that only Pushwire has. */
    boolean isOurOwn() {
        return shape.kind() == Kind.PUBLICATIONS;
    }

    /** The settings that Pushwire needs for it. */
    List<String> settings() {
        return shape.kind() == Kind.PUBLICATIONS
                ? List.of("--pushwire.topics[0].name=bench", "--pushwire.topics[0].publish=public")
                : List.of();
    }

    /** The largest message that the server must accept. No server has a default limit below 8 KiB. */
    int largestMessage() {
        return Math.max(8 * KIB, shape.size());
    }

    boolean isIdle() {
        return shape.kind() == Kind.IDLE;
    }
}
