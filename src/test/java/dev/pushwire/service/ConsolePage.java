package dev.pushwire.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;

/**
 * The part of the service's page for plain WebSockets, in one tab of a browser. Its methods are what a person does and
 * sees there.
 */
final class ConsolePage {
    private final Page page;

    ConsolePage(Page page, URI address) {
        this.page = page;
        page.navigate(address.toString());
    }

    void connect() {
        page.locator("#connect").click();
        assertThat(page.locator("#ready-state")).hasText("OPEN");
    }

    /** @param kind {@code text}, {@code blob} or {@code arraybuffer} */
    void send(String kind, String message) {
        page.locator("#send-kind").selectOption(kind);
        page.locator("#message").fill(message);
        page.locator("#send").click();
    }

    /** @param kind {@code blob} or {@code arraybuffer} */
    void receiveBinaryAs(String kind) {
        page.locator("#binary-type").selectOption(kind);
    }

    void close(String code, String reason) {
        page.locator("#close-code").fill(code);
        page.locator("#close-reason").fill(reason);
        page.locator("#disconnect").click();
    }

    void assertMayNotSend() {
        assertThat(page.locator("#send")).isDisabled();
    }

    void assertReceivedText(String text) {
        assertThat(lastReceived("text")).hasText(text);
    }

    void assertReceivedBinary(String hex) {
        assertThat(lastReceived("binary")).containsText(hex);
    }

    private Locator lastReceived(String kind) {
        return page.locator("#log li[data-direction=in][data-kind=" + kind + "] .payload")
                .last();
    }

    void assertProtocol(String protocol) {
        assertThat(page.locator("#protocol")).hasText(protocol);
    }

    void assertClosed(String code, String clean, String reason) {
        assertThat(page.locator("#ready-state")).hasText("CLOSED");
        assertThat(page.locator("#close-info-code")).hasText(code);
        assertThat(page.locator("#close-info-clean")).hasText(clean);
        assertThat(page.locator("#close-info-reason")).hasText(reason);
    }
}
