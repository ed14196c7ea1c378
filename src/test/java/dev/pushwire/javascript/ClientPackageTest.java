package dev.pushwire.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The npm package, which this test leaves as {@code target/pushwire-client-<version>.tgz}. It is installed as by a user
 * who has nothing else of Pushwire.
 */
class ClientPackageTest {
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>pushwire</artifactId>\\s*<version>(.*?)</version>");

    /** What an application may rely on. A name that is missing here, or is here and nowhere else, is a change for users. */
    private static final List<String> VALUES = List.of("PushwireError", "connect");

    private static final String USER = """
            import {
              type ClientErrorCode, connect, type ErrorCode, type Member, type Options, type Publication, type Published,
              type PublishOptions, type PushwireClient, PushwireError, type Reset, type ServerErrorCode, type ServerSubscription,
              type State, type StateChange, type SubscribeOptions, type Subscribed, type Subscription, type TokenRequest,
              type TokenSource, type TransportName, type WebSocketConstructor,
            } from "@pushwire/client"

            const options: Options = { token: async ({ reason, signal }: TokenRequest) => (signal.aborted ? null : reason) }
            const push: PushwireClient = connect(new URL("https://push.example.com"), options)
            const news: Subscription<{ text: string }> = push.subscribe<{ text: string }>("news", ({ data }) => data.text.trim())
            news.onReset = ({ position, reason }: Reset) => console.log(position?.length, reason === "history")
            news.onJoined = ({ connection, principal, info }: Member) => console.log(connection, principal, info)
            const subscribed: Subscribed = await news.ready
            const published: Published = await push.publish("news", new Uint8Array(1), { key: subscribed.position })
            for await (const { data, missed } of push.subscribe<number>("numbers", { buffer: 7 })) {
              console.log(data.toFixed(), missed, published.duplicate)
            }
            const stop: () => void = push.on("state", ({ state, error }: StateChange) => console.log(state, error?.temporary))
            push.on("error", (error: PushwireError) => console.log(error.code === "forbidden", error.closeCode, error.status))
            push.on("subscribed", ({ topic }: ServerSubscription) => push.subscribe(topic, { last: 1 }))
            const transport: TransportName = push.transport
            stop()
            console.log(transport)
            // @ts-expect-error there is no such event
            push.on("nothing", () => {})
            // @ts-expect-error a topic has a name
            push.subscribe(7)
            """;

    private static final String CONFIGURATION = """
            {"compilerOptions": {"module": "NodeNext", "target": "ES2022", "lib": ["ES2022", "DOM"], "types": [], "strict": true,
              "exactOptionalPropertyTypes": true, "skipLibCheck": false, "noEmit": true}, "files": ["user.ts"]}
            """;

    @TempDir
    private Path user;

    @Test
    void hasTheVersionOfTheService() throws IOException {
        var pom = VERSION.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(pom.find()).isTrue();
        JsonNode description = JsonMapper.shared()
                .readTree(NodeJs.SOURCES.resolve("package.json").toFile());
        assertThat(description.path("version").asString()).isEqualTo(pom.group(1));
        assertThat(description.has("dependencies")).isFalse();
    }

    @Test
    void canBeInstalledAndUsed() throws Exception {
        NodeJs.requireTools();
        Requirements.require(Requirements.onPath("npm"), "The client's package is not made: there is no npm");
        String tsc = NodeJs.SOURCES.resolve("node_modules/typescript/bin/tsc").toString();
        NodeJs.run(tsc, "--project", "tsconfig.types.json");

        Path target = Path.of("target").toAbsolutePath();
        String packed =
                NodeJs.run(NodeJs.PACKAGE, List.of("npm", "pack", "--silent", "--pack-destination", target.toString()));
        Path tarball = target.resolve(packed.strip());
        assertThat(tarball).exists();

        Files.writeString(user.resolve("package.json"), "{\"type\": \"module\"}");
        NodeJs.run(user, List.of("npm", "install", "--offline", "--no-audit", "--no-fund", tarball.toString()));
        try (Stream<Path> installed = Files.list(user.resolve("node_modules"))) {
            assertThat(installed.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("@pushwire", ".package-lock.json");
        }
        Files.writeString(user.resolve("user.ts"), USER);
        Files.writeString(user.resolve("tsconfig.json"), CONFIGURATION);
        NodeJs.run(user, List.of(NodeJs.program().toString(), tsc));

        String names = "console.log(Object.keys(await import('@pushwire/client')).sort().join())";
        String exported =
                NodeJs.run(user, List.of(NodeJs.program().toString(), "--input-type=module", "--eval", names));
        assertThat(exported.strip().split(",")).containsExactlyElementsOf(VALUES);
    }
}
