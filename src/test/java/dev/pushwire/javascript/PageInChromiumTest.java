package dev.pushwire.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import dev.pushwire.access.Tokens;
import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of the service, used as a person would. */
class PageInChromiumTest {
    private static final String KEY = "a-key-of-the-page's-tests";

    private static Playwright playwright;
    private static Browser browser;
    private static int topics;

    private final RunningService service = RunningService.with();
    private final List<String> complaints = new ArrayList<>();
    private BrowserContext person;

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

    @BeforeEach
    void openContext() {
        person = browser.newContext(
                new NewContextOptions().setViewportSize(390, 844)); // a phone's, which is the harder one
        person.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        person.onWebError(error -> complaints.add(error.error()));
    }

    @AfterEach
    void closeContext() {
        person.close();
    }

    private void assertNothingToComplainOf() {
        assertThat(complaints).as("errors of the page").isEmpty();
    }

    /** Of a topic that no other test uses. */
    private static String newTopic() {
        return "demo.page" + ++topics;
    }

    private TopicsPage open(String topic) {
        TopicsPage page = new TopicsPage(person.newPage(), service.http("/"), topic);
        page.awaitBothConnected();
        return page;
    }

    @Test
    void whoComesOrGoesBeforeTheAnswerDoesNotGetLost() {
        Object shown = open(newTopic()).page().evaluate("""
                        async () => {
                          const { Members } = await import('/js/topics/members.js')
                          const list = document.createElement('ul')
                          const members = new Members(list, document.createElement('p'))
                          const [own, gone, come] = ['own', 'gone', 'come'].map(connection => ({ connection }))
                          const { promise, resolve } = Promise.withResolvers()
                          const asked = members.ask(promise, 'own')
                          members.join(come)
                          members.leave(gone)
                          resolve([gone, own])
                          await asked
                          return [...list.children].map(item => item.textContent).join()
                        }""");
        assertThat(shown).isEqualTo("own (this one),come");
        assertNothingToComplainOf();
    }

    @Test
    void bothReceiveWhatOnePublishes() {
        TopicsPage page = open(newTopic());
        page.clientA().publish("Grüße 😀");
        page.clientB().assertShown("live", "Grüße 😀");
        page.clientA().assertShown("own", "Grüße 😀");
        page.clientB().publish("{\"price\": [9.50]}");
        page.clientA().assertShown("live", "{\"price\":[9.5]}");
        assertNothingToComplainOf();
    }

    @Test
    void showsWhatIsReplayedAfterACut() {
        TopicsPage page = open(newTopic());
        page.clientB().publish("before");
        page.clientA().assertShown("live", "before");
        page.clientA().cut();
        page.clientB().publish("one");
        page.clientB().publish("two");
        page.clientA().publish("mine");
        page.clientB().assertShown("own", "before", "one", "two");
        page.clientA().assertSaysOfPublishing("1 to publish once there is a connection.");
        page.clientA().mend();
        page.clientA().assertNoted("Back, and nothing was missed");
        page.clientA().assertShown("replayed", "one", "two");
        page.clientA().assertShown("own", "mine");
        page.clientA().assertSaysOfPublishing("");
        page.clientB().publish("after");
        page.clientA().assertShown("live", "before", "after");
        assertNothingToComplainOf();
    }

    @Test
    void beginsWithTheHistory() {
        String topic = newTopic();
        service.post("/topics/" + topic, "text/plain", BodyPublishers.ofString("before"));
        TopicsPage page = open(topic);
        page.clientA().assertShown("history", "before");
        page.clientB().publish("after");
        page.clientA().assertShown("live", "after");
        assertNothingToComplainOf();
    }

    @Test
    void saysThatSomethingWasMissed() {
        String topic = "forgetful" + newTopic();
        TopicsPage page = open(topic);
        page.assertSays("It remembers nothing");
        page.publishOverHttp("before");
        page.clientA().assertShown("live", "before");
        page.clientA().cut();
        page.publishOverHttp("missed");
        page.clientB().assertShown("live", "before", "missed");
        page.clientA().mend();
        page.clientA().assertMissed("the topic does not remember so far back");
        assertNothingToComplainOf();
    }

    @Test
    void showsWhoIsThere() {
        TopicsPage page = open(newTopic());
        page.assertSays("It shows who is there");
        page.clientA().assertHere("Client A (this one)", "Client B");
        page.clientB().assertHere("Client B (this one)", "Client A");
        page.clientA().cut();
        page.clientB().assertHere("Client B (this one)");
        page.clientA().assertSees("Not known while the connection is cut.");
        page.clientA().mend();
        page.clientB().assertHere("Client B (this one)", "Client A");
        assertNothingToComplainOf();
    }

    @Test
    void topicsComeByThemselves() {
        TopicsPage page = open(newTopic());
        String other = newTopic();
        open(other);
        page.assertKnowsOf(other);
        assertNothingToComplainOf();
    }

    @Test
    void publishesOnlyWhereThatIsAllowed() {
        TopicsPage page = open("news");
        page.clientA()
                .assertMayNotPublish("Here a client publishes with a token that allows it. A back end may over HTTP.");
        page.clientA().assertSees("This topic does not show who is there.");
        page.publishOverHttp("from a back end");
        page.assertPublished("2 subscribers reached");
        page.choose("demo.*");
        page.clientA().assertMayNotPublish("A pattern is for reading: choose a topic to publish.");
        page.assertPublishOverHttpIsOff();
        String topic = newTopic();
        page.clientA().assertSees("A pattern does not show who is there.");
        service.post("/topics/" + topic, "text/plain", BodyPublishers.ofString("seen"));
        page.clientA().assertShown("live", "seen");
        page.choose(topic);
        page.clientA().assertSaysOfPublishing("");
        page.clientA().publish("allowed");
        page.clientB().assertShown("live", "allowed");
        assertNothingToComplainOf();
    }

    @Test
    void asksForATokenWhereOneIsNeeded() {
        RunningService closed = RunningService.with(
                "pushwire.access.anonymous=false",
                "pushwire.access.jwt.secret=" + Tokens.SECRET,
                "pushwire.api.keys.page.secret=" + KEY);
        TopicsPage page = new TopicsPage(person.newPage(), closed.http("/"), "demo.secured");
        page.clientA().assertFails("token");
        assertThat(page.code("Client")).contains("{ token: () => fetchToken() }");
        assertThat(page.code("curl")).doesNotContain("Authorization");
        page.publishOverHttp("it's");
        page.assertPublished("401");
        assertThat(page.code("curl"))
                .isEqualTo("curl -H \"Authorization: Bearer $PUSHWIRE_KEY\" -d 'it'\\''s' "
                        + closed.http("/topics/demo.secured"));
        page.clientA().useToken(Tokens.of("ada").signed());
        page.clientA().assertState("Connected as ada");
        page.clientA().assertHere("ada, Client A (this one)");
        page.clientB().useToken("no token");
        page.clientB().assertState("Closed");
        page.clientB().assertMayNotPublish("There is no connection.");
        page.useKey(KEY);
        page.publishOverHttp("with a key");
        page.assertPublished("1 subscriber reached");
        page.clientA().assertShown("live", "with a key");
    }

    /** Runs the code as if it were pasted into the console, where a call imports a module. */
    @Test
    void theCodeRuns() {
        String topic = newTopic();
        TopicsPage page = open(topic);
        page.unfold("Socket.IO"); // brings its script
        page.press("Connect");
        page.assertSocketIo("news {\"hello\":\"world\"}");
        for (String language : List.of("Client", "WebSocket", "EventSource", "Socket.IO")) {
            String code = page.code(language)
                    .replaceFirst("import \\{ connect } from (.*)", "const { connect } = await import($1)");
            page.page().evaluate("() => { window.printed = []; console.log = (...all) => printed.push(String(all)) }");
            page.page().evaluate("async () => {" + code + "}");
            String body = "for " + language;
            await(language).atMost(ClientHost.PATIENCE).until(() -> {
                service.post("/topics/" + topic, "text/plain", BodyPublishers.ofString(body));
                return page.page().evaluate("printed.join()").toString().contains(body);
            });
        }
        assertNothingToComplainOf();
    }

    @Test
    void triesSocketIo() {
        TopicsPage page = open(newTopic());
        page.unfold("Socket.IO");
        page.press("Connect");
        page.assertSocketIo("news {\"hello\":\"world\"}");
        page.press("Emit echo");
        page.assertSocketIo("echo \"hello\"", "acknowledgement of echo \"hello\"");
        page.press("Emit anotherNews");
        page.press("Join");
        page.assertSocketIo("anotherNews \"hello\"", "join \"lobby\"", "acknowledgement of join \"lobby\"");
        page.press("Say the text to the room");
        page.assertSocketIo("say \"lobby\" \"hello\"", "said \"hello\"");
        page.press("Disconnect");
        page.assertSocketIo("Disconnected: io client disconnect");
        assertNothingToComplainOf();
    }

    /** A name for each control, and nothing beyond the edge of a phone. */
    @Test
    void isForEverybody() {
        TopicsPage page = open(newTopic());
        page.unfold("Socket.IO");
        page.unfold("Plain WebSockets");
        page.page().locator("details").evaluateAll("all => all.forEach(each => { each.open = true })");
        assertThat(page.page()
                        .locator("input, select, textarea, button")
                        .evaluateAll(
                                "all => all.filter(each => !each.labels?.length && !each.ariaLabel && !each.textContent.trim())"
                                        + ".map(each => each.outerHTML)"))
                .isEqualTo(List.of());
        assertThat(page.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        page.page().locator("input[name=code]:checked").press("ArrowRight");
        assertThat(page.page().locator("#code").textContent()).contains("new WebSocket(");
        assertNothingToComplainOf();
    }
}
