package com.example.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.push.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application that has Pushwire and runs on Jetty, without the server Tomcat. */
class JettyTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void doesNotStartAndSaysWhy(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(Application.class, "--server.port=0"))
                .isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Pushwire takes WebSockets over from an embedded Tomcat, and this application does not run on one.")
                .contains("Use spring-boot-starter-web with its Tomcat, as a servlet application,"
                        + " or leave Pushwire out with pushwire.enabled=false.");
    }

    @Test
    void startsWherePushwireIsOff() {
        try (ConfigurableApplicationContext application =
                SpringApplication.run(Application.class, "--server.port=0", "--pushwire.enabled=false")) {
            assertThat(application)
                    .isInstanceOfSatisfying(
                            WebServerApplicationContext.class,
                            context -> assertThat(context.getWebServer()).isInstanceOf(JettyWebServer.class));
            assertThat(application.getBeanProvider(Topics.class).stream()).isEmpty();
        }
    }
}
