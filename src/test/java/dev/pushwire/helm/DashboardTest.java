package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard, as far as a program can judge it. */
class DashboardTest {
    private final JsonNode configMap = Chart.withEverything()
            .render()
            .ofKind("ConfigMap")
            .filter(map -> Manifests.name(map).contains("dashboard"))
            .findFirst()
            .orElseThrow();
    private final JsonNode dashboard = JsonMapper.shared()
            .readTree(configMap.at("/data").get("pushwire.json").stringValue());

    @Test
    void comesWithTheLabelThatGrafanasSidecarLooksFor() {
        assertThat(configMap.at("/metadata/labels/grafana_dashboard").stringValue())
                .isEqualTo("1");
        assertThat(configMap.at("/metadata/namespace").stringValue()).isEqualTo("monitoring");
        assertThat(configMap.at("/metadata/annotations/grafana_folder").stringValue())
                .isEqualTo("Pushwire");
    }

    @Test
    void asksForDataSourceNamespaceJobAndPod() {
        assertThat(dashboard.at("/templating/list"))
                .extracting(variable -> variable.get("name").stringValue())
                .containsExactly("datasource", "namespace", "job", "pod");
    }

    @Test
    void eachPanelSaysWhatItShowsAndInWhichUnit() {
        assertThat(panels()).hasSizeGreaterThan(20).allSatisfy(panel -> {
            assertThat(panel.get("description").stringValue()).endsWith(".");
            boolean isHeatMap = panel.get("type").stringValue().equals("heatmap");
            assertThat(panel.at(isHeatMap ? "/options/yAxis/unit" : "/fieldConfig/defaults/unit")
                            .stringValue())
                    .isNotBlank();
            assertThat(panel.at("/datasource/uid").stringValue()).isEqualTo("${datasource}");
        });
    }

    @Test
    void eachQueryHeedsTheVariables() {
        assertThat(panels())
                .flatExtracting(panel -> panel.get("targets").valueStream().toList())
                .allSatisfy(target -> {
                    assertThat(target.at("/datasource/uid").stringValue()).isEqualTo("${datasource}");
                    assertThat(target.get("expr").stringValue())
                            .contains("{namespace=~\"$namespace\",job=~\"$job\",pod=~\"$pod\"");
                });
    }

    @Test
    void panelsFillTheGridAndDoNotOverlap() {
        List<JsonNode> all = dashboard.get("panels").valueStream().toList();
        assertThat(all).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        List<String> cells = new ArrayList<>();
        for (JsonNode panel : all) {
            JsonNode at = panel.get("gridPos");
            for (int x = at.get("x").asInt();
                    x < at.get("x").asInt() + at.get("w").asInt();
                    x++) {
                for (int y = at.get("y").asInt();
                        y < at.get("y").asInt() + at.get("h").asInt();
                        y++) {
                    cells.add(x + "," + y);
                    assertThat(x).isLessThan(24);
                }
            }
        }
        assertThat(cells).doesNotHaveDuplicates();
        int height = cells.stream()
                        .mapToInt(cell -> Integer.parseInt(cell.split(",")[1]))
                        .max()
                        .orElseThrow()
                + 1;
        assertThat(cells).as("no holes").hasSize(24 * height);
    }

    private Stream<JsonNode> panels() {
        return dashboard
                .get("panels")
                .valueStream()
                .filter(panel -> !panel.get("type").stringValue().equals("row"));
    }
}
