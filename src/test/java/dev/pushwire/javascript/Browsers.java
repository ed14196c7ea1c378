package dev.pushwire.javascript;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import dev.pushwire.service.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The browsers that the machine has. */
public final class Browsers {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final List<Path> FIREFOX = List.of(Path.of("/usr/bin/firefox-esr"), Path.of("/usr/bin/firefox"));

    private Browsers() {}

    public static Playwright playwright() {
        return Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** Skips the test where there is none. */
    public static void requireChromium() {
        Requirements.require(Files.isExecutable(CHROMIUM), "Nothing is tested in Chromium: there is no " + CHROMIUM);
    }

    public static Browser chromium(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    public static void requireFirefox() {
        Requirements.require(
                FIREFOX.stream().anyMatch(Files::isExecutable), "Nothing is tested in Firefox: there is no " + FIREFOX);
    }

    /** Mozilla's own, by the protocol that it speaks (WebDriver BiDi), instead of one that Playwright patched. */
    public static Browser firefox(Playwright playwright) {
        Path program = FIREFOX.stream().filter(Files::isExecutable).findFirst().orElseThrow();
        return playwright
                .firefox()
                .launch(new LaunchOptions().setChannel("moz-firefox").setExecutablePath(program));
    }
}
