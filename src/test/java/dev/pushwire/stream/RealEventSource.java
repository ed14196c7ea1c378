package dev.pushwire.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.pushwire.javascript.Browsers;
import dev.pushwire.service.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** An {@code EventSource} of another project. */
interface RealEventSource extends AutoCloseable {
    /** The implementations. */
    enum Kind {
        NPM_EVENTSOURCE {
            @Override
            void require() {
                requireOfNpm("eventsource");
            }

            @Override
            RealEventSource open(Playwright browsers, String origin, String path) {
                return ofNpm("eventsource", origin + path);
            }
        },
        NPM_UNDICI {
            @Override
            void require() {
                requireOfNpm("undici");
            }

            @Override
            RealEventSource open(Playwright browsers, String origin, String path) {
                return ofNpm("undici", origin + path);
            }
        },
        CHROMIUM {
            @Override
            void require() {
                Browsers.requireChromium();
            }

            @Override
            RealEventSource open(Playwright browsers, String origin, String path) {
                return inPage(Browsers.chromium(browsers), origin, path);
            }
        },
        FIREFOX {
            @Override
            void require() {
                Browsers.requireFirefox();
            }

            @Override
            RealEventSource open(Playwright browsers, String origin, String path) {
                return inPage(Browsers.firefox(browsers), origin, path);
            }
        };

        /** Skips the test where the machine has none. */
        abstract void require();

        abstract RealEventSource open(Playwright browsers, String origin, String path);
    }

    /** What its listener for messages was told so far. */
    List<String> messages();

    @Override
    void close();

    private static Path node(String file) {
        return Path.of("src/test/node", file);
    }

    private static void requireOfNpm(String library) {
        Requirements.require(
                Files.isDirectory(node("node_modules").resolve(library)) && Requirements.onPath("node"),
                "npm's " + library + " is not tested: run npm ci --ignore-scripts in src/test/node");
    }

    private static RealEventSource ofNpm(String library, String url) {
        Lines process = Lines.of("node", node("event-source.mjs").toString(), library, url);
        return new RealEventSource() {
            @Override
            public List<String> messages() {
                return process.all().stream()
                        .filter(line -> line.startsWith("message "))
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                        .map(data -> new String(Base64.getDecoder().decode(data), UTF_8))
                        .toList();
            }

            @Override
            public void close() {
                process.close();
            }
        };
    }

    private static RealEventSource inPage(Browser browser, String origin, String path) {
        Page page = browser.newPage();
        page.navigate(origin + "/favicon.svg"); // any page of the same origin
        page.evaluate("""
                path => {
                    window.messages = [];
                    window.source = new EventSource(path);
                    window.source.onmessage = event => window.messages.push(event.data);
                }""", path);
        return new RealEventSource() {
            @Override
            public List<String> messages() {
                return ((List<?>) page.evaluate("() => window.messages"))
                        .stream().map(String::valueOf).toList();
            }

            @Override
            public void close() {
                browser.close();
            }
        };
    }
}
