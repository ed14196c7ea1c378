package dev.pushwire.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that is measured. */
enum Peer {
    PUSHWIRE("pushwire", "Pushwire", ""),
    NETTY_EPOLL("netty-epoll", "Netty epoll", "netty-codec-http"),
    NETTY_NIO("netty-nio", "Netty NIO", "netty-codec-http"),
    UNDERTOW("undertow", "Undertow", "undertow-core"),
    JETTY("jetty", "Jetty", "jetty-websocket-jetty-server"),
    SPRING("spring", "Spring on Tomcat", "spring-websocket"),
    NODE_WS("node-ws", "node ws", "");

    private static final String PACKAGE = "dev.pushwire.bench.peer.";

    private final String key;
    private final String title;
    private final String library;

    Peer(String key, String title, String library) {
        this.key = key;
        this.title = title;
        this.library = library;
    }

    /** The name for -Dbench.peers. */
    String key() {
        return key;
    }

    /** The name in the report. */
    String title() {
        return title;
    }

    /**
     * The command that starts it.
     *
     * @param settings Pushwire's settings besides the scenario's
     */
    List<String> command(Options options, int port, Scenario scenario, List<String> settings) {
        List<String> command = new ArrayList<>();
        if (this == NODE_WS) {
            command.addAll(List.of(
                    "node",
                    "--expose-gc",
                    options.directory().resolve("node/server.js").toString()));
        } else {
            command.add(java());
            command.addAll(options.flags());
        }
        switch (this) {
            case PUSHWIRE -> {
                command.addAll(List.of("-jar", options.jar().toString()));
                command.addAll(List.of("--server.port=" + port, "--server.address=127.0.0.1"));
                command.addAll(scenario.settings());
                command.addAll(settings);
                return List.copyOf(command);
            }
            case NETTY_EPOLL, NETTY_NIO -> command.addAll(program(options, "netty", "NettyPeer"));
            case UNDERTOW -> command.addAll(program(options, "undertow", "UndertowPeer"));
            case JETTY -> command.addAll(program(options, "jetty", "JettyPeer"));
            case SPRING -> command.addAll(program(options, "spring", "SpringPeer"));
            case NODE_WS -> {}
        }
        command.addAll(List.of(Integer.toString(port), Integer.toString(scenario.largestMessage())));
        if (this == NETTY_EPOLL || this == NETTY_NIO) {
            command.add(this == NETTY_EPOLL ? "epoll" : "nio");
        }
        return List.copyOf(command);
    }

    /** The command of a Java program that is not one of these servers. */
    static List<String> program(Options options, String libraries, String main, int port, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options.flags());
        command.addAll(program(options, libraries, main));
        command.add(Integer.toString(port));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    private static List<String> program(Options options, String libraries, String main) {
        Path directory = options.directory();
        return List.of(
                "-cp",
                directory.resolve("classes") + ":" + directory.resolve("lib/" + libraries + "/*"),
                PACKAGE + main);
    }

    /** This JVM's own launcher: all servers run on the same one. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Its version, from the file name of its library. */
    String version(Options options) throws IOException {
        return switch (this) {
            case PUSHWIRE -> versionIn(options.jar().getFileName().toString(), "pushwire");
            case NODE_WS -> NodePeer.version(options);
            case NETTY_EPOLL, NETTY_NIO, UNDERTOW, JETTY -> libraryVersion(options, library);
            case SPRING -> libraryVersion(options, library) + " on " + libraryVersion(options, "tomcat-embed-core");
        };
    }

    private static String libraryVersion(Options options, String library) throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(options.directory().resolve("lib"))) {
            for (Path peer : jars) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(peer, library + "-[0-9]*.jar")) {
                    for (Path jar : found) {
                        return versionIn(jar.getFileName().toString(), library);
                    }
                }
            }
        }
        return "unknown";
    }

    private static String versionIn(String file, String name) {
        return file.substring(name.length() + 1, file.length() - ".jar".length());
    }
}
