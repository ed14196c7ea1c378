package dev.pushwire.javascript;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.pushwire.service.SocketIoDialogue;
import java.util.ArrayList;
import java.util.List;

/** The official client of Socket.IO in a page that loads it from the service. */
final class SocketIoInPage implements SocketIoDialogue.Client {
    private final Browser browser;

    SocketIoInPage(Browser browser) {
        this.browser = browser;
    }

    @Override
    public List<String> talk(String url, Runnable cut) {
        try (Page page = browser.newPage()) {
            page.navigate(url + "/socketio-dialogue.html");
            List<String> seen = new ArrayList<>();
            add(seen, page.evaluate("untilTheCut()"));
            cut.run();
            add(seen, page.evaluate("afterTheCut()"));
            return seen;
        }
    }

    private static void add(List<String> seen, Object more) {
        ((List<?>) more).forEach(line -> seen.add((String) line));
    }
}
