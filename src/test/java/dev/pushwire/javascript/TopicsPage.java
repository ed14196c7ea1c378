package dev.pushwire.javascript;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;

/** The service's page in one tab of a browser. Its methods are what a person does and sees there. */
final class TopicsPage {
    /** In milliseconds, for a machine that is busy with other things. */
    private static final double PATIENCE = 30_000;

    private static final LocatorAssertions.HasTextOptions TEXT =
            new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
    private static final LocatorAssertions.ContainsTextOptions CONTAINED =
            new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);

    private final Page page;

    /** @param topic the topic of both clients */
    TopicsPage(Page page, URI service, String topic) {
        this.page = page;
        page.setDefaultTimeout(PATIENCE);
        page.navigate(service.resolve("/#topic=" + topic).toString());
    }

    Page page() {
        return page;
    }

    Client clientA() {
        return new Client(page.locator(".pane").nth(0));
    }

    Client clientB() {
        return new Client(page.locator(".pane").nth(1));
    }

    void awaitBothConnected() {
        clientA().assertState("Connected");
        clientB().assertState("Connected");
    }

    void choose(String topic) {
        page.locator("#topic").fill(topic);
        page.getByText("Subscribe both").click();
    }

    void assertKnowsOf(String topic) {
        assertThat(page.locator("#topics button[data-topic='" + topic + "']"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
    }

    void assertSays(String fact) {
        assertThat(page.locator("#facts")).containsText(fact, CONTAINED);
    }

    void publishOverHttp(String body) {
        page.locator("#publish-body").fill(body);
        page.locator("#publish").click();
    }

    void useKey(String key) {
        page.locator("#publish-key").fill(key);
    }

    void assertPublished(String result) {
        assertThat(page.locator("#publish-result")).containsText(result, CONTAINED);
    }

    void assertPublishOverHttpIsOff() {
        assertThat(page.locator("#publish")).isDisabled();
    }

    /** @param language as the page calls it */
    String code(String language) {
        page.locator("#code-picks")
                .getByText(language, new Locator.GetByTextOptions().setExact(true))
                .click();
        return page.locator("#code").textContent();
    }

    /** Opens a part that is folded away. */
    void unfold(String title) {
        page.locator("summary")
                .getByText(title, new Locator.GetByTextOptions().setExact(true))
                .click();
    }

    void press(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** @param events the last of Socket.IO, as the page shows them */
    void assertSocketIo(String... events) {
        for (int i = 0; i < events.length; i++) {
            String last = "#io-log li:nth-last-child(" + (events.length - i) + ") .payload";
            assertThat(page.locator(last)).hasText(events[i], TEXT);
        }
    }

    /** One of the two clients. */
    record Client(Locator pane) {
        private Locator part(String name) {
            return pane.locator("[data-part=" + name + "]");
        }

        void assertState(String state) {
            assertThat(part("state")).hasText(state, TEXT);
        }

        void assertFails(String why) {
            assertThat(part("error")).containsText(why, CONTAINED);
        }

        void publish(String text) {
            part("message").fill(text);
            part("message").press("Enter");
        }

        void useToken(String token) {
            part("token").fill(token);
            part("token").press("Enter");
        }

        void cut() {
            pane.getByText("Cut the connection").click();
            assertState("Cut");
        }

        void mend() {
            pane.getByText("Connect again").click();
        }

        /** @param kind {@code live}, {@code own}, {@code history} or {@code replayed} */
        void assertShown(String kind, String... texts) {
            assertThat(part("entries").locator("[data-kind=" + kind + "] .payload"))
                    .hasText(texts, TEXT);
        }

        void assertNoted(String note) {
            assertThat(part("entries").locator("[data-kind=note] .payload").last())
                    .hasText(note, TEXT);
        }

        void assertMissed(String why) {
            assertThat(part("entries").locator("[data-kind=reset]")).containsText(why, CONTAINED);
        }

        void assertHere(String... members) {
            assertThat(part("members").locator("li")).hasText(members, TEXT);
        }

        void assertSees(String note) {
            assertThat(part("members-note")).hasText(note, TEXT);
        }

        void assertMayNotPublish(String why) {
            assertThat(part("composer-note")).hasText(why, TEXT);
            assertThat(part("publish")).isDisabled();
        }

        void assertSaysOfPublishing(String note) {
            assertThat(part("composer-note")).hasText(note, TEXT);
        }
    }
}
