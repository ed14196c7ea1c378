package dev.pushwire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx with the module nchan, as Debian has it. */
final class Nchan {
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");

    private Nchan() {}

    static boolean isThere() {
        return Files.exists(MODULE);
    }

    /**
     * One worker, since the other servers have one thread that writes, and no history, as they have none. A message
     * that is published to {@code /keep} is kept until the next one: nchan 1.3 sometimes crashes if many clients
     * publish messages at once that it does not keep. Polled messages are kept until the next poll.
     */
    static List<String> command(Options options, int port) throws IOException {
        Path directory = Files.createDirectories(options.directory().resolve("nchan"));
        Path file = directory.resolve("nginx.conf");
        Files.writeString(file, """
                load_module %s;
                daemon off;
                master_process off;
                pid %2$s/pid;
                error_log stderr warn;
                worker_rlimit_nofile 20000;
                events { worker_connections 19000; multi_accept on; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  client_body_temp_path %2$s/body;
                  proxy_temp_path %2$s/proxy;
                  fastcgi_temp_path %2$s/fastcgi;
                  uwsgi_temp_path %2$s/uwsgi;
                  scgi_temp_path %2$s/scgi;
                  nchan_shared_memory_size 256m;
                  server {
                    listen 127.0.0.1:%3$d backlog=4096;
                    location = /events { nchan_subscriber eventsource; nchan_channel_id bench; }
                    location = /publish { nchan_publisher; nchan_channel_id bench; nchan_store_messages off; }
                    location = /keep { nchan_publisher; nchan_channel_id kept; nchan_message_buffer_length 1; }
                    location = /poll { nchan_subscriber longpoll; nchan_channel_id polled; nchan_subscriber_first_message newest; }
                    location = /polled { nchan_publisher; nchan_channel_id polled; nchan_message_buffer_length 100; }
                  }
                }
                """.formatted(MODULE, directory, port));
        return List.of("nginx", "-p", directory.toString(), "-c", file.toString());
    }
}
