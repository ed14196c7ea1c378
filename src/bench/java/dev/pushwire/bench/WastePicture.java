package dev.pushwire.bench;

import dev.pushwire.bench.ways.Waste;
import dev.pushwire.bench.ways.Waste.Result;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws the cost of each transport as bars, each as a multiple of the cheapest. The scale is logarithmic. */
final class WastePicture {
    private static final int WIDTH = 1000;
    private static final int MARGIN = 24;
    private static final int LEFT = 230;
    private static final int RIGHT = 110;
    private static final int TOP = 92;
    private static final int HEAD = 34;
    private static final int ROW = 26;
    private static final int BAR = 14;
    private static final double HALF_TEXT = 4.5;

    private static final String STYLE = """
            svg { --paper: #ffffff; --polling: #bc4c00; --push: #0969da; --ink: #1f2328; --soft: #59636e; }
            @media (prefers-color-scheme: dark) {
              svg { --paper: #0d1117; --polling: #f0883e; --push: #4493f8; --ink: #e6edf3; --soft: #9198a1; }
            }
            text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--ink); }
            .title { font-size: 17px; font-weight: 600; }
            .head { font-weight: 600; }
            .soft { fill: var(--soft); font-size: 12px; }
            """;

    private record Kind(String title, String unit, ToDoubleFunction<Result> cost) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "Bytes for each delivery, one message a minute",
                    "B",
                    result -> result.rare().bytes()),
            new Kind(
                    "Bytes for each delivery, ten messages a second",
                    "B",
                    result -> result.often().bytes()),
            new Kind(
                    "Server CPU for each delivery, one message a minute",
                    "µs",
                    result -> result.rare().cpuMicros()),
            new Kind(
                    "Server CPU for each delivery, ten messages a second",
                    "µs",
                    result -> result.often().cpuMicros()));

    private WastePicture() {}

    static String of(List<Result> results) {
        int height = TOP + KINDS.size() * (HEAD + ROW * results.size()) + MARGIN;
        String title = String.format(Locale.ROOT, "What a message costs on its way to %,d clients", Waste.CLIENTS);
        Svg svg = new Svg(WIDTH, height, title, STYLE);
        svg.rectangle(0, 0, WIDTH, height, 10, "paper");
        svg.text(MARGIN, 34, "title", "start", title);
        svg.text(
                MARGIN,
                57,
                "soft",
                "start",
                "Messages of " + results.getFirst().bare()
                        + " B. Each scale is logarithmic, and begins below the least of its kind.");
        double y = TOP;
        for (Kind kind : KINDS) {
            y = draw(svg, kind, results, y);
        }
        return svg.toString();
    }

    private static double draw(Svg svg, Kind kind, List<Result> results, double top) {
        double least = results.stream().mapToDouble(kind.cost()).min().orElse(1) / 2;
        double most = results.stream().mapToDouble(kind.cost()).max().orElse(1);
        svg.text(MARGIN, top + 14, "head", "start", kind.title());
        double y = top + HEAD;
        for (Result result : results) {
            double cost = kind.cost().applyAsDouble(result);
            double share = Math.log(cost / least) / Math.log(most / least);
            double width = share * (WIDTH - LEFT - RIGHT);
            svg.text(MARGIN, y + HALF_TEXT, "", "start", WasteBench.title(result));
            svg.rectangle(LEFT, y - BAR / 2.0, width, BAR, 4, result.way().endsWith("polling") ? "polling" : "push");
            svg.text(LEFT + width + 8, y + HALF_TEXT, "", "start", MarkdownReport.number(cost) + " " + kind.unit());
            y += ROW;
        }
        return y;
    }
}
