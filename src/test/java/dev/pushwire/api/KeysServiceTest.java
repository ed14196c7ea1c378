package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.Tokens;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key of each scope may do, and how keys and secrets are exchanged. */
class KeysServiceTest {
    private static HttpResponse<String> ask(
            RunningService service, String method, String path, String body, String credentials) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + credentials);
        if (path.startsWith("/api/")) {
            request.header("Content-Type", "application/json");
        }
        return RunningService.exchange(request);
    }

    @Nested
    class Scopes {
        private final RunningService service = RunningService.with(
                "pushwire.api.keys.shop.secret=publish-0123456789",
                "pushwire.api.keys.board.secret=read-0123456789abc",
                "pushwire.api.keys.board.scopes=read",
                "pushwire.api.keys.ops.secret=admin-0123456789ab",
                "pushwire.api.keys.ops.scopes=admin");

        /** The table of docs/api.md. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "POST   | /topics/news                     | hello                             | publish",
                    "POST   | /api/publications                | {\"topic\": \"a\", \"data\": 1}   | publish",
                    "POST   | /api/publications/batch          | {\"publications\": [{\"topic\": \"a\", \"data\": 1}]} | publish",
                    "GET    | /topics/news                     |                                   | read",
                    "GET    | /api/topics/news                 |                                   | read",
                    "GET    | /api/topics/news/history         |                                   | read",
                    "GET    | /api/connections?principal=ada   |                                   | admin",
                    "DELETE | /api/connections?principal=ada   |                                   | admin",
                    "POST   | /api/revocations                 | {\"principal\": \"ada\"}          | admin",
                })
        void areGoodForTheirOwnCallsAlone(String method, String path, String body, String scope) {
            String sent = body == null ? "" : body;
            assertAnswer(method, path, sent, "publish-0123456789", scope.equals("publish"), scope);
            assertAnswer(method, path, sent, "read-0123456789abc", scope.equals("read"), scope);
            assertAnswer(method, path, sent, "admin-0123456789ab", scope.equals("admin"), scope);
        }

        private void assertAnswer(String method, String path, String body, String key, boolean allowed, String scope) {
            HttpResponse<String> answer = ask(service, method, path, body, key);
            if (allowed) {
                assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
            } else {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
                assertThat(answer.body()).contains("The key has not the scope " + scope);
            }
        }

        /** A key that may not read a topic is not told that it exists. */
        @Test
        void aListHasWhatAKeyMayRead() {
            assertThat(ask(service, "GET", "/api/topics", "", "publish-0123456789")
                            .body())
                    .isEqualTo("{\"topics\":[]}");
        }
    }

    @Nested
    class InFiles {
        @TempDir
        private Path folder;

        @Test
        void areReadAgainWhileTheServiceRuns() throws IOException {
            Path keys = Files.writeString(folder.resolve("shop"), "old-0123456789ab");
            Path secrets = Files.writeString(folder.resolve("jwt"), Tokens.SECRET);
            String newSecret = "another-secret-with-more-than-32-bytes";
            try (RunningService service = RunningService.start(
                    "pushwire.api.keys.shop.secret-file=" + keys, "pushwire.access.jwt.secret-file=" + secrets)) {
                String oldToken =
                        Tokens.of("ada").with("scope", "pushwire:publish").signed();
                String newToken =
                        Tokens.of("ada").with("scope", "pushwire:publish").signed(newSecret);
                assertThat(publish(service, "old-0123456789ab")).isEqualTo(202);
                assertThat(publish(service, oldToken)).isEqualTo(202);
                assertThat(publish(service, newToken)).isEqualTo(401);

                Files.writeString(keys, "old-0123456789ab\nnew-0123456789ab\n");
                Files.writeString(secrets, newSecret + "\n" + Tokens.SECRET);
                awaitPublish(service, "new-0123456789ab", 202);
                awaitPublish(service, newToken, 202);
                assertThat(publish(service, "old-0123456789ab")).isEqualTo(202);
                assertThat(publish(service, oldToken)).isEqualTo(202);

                Files.writeString(keys, "new-0123456789ab");
                Files.writeString(secrets, newSecret);
                awaitPublish(service, "old-0123456789ab", 401);
                awaitPublish(service, oldToken, 401);
                assertThat(publish(service, "new-0123456789ab")).isEqualTo(202);
                assertThat(publish(service, newToken)).isEqualTo(202);
            }
        }

        private static void awaitPublish(RunningService service, String credentials, int status) {
            await().atMost(Duration.ofSeconds(30)).until(() -> publish(service, credentials) == status);
        }

        private static int publish(RunningService service, String credentials) {
            return ask(service, "POST", "/topics/news", "hello", credentials).statusCode();
        }
    }
}
