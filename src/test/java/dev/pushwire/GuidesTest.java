package dev.pushwire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guides show the very code of the application in {@code src/it/orders}, which the build compiles, starts and tests. */
class GuidesTest {
    private static final Path APPLICATION = Path.of("src/it/orders/src/main/java/com/example/orders");

    @ParameterizedTest
    @CsvSource({
        "docs/endpoints.md, OrdersEndpoint.java",
        "docs/library.md, Security.java",
        "docs/library.md, ShipmentLog.java",
        "docs/library.md, Shipping.java"
    })
    void showCodeThatIsTested(Path guide, String file) throws IOException {
        assertThat(Files.readString(guide)).contains("```java\n" + Files.readString(APPLICATION.resolve(file)) + "```");
    }
}
