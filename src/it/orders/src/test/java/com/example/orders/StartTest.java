package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.push.Topics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The ways in which an application may start. */
class StartTest {
    private static ConfigurableApplicationContext start(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--server.port=0";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return SpringApplication.run(OrdersApplication.class, all);
    }

    private static int port(ConfigurableApplicationContext application, String which) {
        return application.getEnvironment().getRequiredProperty("local." + which + ".port", Integer.class);
    }

    @Test
    void twoInOneJvm() throws Exception {
        try (ConfigurableApplicationContext one = start();
                ConfigurableApplicationContext two = start();
                Sockets subscriber = Sockets.open(port(one, "server"), "/topics/shipments.x", null)) {
            two.getBean(Topics.class).publish("shipments.x", "elsewhere"); // each has topics of its own
            one.getBean(Topics.class).publish("shipments.x", "here");
            assertThat(subscriber.next()).isEqualTo("here");
        }
    }

    @Test
    void withAContextPathAManagementPortAndPlatformThreads() throws Exception {
        try (ConfigurableApplicationContext application = start(
                        "--server.servlet.context-path=/shop",
                        "--management.server.port=0",
                        "--spring.threads.virtual.enabled=false");
                Sockets ada = Sockets.open(port(application, "server"), "/shop/orders/ada", "ada")) {
            ada.send("4711");
            assertThat(ada.next()).isEqualTo("packed");
            URI health = URI.create("http://localhost:" + port(application, "management") + "/actuator/health");
            assertThat(Sockets.HTTP
                            .send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void withVirtualThreads() throws Exception {
        try (ConfigurableApplicationContext application = start("--spring.threads.virtual.enabled=true");
                Sockets ada = Sockets.open(port(application, "server"), "/orders/ada", "ada")) {
            ada.send("4711");
            assertThat(ada.next()).isEqualTo("packed");
        }
    }

    /** An application of nothing but its libraries. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Bare {}

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void notWithoutAServerAndItSaysWhy(CapturedOutput output) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(Bare.class)
                        .web(WebApplicationType.NONE)
                        .run())
                .isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START").contains("pushwire.enabled=false");
    }

    @Test
    void withoutAServerWherePushwireIsOff() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Bare.class)
                .web(WebApplicationType.NONE)
                .run("--pushwire.enabled=false")) {
            assertThat(application.getBeanProvider(Topics.class).stream()).isEmpty();
        }
    }

    @Test
    void withTheHttpApiWhereItIsAskedFor() throws Exception {
        try (ConfigurableApplicationContext application = start("--pushwire.api.enabled=true")) {
            URI topics = URI.create("http://localhost:" + port(application, "server") + "/topics/news");
            assertThat(Sockets.HTTP
                            .send(HttpRequest.newBuilder(topics).build(), BodyHandlers.ofString())
                            .body())
                    .contains("\"topic\":\"news\"");
        }
    }
}
