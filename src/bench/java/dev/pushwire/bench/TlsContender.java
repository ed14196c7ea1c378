package dev.pushwire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server or proxy that does TLS for WebSockets. */
enum TlsContender {
    PUSHWIRE("pushwire", "Pushwire"),
    NGINX("nginx", "nginx in front of Pushwire"),
    NETTY("netty", "Netty epoll, the JDK's TLS");

    private static final int LARGEST_MESSAGE = 8192;

    private final String key;
    private final String title;

    TlsContender(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The name for -Dbench.tls. */
    String key() {
        return key;
    }

    /** The name in the report. */
    String title() {
        return title;
    }

    /**
     * The command of the process that clients connect to.
     *
     * @param behind the port of the process behind it, if there is one
     */
    List<String> command(Options options, TlsFiles files, int port, int behind) throws IOException {
        return switch (this) {
            case PUSHWIRE ->
                Peer.PUSHWIRE.command(
                        options,
                        port,
                        Scenario.ALL.getFirst(),
                        List.of(
                                "--server.ssl.key-store=" + files.store(),
                                "--server.ssl.key-store-password=" + TlsFiles.PASSWORD));
            case NGINX -> nginx(options, files, port, behind);
            case NETTY ->
                Peer.program(
                        options,
                        "netty",
                        "NettyPeer",
                        port,
                        Integer.toString(LARGEST_MESSAGE),
                        "epoll",
                        files.store().toString(),
                        TlsFiles.PASSWORD);
        };
    }

    /** Whether it needs a Pushwire without TLS behind it. */
    boolean isInFront() {
        return this == NGINX;
    }

    /** One worker, with tickets and sessions as in nginx' documentation. */
    private static List<String> nginx(Options options, TlsFiles files, int port, int behind) throws IOException {
        Path directory = Files.createDirectories(options.directory().resolve("tls/nginx"));
        Path file = directory.resolve("nginx.conf");
        Files.writeString(file, """
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log stderr warn;
                worker_rlimit_nofile 20000;
                events { worker_connections 19000; multi_accept on; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    listen 127.0.0.1:%2$d ssl backlog=4096;
                    ssl_certificate %3$s;
                    ssl_certificate_key %4$s;
                    ssl_protocols TLSv1.2 TLSv1.3;
                    ssl_session_cache shared:sessions:20m;
                    location / {
                      proxy_pass http://127.0.0.1:%5$d;
                      proxy_http_version 1.1;
                      proxy_set_header Host $host;
                      proxy_set_header Upgrade $http_upgrade;
                      proxy_set_header Connection "Upgrade";
                    }
                  }
                }
                """.formatted(directory, port, files.certificate(), files.key(), behind));
        return List.of("nginx", "-p", directory.toString(), "-c", file.toString());
    }
}
