package dev.pushwire.prometheus;

import dev.pushwire.helm.Chart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every query there is in this project, and the metrics in a query. */
final class Queries {
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern LABELS_AND_RANGES = Pattern.compile("\\{[^}]*}|\\[[^]]*]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    /** A name that is not followed by a parenthesis, so it is not a function. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w.:])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\(([a-z_]+)");
    private static final Pattern FENCED = Pattern.compile("```promql\n(.*?)```", Pattern.DOTALL);

    private Queries() {}

    static List<String> ofAlerts() {
        return rules().get("groups")
                .get(0)
                .get("rules")
                .valueStream()
                .map(rule -> rule.get("expr").stringValue())
                .toList();
    }

    /** The rules of the release "pushwire" in the namespace "push", as Prometheus reads them. */
    static JsonNode rules() {
        return Chart.with("monitoring: {alerts: {enabled: true}}")
                .render()
                .the("PrometheusRule")
                .get("spec");
    }

    /** The queries of the dashboard, with "everything" and the last minute in place of the variables. */
    static List<String> ofDashboard() {
        return dashboard().findValues("expr").stream()
                .map(JsonNode::stringValue)
                .map(query -> query.replaceAll("\\$(namespace|job|pod)", ".*").replace("$__rate_interval", "1m"))
                .toList();
    }

    static List<String> ofRunbook() {
        try {
            Matcher fenced = FENCED.matcher(Files.readString(Path.of("docs", "runbook.md")));
            return fenced.results()
                    .flatMap(block -> Stream.of(block.group(1).split("\n\n")))
                    .map(String::strip)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All metrics that the chart and the runbook count on. */
    static Set<String> allMetrics() {
        Set<String> names = new TreeSet<>();
        Stream.of(ofAlerts(), ofDashboard(), ofRunbook())
                .flatMap(List::stream)
                .map(Queries::metricsIn)
                .forEach(names::addAll);
        dashboard().at("/templating/list").forEach(variable -> {
            Matcher values = LABEL_VALUES.matcher(variable.path("definition").asString(""));
            if (values.find()) {
                names.add(values.group(1));
            }
        });
        Chart.with("autoscaling: {enabled: true}")
                .render()
                .the("HorizontalPodAutoscaler")
                .at("/spec/metrics")
                .forEach(metric -> {
                    if (metric.has("pods")) {
                        names.add(metric.at("/pods/metric/name").stringValue());
                    }
                });
        return names;
    }

    static Set<String> metricsIn(String query) {
        String bare = query;
        for (Pattern noise : List.of(QUOTED, LABELS_AND_RANGES, GROUPING)) {
            bare = noise.matcher(bare).replaceAll(" ");
        }
        Set<String> names = new TreeSet<>();
        NAME.matcher(bare).results().map(name -> name.group()).forEach(names::add);
        names.removeAll(WORDS);
        return names;
    }

    private static JsonNode dashboard() {
        JsonNode configMap = Chart.with("monitoring: {dashboards: {enabled: true}}")
                .render()
                .ofKind("ConfigMap")
                .filter(map -> map.get("data").has("pushwire.json"))
                .findFirst()
                .orElseThrow();
        return JsonMapper.shared()
                .readTree(configMap.at("/data").get("pushwire.json").stringValue());
    }
}
