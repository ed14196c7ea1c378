package dev.pushwire.bench.peer;

import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Spring MVC's SseEmitter on Tomcat: {@code GET /events} subscribes, {@code POST /publish} publishes to all. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
public class SpringStreams {
    private static final long FOR_EVER = 0;

    private final Set<SseEmitter> emitters = ConcurrentHashMap.newKeySet();

    /**
     * Serves until it is stopped.
     *
     * @param arguments port
     */
    public static void main(String[] arguments) {
        SpringApplication.run(
                SpringStreams.class,
                "--server.port=" + arguments[0],
                "--server.address=127.0.0.1",
                "--server.tomcat.accept-count=4096",
                "--server.tomcat.max-connections=20000",
                "--server.tomcat.max-keep-alive-requests=-1");
    }

    @GetMapping("/events")
    SseEmitter events() throws IOException {
        SseEmitter emitter = new SseEmitter(FOR_EVER);
        emitter.onCompletion(() -> emitters.remove(emitter));
        emitter.onError(failure -> emitters.remove(emitter));
        emitter.send(SseEmitter.event().comment(""));
        emitters.add(emitter);
        return emitter;
    }

    /** Makes the event once, and sends it to each client. */
    @PostMapping("/publish")
    void publish(@RequestBody String message) {
        Set<DataWithMediaType> event = SseEmitter.event().data(message).build();
        for (Iterator<SseEmitter> all = emitters.iterator(); all.hasNext(); ) {
            try {
                all.next().send(event);
            } catch (IOException | IllegalStateException e) {
                all.remove(); // the client is gone
            }
        }
    }
}
