package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.RunningService;
import java.lang.reflect.Parameter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The document has exactly the paths of the controllers. Each call of {@link ApiServiceTest} checks that requests and
 * answers match it, and {@link PushOpenApiTest} does so for {@code /push}.
 */
class OpenApiTest {
    private final RunningService service = RunningService.with();

    @Test
    void hasEachPathAndParameterThatThereIsAndNoOther() {
        Map<String, List<String>> mapped = new TreeMap<>();
        service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    if (handler.getBeanType().getPackage() == OpenApiTest.class.getPackage()
                            && handler.getBeanType() != ErrorPage.class) {
                        add(mapping, handler, mapped);
                    }
                });
        mapped.putAll(PushOpenApiTest.OPERATIONS);
        assertThat(OpenApi.operations()).isEqualTo(mapped);
    }

    private static void add(RequestMappingInfo mapping, HandlerMethod handler, Map<String, List<String>> operations) {
        mapping.getPatternValues()
                .forEach(path -> mapping.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> operations.put(method + " " + path, parameters(handler))));
    }

    private static List<String> parameters(HandlerMethod handler) {
        return Arrays.stream(handler.getMethod().getParameters())
                .flatMap(OpenApiTest::name)
                .sorted()
                .toList();
    }

    private static Stream<String> name(Parameter parameter) {
        PathVariable variable = parameter.getAnnotation(PathVariable.class);
        if (variable != null) {
            return Stream.of(variable.value());
        }
        RequestParam query = parameter.getAnnotation(RequestParam.class);
        if (query == null) {
            return Stream.empty();
        }
        boolean optional = !query.required() || !query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
        return Stream.of((query.name().isEmpty() ? query.value() : query.name()) + (optional ? "?" : ""));
    }

    @Test
    void isServed() throws Exception {
        HttpResponse<String> answer = service.get("/openapi.yaml");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(answer.body()).isEqualTo(Files.readString(Path.of("src/main/resources/static/openapi.yaml")));
    }
}
