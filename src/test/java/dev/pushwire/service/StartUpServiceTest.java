package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.autoconfigure.AccessProperties;
import dev.pushwire.autoconfigure.ApiProperties;
import dev.pushwire.autoconfigure.PublishProperties;
import dev.pushwire.autoconfigure.WebSocketProperties;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

/** What is wrong with the configuration is said at the start, in a sentence that names it. */
class StartUpServiceTest {
    @Nested
    class FailsForASettingThatCannotBeUsed {
        @EnableConfigurationProperties({
            WebSocketProperties.class,
            ApiProperties.class,
            AccessProperties.class,
            PublishProperties.class
        })
        private static final class Settings {}

        private final ApplicationContextRunner runner =
                new ApplicationContextRunner().withUserConfiguration(Settings.class);

        @ParameterizedTest
        @CsvSource({
            "pushwire.websocket.max-message-size, 0B",
            "pushwire.websocket.max-message-size, 2GB",
            "pushwire.websocket.max-fragments, 0",
            "pushwire.websocket.max-connections, 0",
            "pushwire.websocket.outbox-limit, 0",
            "pushwire.websocket.outbox-limit, 2GB",
            "pushwire.websocket.ping-interval, -1s",
            "pushwire.websocket.pong-timeout, 0s",
            "pushwire.websocket.close-timeout, 0s",
            "pushwire.websocket.close-timeout, -1s",
            "pushwire.websocket.event-loops, -1",
            "pushwire.websocket.allowed-origins, example.com",
            "pushwire.websocket.allowed-origins, https://*",
            "pushwire.api.keys.shop.secret, short",
            "pushwire.api.keys.shop.secret-file, /nowhere/key",
            "pushwire.access.jwt.secret, short",
            "pushwire.access.jwt.secret-file, /nowhere/secret",
            "pushwire.publish.keys, 0123456789abcdef"
        })
        void byItsName(String property, String value) {
            runner.withPropertyValues(property + "=" + value)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(property));
        }

        @ParameterizedTest
        @CsvSource({
            "pushwire.websocket.max-message-size, 1GB",
            "pushwire.websocket.ping-interval, 0",
            "pushwire.websocket.event-loops, 3",
            "pushwire.websocket.allowed-origins, '*.example.com, https://app.example.com'",
            "pushwire.api.keys.shop.secret, 0123456789abcdef"
        })
        void butNotForOneThatCan(String property, String value) {
            runner.withPropertyValues(property + "=" + value)
                    .run(context -> assertThat(context).hasNotFailed());
        }
    }

    @Nested
    @ExtendWith(OutputCaptureExtension.class)
    class TellsWhoStartsIt {
        @Test
        void whichSettingIsWrong(CapturedOutput output) {
            assertThatThrownBy(() -> RunningService.start("pushwire.websocket.max-fragments=0"))
                    .isNotNull();
            assertThat(output)
                    .contains("APPLICATION FAILED TO START")
                    .contains("pushwire.websocket.max-fragments must be at least 1, but is 0");
        }
    }

    @Nested
    class FailsForEndpoints {
        @EndpointMapping("/rooms/{room}")
        private static final class Rooms implements Endpoint {}

        @EndpointMapping({"/other", "/rooms/{name}"})
        private static final class OtherRooms implements Endpoint {}

        private static final class Unmapped implements Endpoint {}

        private static final class TwoOfTheSamePath {
            @Bean
            Endpoint oldRooms() {
                return new Rooms();
            }

            @Bean
            Endpoint newRooms() {
                return new Rooms();
            }
        }

        private static final class TwoOfPathsThatMeanTheSame {
            @Bean
            Endpoint rooms() {
                return new Rooms();
            }

            @Bean
            Endpoint otherRooms() {
                return new OtherRooms();
            }
        }

        private static final class OneWithoutAPath {
            @Bean
            Endpoint unmapped() {
                return new Unmapped();
            }
        }

        @Test
        void whichHaveTheSamePath() {
            assertFails(TwoOfTheSamePath.class, "'oldRooms'", "'newRooms'", "/rooms/{room}");
        }

        @Test
        void whichMeanTheSamePathByOtherNames() {
            assertFails(TwoOfPathsThatMeanTheSame.class, "'rooms'", "'otherRooms'");
        }

        @Test
        void whichHaveNoPath() {
            assertFails(OneWithoutAPath.class, "'unmapped'", "@EndpointMapping");
        }

        private static void assertFails(Class<?> beans, String... names) {
            assertThatThrownBy(() -> RunningService.start(new Class<?>[] {beans}))
                    .rootCause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(names);
        }
    }
}
