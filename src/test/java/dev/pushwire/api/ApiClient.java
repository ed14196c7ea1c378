package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.pushwire.access.Tokens;
import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Asks the HTTP API as a back end does. Immutable. */
record ApiClient(RunningService service, String credentials) {
    static final String KEY = "0123456789abcdef";

    /** A service with a key, with tokens, and with topics that remember, show their members, or are private. */
    static RunningService startedService() {
        return RunningService.with(
                "pushwire.api.keys.test.secret=" + KEY,
                "pushwire.api.keys.test.scopes=publish,read,admin",
                "pushwire.access.jwt.secret=" + Tokens.SECRET,
                "pushwire.topics[0].name=kept.>",
                "pushwire.topics[0].history-size=10",
                "pushwire.topics[0].presence=list",
                "pushwire.topics[1].name=private.>",
                "pushwire.topics[1].subscribe=claims",
                "pushwire.websocket.max-message-size=1KB");
    }

    Answer get(String path) {
        return request("GET", path, null);
    }

    Answer delete(String path) {
        return request("DELETE", path, null);
    }

    Answer post(String path, String json) {
        return request("POST", path, json.replace('\'', '"'));
    }

    private Answer request(String method, String path, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http(path));
        if (json == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(json)).header("Content-Type", "application/json");
        }
        if (credentials != null) {
            request.header("Authorization", "Bearer " + credentials);
        }
        Answer answer = new Answer(RunningService.exchange(request));
        answer.assertDocumented(method, path, json);
        return answer;
    }

    /** The response, with assertions. */
    record Answer(HttpResponse<String> response) {
        /** If the OpenAPI document has the path and the method, asserts that request and answer match it. */
        private void assertDocumented(String method, String path, String sent) {
            int status = response.statusCode();
            if (status == 405 || (status == 404 && path.contains("nothing"))) {
                return;
            }
            OpenApi.assertAnswer(method, path, status, response.body());
            if (sent != null && status < 300) {
                OpenApi.assertRequest(method, path, sent);
            }
        }

        /** A value of the body, by its JSON path. */
        <T> T value(String path) {
            return JsonPath.read(response.body(), path);
        }

        Answer assertOk() {
            assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            return this;
        }

        Answer assertHas(String path, Object value) {
            assertThat(this.<Object>value(path))
                    .as("%s of %s", path, response.body())
                    .isEqualTo(value);
            return this;
        }

        /** An error as RFC 9457 has it, with a sentence for people. */
        Answer assertProblem(int status, String about) {
            assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(status);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertHas("status", status);
            assertThat(this.<String>value("title")).isNotBlank();
            assertThat(this.<String>value("detail")).contains(about).endsWith(".");
            return this;
        }
    }
}
