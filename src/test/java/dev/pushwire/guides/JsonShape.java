package dev.pushwire.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that a page shows, by the names and types of its fields. The values are examples.
 *
 * @param isWhole whether there are no more fields than it shows
 */
record JsonShape(JsonNode example, boolean isWhole) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String AND_MORE = ",…";

    static JsonShape of(String shown) {
        return new JsonShape(JSON.readTree(shown.replace(AND_MORE, "")), !shown.contains(AND_MORE));
    }

    void assertFits(String answer) {
        assertFits(example, JSON.readTree(answer), answer);
    }

    private void assertFits(JsonNode shown, JsonNode actual, String answer) {
        assertThat(actual.getNodeType()).as("%s in %s", shown, answer).isEqualTo(shown.getNodeType());
        if (shown.isArray() && !shown.isEmpty()) {
            assertThat(actual.size()).as("%s in %s", shown, answer).isPositive();
            assertFits(shown.get(0), actual.get(0), answer);
        } else if (shown.isObject()) {
            Set<String> names = new TreeSet<>(actual.propertyNames());
            if (isWhole) {
                assertThat(names).as("%s in %s", shown, answer).hasSameElementsAs(shown.propertyNames());
            } else {
                assertThat(names).as("%s in %s", shown, answer).containsAll(shown.propertyNames());
            }
            shown.propertyNames().forEach(name -> {
                if (!name.equals("data")) { // as it was published
                    assertFits(shown.get(name), actual.get(name), answer);
                }
            });
        }
    }
}
