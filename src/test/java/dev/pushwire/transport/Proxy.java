package dev.pushwire.transport;

import static org.awaitility.Awaitility.await;

import dev.pushwire.service.RawClient;
import dev.pushwire.service.Requirements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real proxy of one process in front of services, on a port of this machine only. */
public final class Proxy implements AutoCloseable {
    private static final String NGINX = """
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            error_log stderr warn;
            events {}
            http {
                access_log off;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                map $http_upgrade $connection_upgrade {
                    default upgrade;
                    '' close;
                }
                upstream services {
                    %3$s
                }
                server {
                    listen 127.0.0.1:%2$d;
                    location / {
                        proxy_pass http://services;
                        proxy_http_version 1.1;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection $connection_upgrade;
                        %4$s
                        proxy_read_timeout %5$ds;
                    }
                }
            }
            """;

    private static final String HAPROXY = """
            defaults
                mode http
                timeout connect 5s
                timeout client 30s
                timeout server 30s
                timeout tunnel 30s
            frontend clients
                bind 127.0.0.1:%1$d
                %3$s
                default_backend services
            backend services
                balance roundrobin
                option redispatch 1
                %2$s
            """;

    private final Process process;
    private final InetSocketAddress address;

    private Proxy(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Skips the test where there is no nginx, except in continuous integration.
     *
     * @param headers the headers to set, as after {@code proxy_set_header}
     */
    static Proxy nginx(InetSocketAddress service, Path directory, List<String> headers) throws IOException {
        return nginx(List.of(service), directory, headers);
    }

    /** A proxy that sends each request to the next of these services, and to another if that is gone. */
    public static Proxy nginx(List<InetSocketAddress> services, Path directory, List<String> headers)
            throws IOException {
        return nginx(services, directory, headers, Duration.ofSeconds(2));
    }

    /** @param silence for how long an answer, or a WebSocket, may bring nothing before it is given up */
    public static Proxy nginx(List<InetSocketAddress> services, Path directory, List<String> headers, Duration silence)
            throws IOException {
        String program = program("nginx", "nginx-light");
        InetSocketAddress address = freeAddress();
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                header -> lines.append("proxy_set_header ").append(header).append(";\n"));
        Path file = directory.resolve("nginx.conf");
        String servers = services.stream()
                .map(service -> "server 127.0.0.1:" + service.getPort() + ";")
                .collect(Collectors.joining("\n"));
        Files.writeString(file, NGINX.formatted(directory, address.getPort(), servers, lines, silence.toSeconds()));
        return start(address, program, "-p", directory.toString(), "-c", file.toString());
    }

    /**
     * Skips the test where there is no haproxy, except in continuous integration.
     *
     * @param lines of the front end
     */
    static Proxy haproxy(InetSocketAddress service, Path directory, List<String> lines) throws IOException {
        return haproxy(List.of(service), directory, lines);
    }

    /** A proxy that sends each request to the next of these services, and to another if that is gone. */
    public static Proxy haproxy(List<InetSocketAddress> services, Path directory, List<String> lines)
            throws IOException {
        String program = program("haproxy", "haproxy");
        InetSocketAddress address = freeAddress();
        Path file = directory.resolve("haproxy.cfg");
        String front = String.join("\n    ", lines);
        String servers = services.stream()
                .map(service -> "server s%1$d 127.0.0.1:%1$d".formatted(service.getPort()))
                .collect(Collectors.joining("\n    "));
        Files.writeString(file, HAPROXY.formatted(address.getPort(), servers, front));
        return start(address, program, "-db", "-q", "-f", file.toString());
    }

    private static String program(String name, String debianPackage) {
        Path program = Requirements.program(name).orElse(null);
        Requirements.require(
                program != null,
                name + " is not installed (Debian: " + debianPackage + "): what goes through it is not tested");
        return String.valueOf(program);
    }

    private static Proxy start(InetSocketAddress address, String... command) throws IOException {
        Proxy proxy = new Proxy(new ProcessBuilder(command).inheritIO().start(), address);
        await().ignoreExceptions().until(() -> {
            proxy.connect("127.0.0.1").close();
            return true;
        });
        return proxy;
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress("127.0.0.1", socket.getLocalPort());
        }
    }

    /** Where clients find it. */
    public int port() {
        return address.getPort();
    }

    public InetSocketAddress address() {
        return address;
    }

    /** A TCP connection to it, from an address of this machine. */
    RawClient connect(String from) {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(address);
            return RawClient.over(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
