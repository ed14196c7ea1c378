package dev.pushwire.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client as the service serves it. */
class ClientFilesTest {
    private final RunningService service = RunningService.with();

    @ParameterizedTest
    @CsvSource({
        "/client/pushwire.js, text/javascript, Pushwire:",
        "/client/pushwire.mjs, text/javascript, export{",
        "/client/pushwire-http.mjs, text/javascript, export{",
        "/client/pushwire.js.map, application/json, subscription.ts",
        "/client/pushwire.mjs.map, application/json, subscription.ts"
    })
    void isThere(String path, String type, String part) {
        HttpResponse<String> answer = service.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(found -> assertThat(found).startsWith(type));
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(answer.body()).contains(part);
    }

    @Test
    void isForPagesOfEveryOrigin() {
        HttpResponse<String> answer =
                RunningService.exchange(HttpRequest.newBuilder(service.http("/client/pushwire.mjs"))
                        .header("Origin", "https://app.example.com"));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @Test
    void leavesAllElseToPagesOfTheServicesOwn() {
        HttpResponse<String> answer = RunningService.exchange(
                HttpRequest.newBuilder(service.http("/topics/news")).header("Origin", "https://app.example.com"));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
}
