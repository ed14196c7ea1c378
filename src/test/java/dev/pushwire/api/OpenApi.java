package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document, as the service serves it. */
final class OpenApi {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
    private static final Map<String, Object> DOCUMENT = read();

    private OpenApi() {}

    private static Map<String, Object> read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/static/openapi.yaml")) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One method of one path: {@code GET /api/topics}, with the parameters it takes, {@code name} or {@code name?}. */
    static Map<String, List<String>> operations() {
        Map<String, List<String>> operations = new TreeMap<>();
        map(DOCUMENT, "paths")
                .forEach((path, item) -> METHODS.forEach(method -> {
                    if (((Map<?, ?>) item).get(method) instanceof Map<?, ?> operation) {
                        List<String> parameters = new ArrayList<>();
                        addParameters(((Map<?, ?>) item).get("parameters"), parameters);
                        addParameters(operation.get("parameters"), parameters);
                        operations.put(
                                method.toUpperCase(Locale.ROOT) + " " + path,
                                parameters.stream().sorted().toList());
                    }
                }));
        return operations;
    }

    private static void addParameters(Object list, List<String> names) {
        if (list instanceof List<?> parameters) {
            for (Object each : parameters) {
                Map<String, Object> parameter = resolved(each);
                if (!parameter.get("in").equals("header")) {
                    names.add(parameter.get("name") + (Boolean.TRUE.equals(parameter.get("required")) ? "" : "?"));
                }
            }
        }
    }

    /** Asserts that the answer matches the document, for this method and path. */
    static void assertAnswer(String method, String path, int status, String body) {
        Map<String, Object> responses = map(operation(method, path), "responses");
        Map<String, Object> response =
                resolved(responses.getOrDefault(Integer.toString(status), responses.get("default")));
        Map<String, Object> content = map(response, "content");
        assertValid(map((Map<?, ?>) content.values().iterator().next(), "schema"), body);
    }

    /** The same for any answer. The document must name its status explicitly. */
    static void assertAnswer(String method, String path, HttpResponse<String> answer) {
        Map<String, Object> responses = map(operation(method, path), "responses");
        assertThat(responses).as("%s %s", method, path).containsKey(Integer.toString(answer.statusCode()));
        Map<String, Object> response = resolved(responses.get(Integer.toString(answer.statusCode())));
        if (!response.containsKey("content")) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none").split(";")[0];
        Map<String, Object> schema = map(map(map(response, "content"), type), "schema");
        assertValid(
                schema,
                type.equals("application/problem+json")
                        ? answer.body()
                        : new JsonMapper().writeValueAsString(answer.body()));
    }

    /** The names of an operation's parameters of this type, in the query. */
    static List<String> queryParameters(String method, String path, String type) {
        List<String> names = new ArrayList<>();
        if (operation(method, path).get("parameters") instanceof List<?> parameters) {
            for (Object each : parameters) {
                Map<String, Object> parameter = resolved(each);
                if (parameter.get("in").equals("query")
                        && map(parameter, "schema").get("type").equals(type)) {
                    names.add((String) parameter.get("name"));
                }
            }
        }
        return names;
    }

    /** Asserts that an accepted request matches the document. */
    static void assertRequest(String method, String path, String body) {
        Map<String, Object> content = map(map(operation(method, path), "requestBody"), "content");
        if (content.get("application/json") instanceof Map<?, ?> json) {
            assertValid(map(json, "schema"), body);
        }
    }

    private static Map<String, Object> operation(String method, String pathAndQuery) {
        String path = pathAndQuery.split("\\?")[0];
        String template = map(DOCUMENT, "paths").keySet().stream()
                .filter(each -> path.matches(each.replaceAll("\\{\\w+}", "[^/]+")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No path of the document is " + path));
        return map(map(map(DOCUMENT, "paths"), template), method.toLowerCase(Locale.ROOT));
    }

    private static void assertValid(Map<String, Object> schema, String json) {
        Map<String, Object> whole = new TreeMap<>(schema);
        whole.put("components", DOCUMENT.get("components"));
        var compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new JsonMapper().writeValueAsString(whole));
        assertThat(compiled.validate(json, InputFormat.JSON)).as(json).isEmpty();
    }

    private static Map<String, Object> resolved(Object node) {
        Map<String, Object> map = map(Map.of("node", node), "node");
        if (map.get("$ref") instanceof String reference) {
            Map<String, Object> target = DOCUMENT;
            for (String step : reference.substring("#/".length()).split("/")) {
                target = map(target, step);
            }
            return target;
        }
        return map;
    }

    @SuppressWarnings("unchecked") // YAML's keys are strings here
    private static Map<String, Object> map(Map<?, ?> parent, String key) {
        assertThat(parent.get(key)).as("%s in %s", key, parent.keySet()).isInstanceOf(Map.class);
        return (Map<String, Object>) parent.get(key);
    }
}
