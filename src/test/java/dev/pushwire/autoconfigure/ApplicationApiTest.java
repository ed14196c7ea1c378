package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The API within an application that has its own ways: they are for its own paths. */
class ApplicationApiTest {
    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues("pushwire.api.enabled=true");

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Orders.class, Errors.class})
    static class Application {}

    record Order(String orderNumber, int itemsLeft) {}

    @RestController
    static class Orders {
        @GetMapping("/order")
        Order order() {
            return new Order("4711", 0);
        }

        @GetMapping("/fails")
        void fails() {
            throw new IllegalStateException("on purpose");
        }
    }

    /** As many applications have it. */
    @RestControllerAdvice
    static class Errors {
        @ExceptionHandler
        ResponseEntity<String> any(Exception failure) {
            return ResponseEntity.internalServerError().body("our own words");
        }
    }

    private static MockHttpServletResponse answer(MockMvc mvc, RequestBuilder request) throws Exception {
        return mvc.perform(request).andReturn().getResponse();
    }

    @Test
    void answersItsErrorsItself() {
        application.run(context -> {
            MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
            for (RequestBuilder wrong : new RequestBuilder[] {
                get("/api/topics/a..b"), get("/api/connections"), get("/api/topics?limit=many"), post("/topics/a..b")
            }) {
                MockHttpServletResponse answer = answer(mvc, wrong);
                assertThat(answer.getStatus()).isEqualTo(400);
                assertThat(answer.getContentType()).isEqualTo("application/problem+json");
            }
            MockHttpServletResponse elsewhere = answer(mvc, get("/fails"));
            assertThat(elsewhere.getStatus()).isEqualTo(500);
            assertThat(elsewhere.getContentAsString()).isEqualTo("our own words");
        });
    }

    @Test
    void speaksTheJsonThatItDescribes() {
        application
                .withPropertyValues(
                        "spring.jackson.property-naming-strategy=SNAKE_CASE",
                        "spring.jackson.default-property-inclusion=non_default")
                .run(context -> {
                    MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
                    String topic = answer(mvc, get("/api/topics/news")).getContentAsString();
                    assertThat((int) JsonPath.read(topic, "$.subscribers")).isZero();
                    assertThat((int) JsonPath.read(topic, "$.historySize")).isZero();
                    assertThat(answer(mvc, get("/order")).getContentAsString())
                            .isEqualTo("{\"order_number\":\"4711\"}");
                });
    }
}
