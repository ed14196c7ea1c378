package dev.pushwire.javascript;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The script in a page of a browser. The page comes from the service, and stays when that goes. */
final class BrowserHost implements ClientHost {
    private final BrowserContext context;
    private final Page page;

    /** @param origin from which the page comes, and the client with it */
    BrowserHost(Browser browser, String origin) {
        this.context = browser.newContext();
        this.page = context.newPage();
        page.navigate(origin + "/client.html");
        page.evaluate("() => {" + helpers() + "}");
    }

    private static String helpers() {
        try {
            return Files.readString(HELPERS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public JsonNode run(String code) {
        Object json = page.evaluate("async () => JSON.stringify((await (async () => { " + code + " })()) ?? null)");
        return JsonMapper.shared().readTree((String) json);
    }

    void offline(boolean offline) {
        context.setOffline(offline);
    }

    @Override
    public void close() {
        context.close();
    }
}
