package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.RunningService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A service that stops gives up its connections to Redis by itself, and does not report them as lost. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class OrderlyStopTest {
    @Test
    void reportsNoLoss(@TempDir Path folder, CapturedOutput output) throws Exception {
        try (RedisServer redis = RedisServer.start(folder)) {
            RunningService service = RunningService.start(
                    "pushwire.broker=redis",
                    "spring.data.redis.port=" + redis.port(),
                    "spring.data.redis.timeout=30s"); // a busy machine is no loss
            int before = output.getAll().length();
            service.close();
            assertThat(output.getAll().substring(before)).doesNotContain("RedisLink");
        }
    }
}
