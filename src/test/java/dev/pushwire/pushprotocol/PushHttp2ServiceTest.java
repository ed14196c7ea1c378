package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.push.Topics;
import dev.pushwire.service.RunningService;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Polls over HTTP/2, whose sockets cannot be taken, and what a tracer gets to know of them. */
class PushHttp2ServiceTest {
    private static final List<String> URLS = new CopyOnWriteArrayList<>();

    static final class Observing {
        @Bean
        ObservationHandler<ServerRequestObservationContext> urls() {
            return new ObservationHandler<>() {
                @Override
                public void onStop(ServerRequestObservationContext context) {
                    URLS.add(context.getHighCardinalityKeyValue("http.url").getValue());
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return context instanceof ServerRequestObservationContext;
                }
            };
        }
    }

    private final RunningService service =
            RunningService.with(new Class<?>[] {Observing.class}, "server.http2.enabled=true");

    private static String body(HttpClient client, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isLessThan(300);
        return answer.body();
    }

    @Test
    void aPollWaitsAndItsSessionIsInNoTrace() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build();
        try {
            body(client, HttpRequest.newBuilder(service.http("/actuator/health"))); // makes it HTTP/2
            String opened = body(
                    client,
                    HttpRequest.newBuilder(service.http("/push?wait=0"))
                            .POST(BodyPublishers.ofString("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"news\"}")));
            String session = opened.replaceFirst("(?s).*\"session\":\"([^\"]*)\".*", "$1");
            long ack = 0;
            if (!opened.contains("subscribed")) {
                assertThat(body(client, poll(session, ack++))).contains("subscribed");
            }
            CompletableFuture<HttpResponse<String>> waiting =
                    client.sendAsync(poll(session, ack).build(), BodyHandlers.ofString());
            await().until(() -> service.meter("websocket.requests.waiting") == 1);
            service.bean(Topics.class).publish("news", "hello");
            assertThat(waiting.get().version()).isEqualTo(Version.HTTP_2);
            assertThat(waiting.get().body()).contains("\"data\":\"hello\"");
            body(
                    client,
                    HttpRequest.newBuilder(service.http("/push/" + session)).DELETE());
            await().until(() -> URLS.contains("/push/{session}"));
            assertThat(URLS).noneMatch(url -> url.contains(session));
        } finally {
            client.shutdownNow();
        }
    }

    private HttpRequest.Builder poll(String session, long ack) {
        return HttpRequest.newBuilder(service.http("/push/" + session + "?ack=" + ack + "&wait=30"));
    }
}
