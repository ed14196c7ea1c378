package dev.pushwire.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.SocketIoDialogue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClientInChromiumTest extends RoughNetworkContract {
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void startBrowser() {
        Browsers.requireChromium();
        playwright = Browsers.playwright();
        browser = Browsers.chromium(playwright);
    }

    @AfterAll
    static void stopBrowser() {
        if (playwright != null) {
            playwright.close(); // and with it the browser
        }
    }

    @Override
    ClientHost open(int port) {
        return new BrowserHost(browser, "http://localhost:" + port);
    }

    /** It comes back with the network, though it would wait for much longer. */
    @Test
    void comesBackWithTheNetwork() {
        RunningService service = RunningService.with();
        try (BrowserHost host = new BrowserHost(browser, service.http("").toString())) {
            String address = host.address(service.port());
            host.run("remote.start('" + address + "', { minDelay: 100_000, maxDelay: 200_000 })");
            host.run("await remote.listen('news')");
            host.offline(true);
            await().atMost(ClientHost.PATIENCE)
                    .until(() -> host.run("return remote.push.state").asString().equals("waiting"));
            // as if it had waited for some time already
            host.run("const { now } = Date; Date.now = () => now() + 150_000");
            host.offline(false);
            await().atMost(ClientHost.PATIENCE)
                    .until(() -> host.run("return remote.push.state").asString().equals("connected"));
            host.run("await remote.push.ping()");
        }
    }

    /** What a dev server on another port meets first. */
    @Test
    void namesTheOriginWhereItIsNotAllowed() {
        RunningService service = RunningService.with();
        try (BrowserHost host = new BrowserHost(browser, "http://127.0.0.1:" + service.port())) {
            host.run("remote.start('" + host.address(service.port()) + "')");
            await().atMost(ClientHost.PATIENCE)
                    .until(() -> host.run("return remote.errors.length").asInt() > 0);
            assertThat(host.run("return remote.errors[0]").asString())
                    .contains("refuses pages of http://127.0.0.1:" + service.port());
        }
    }

    /** Not ours, but for it no second browser is started. */
    @Test
    @Timeout(150)
    void theClientOfSocketIoTalks() throws Exception {
        SocketIoDialogue.assertHeldBy(new SocketIoInPage(browser));
    }
}
