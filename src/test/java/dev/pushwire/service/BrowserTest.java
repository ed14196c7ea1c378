package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import dev.pushwire.push.PushClose;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Chromium on the service's own page, used as a person would. */
class BrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static Playwright playwright;
    private static Browser browser;

    private final RunningService service = RunningService.with();
    private final List<String> complaints = new ArrayList<>();
    private BrowserContext person;

    @BeforeAll
    static void startBrowser() {
        Requirements.require(Files.isExecutable(CHROMIUM), "The page is not tested: there is no " + CHROMIUM);
        playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void stopBrowser() {
        if (playwright != null) {
            playwright.close(); // and with it the browser
        }
    }

    @BeforeEach
    void openContext() {
        person = browser.newContext();
        person.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        person.onWebError(error -> complaints.add(error.error()));
    }

    @AfterEach
    void thePageHasNothingToComplainOf() {
        person.close();
        assertThat(complaints).as("errors of the page").isEmpty();
    }

    private ConsolePage openTab(String endpoint) {
        return new ConsolePage(person.newPage(), service.http("/#" + endpoint));
    }

    @Test
    void echoesText() {
        ConsolePage tab = openTab("/echo");
        tab.connect();
        tab.send("text", "Grüße 😀");
        tab.assertReceivedText("Grüße 😀");
        tab.send("text", "zweite");
        tab.assertReceivedText("zweite");
    }

    @ParameterizedTest
    @CsvSource({"blob, blob", "blob, arraybuffer", "arraybuffer, blob", "arraybuffer, arraybuffer"})
    void echoesBinary(String sentAs, String receivedAs) {
        ConsolePage tab = openTab("/echo");
        tab.receiveBinaryAs(receivedAs);
        tab.connect();
        tab.send(sentAs, "Hello");
        tab.assertReceivedBinary("48 65 6c 6c 6f");
    }

    @Test
    void showsTheSubprotocol() {
        ConsolePage tab = openTab("/echo&protocols=other,echo-protocol");
        tab.connect();
        tab.assertProtocol("echo-protocol");
    }

    @Test
    void twoTabsChat() {
        ConsolePage one = openTab("/chat/browsers");
        ConsolePage two = openTab("/chat/browsers");
        one.connect();
        two.connect();
        one.send("text", "anybody here?");
        two.assertReceivedText("anybody here?");
        two.send("text", "I am");
        one.assertReceivedText("I am");
        two.assertReceivedText("I am");
    }

    @Test
    void aSubscriberReceivesWhatABackEndPublishes() {
        ConsolePage tab = openTab("/topics/news");
        tab.connect();
        service.post("/topics/news", "application/x-www-form-urlencoded", BodyPublishers.ofString("a=1&b=2"));
        tab.assertReceivedText("a=1&b=2");
        service.post("/topics/news", "application/octet-stream", BodyPublishers.ofByteArray(new byte[] {0, -1}));
        tab.assertReceivedBinary("00 ff");
    }

    @Test
    void closesWithACodeAndAReason() {
        ConsolePage tab = openTab("/echo");
        tab.connect();
        tab.close("3001", "done here");
        tab.assertClosed("3001", "true", "done here"); // the page's own words, which the service echoes
        tab.connect();
        tab.send("text", "back again");
        tab.assertReceivedText("back again");
    }

    @Test
    void showsWhyTheServiceCloses() {
        ConsolePage tab = openTab("/push");
        tab.connect();
        tab.send("text", "no command\n".repeat(16));
        tab.assertClosed("4400", "true", PushClose.BAD_COMMANDS.status().reason());
    }

    /** It would end the connection. */
    @Test
    void sendsNothingToATopic() {
        ConsolePage tab = openTab("/topics/news");
        tab.connect();
        tab.assertMayNotSend();
    }
}
