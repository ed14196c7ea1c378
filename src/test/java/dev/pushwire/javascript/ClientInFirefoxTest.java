package dev.pushwire.javascript;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.SocketIoDialogue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClientInFirefoxTest extends RoughNetworkContract {
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void startBrowser() {
        Browsers.requireFirefox();
        playwright = Browsers.playwright();
        browser = Browsers.firefox(playwright);
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

    /** The service's own page, for whose sake no second browser is started. */
    @Test
    void thePageShowsWhatIsReplayedAndWhoIsThere() {
        TopicsPage page =
                new TopicsPage(browser.newPage(), RunningService.with().http("/"), "demo.firefox");
        page.awaitBothConnected();
        page.clientA().assertHere("Client A (this one)", "Client B");
        page.clientA().cut();
        page.clientB().assertHere("Client B (this one)");
        page.clientB().publish("missed");
        page.clientB().assertShown("own", "missed");
        page.clientA().mend();
        page.clientA().assertShown("replayed", "missed");
        page.publishOverHttp("hello");
        page.assertPublished("2 subscribers reached");
        page.clientA().assertShown("live", "hello");
        page.page().close();
    }

    /** Not ours, but for it no second browser is started. */
    @Test
    @Timeout(150)
    void theClientOfSocketIoTalks() throws Exception {
        SocketIoDialogue.assertHeldBy(new SocketIoInPage(browser));
    }
}
