package dev.pushwire.javascript;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ClientInFirefoxTest extends ClientContract {
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
}
