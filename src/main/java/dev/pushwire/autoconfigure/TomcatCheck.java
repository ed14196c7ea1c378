package dev.pushwire.autoconfigure;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Checks that the application runs on Tomcat: it may have Tomcat among its libraries and run on another server. */
final class TomcatCheck implements ApplicationListener<ServletWebServerInitializedEvent> {
    @Override
    public void onApplicationEvent(ServletWebServerInitializedEvent event) {
        if (!(event.getWebServer() instanceof TomcatWebServer)) {
            throw new NeedsTomcatException();
        }
    }
}
