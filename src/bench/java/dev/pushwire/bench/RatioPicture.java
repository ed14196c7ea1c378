package dev.pushwire.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Draws the ratios: a line for each scenario, and a mark for each server, further left for less. The scale is
 * logarithmic, so that half and twice are equally far from 1. The colours follow the reader's scheme, light or dark.
 */
final class RatioPicture {
    private static final int WIDTH = 1000;
    private static final int MARGIN = 24;
    private static final int LEFT = 420; // the left end of the scale; Pushwire's value is to the left of it
    private static final int RIGHT = 40;
    private static final int TOP = 120;
    private static final int ROW = 40;
    private static final int BOTTOM = 62;
    private static final int BAR = 16;
    private static final double HALF_TEXT = 4.5;

    private static final String STYLE = """
            svg { --paper: #ffffff; --band: #f6f8fa; --pushwire: #0969da; --netty: #6e7781; --nio: #8250df;
                  --undertow: #9a6700; --jetty: #bf3989; --spring: #1a7f37; --node: #bc4c00;
                  --ink: #1f2328; --soft: #59636e; --line: #d8dee4; }
            @media (prefers-color-scheme: dark) {
              svg { --paper: #0d1117; --band: #151b23; --pushwire: #4493f8; --netty: #9198a1; --nio: #ab7df8;
                    --undertow: #d29922; --jetty: #db61a2; --spring: #3fb950; --node: #f0883e;
                    --ink: #e6edf3; --soft: #9198a1; --line: #30363d; }
            }
            text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--ink); }
            .title { font-size: 17px; font-weight: 600; }
            .soft { fill: var(--soft); font-size: 12px; }
            .value { font-weight: 600; fill: var(--pushwire); }
            .grid { stroke: var(--line); stroke-width: 1; }
            .one { stroke: var(--netty); stroke-width: 1.5; stroke-dasharray: 4 3; }
            .mark { stroke: var(--paper); stroke-width: 1; }
            """;

    private final Results results;
    private final List<Scenario> scenarios;
    private final int lowest; // powers of two
    private final int highest;
    private final int bottom;
    private final Svg svg;

    private RatioPicture(Results results) {
        this.results = results;
        this.scenarios = results.scenarios().stream()
                .filter(scenario -> ratios(results, scenario).count() > 1)
                .toList();
        double[] all = scenarios.stream()
                .flatMapToDouble(scenario -> ratios(results, scenario))
                .toArray();
        this.lowest = (int) Math.floor(log2(DoubleStream.of(all).min().orElse(1)) - 0.1);
        this.highest = (int) Math.ceil(log2(DoubleStream.of(all).max().orElse(1)) + 0.1);
        this.bottom = TOP + ROW * scenarios.size();
        this.svg = new Svg(WIDTH, bottom + BOTTOM, title(), STYLE);
    }

    private static DoubleStream ratios(Results results, Scenario scenario) {
        return results.peers(scenario).stream()
                .map(peer -> results.ratio(scenario, peer))
                .flatMapToDouble(OptionalDouble::stream);
    }

    static String of(Results results) {
        RatioPicture picture = new RatioPicture(results);
        picture.draw();
        return picture.svg.toString();
    }

    private static String title() {
        return "Server CPU for each message, relative to " + Results.YARDSTICK.title();
    }

    private void draw() {
        svg.rectangle(0, 0, WIDTH, bottom + BOTTOM, 10, "paper");
        svg.text(MARGIN, 34, "title", "start", title());
        svg.text(MARGIN, 55, "soft", "start", "Further left is less. Idle connections: RAM for each.");
        legend();
        for (int i = 0; i < scenarios.size(); i += 2) {
            svg.rectangle(MARGIN / 2.0, TOP + i * ROW, WIDTH - MARGIN, ROW, 6, "band");
        }
        scale();
        for (int i = 0; i < scenarios.size(); i++) {
            row(scenarios.get(i), TOP + i * ROW + ROW / 2.0);
        }
        Environment here = results.environment();
        String day = here.date().substring(0, 10);
        String machine = here.processors() + " × " + here.processor();
        svg.text(
                MARGIN,
                bottom + BOTTOM - 14,
                "soft",
                "start",
                String.join(" · ", day, machine, here.kernel(), here.jdk()));
    }

    private void legend() {
        double x = MARGIN;
        for (Peer peer : Peer.values()) {
            if (scenarios.stream()
                    .noneMatch(scenario -> results.ratio(scenario, peer).isPresent())) {
                continue;
            }
            if (peer == Peer.PUSHWIRE) {
                svg.rectangle(x, 74, 24, 12, 4, "pushwire");
                x += 14;
            } else {
                svg.mark(shape(peer), x + 6, 80, colour(peer));
            }
            svg.text(x + 18, 80 + HALF_TEXT, "", "start", peer.title());
            x += 40 + 7.4 * peer.title().length();
        }
    }

    private void scale() {
        int step = highest - lowest > 12 ? 2 : 1;
        for (int power = lowest; power <= highest; power++) {
            if (power % step == 0) {
                double x = x(Math.pow(2, power));
                svg.vertical(x, TOP - 8, bottom + 4, power == 0 ? "one" : "grid");
                String name = power < 0 ? "1/" + (1 << -power) : Integer.toString(1 << power);
                svg.text(x, bottom + 20, "soft", "middle", name + "×");
            }
        }
    }

    private void row(Scenario scenario, double y) {
        svg.text(MARGIN, y + HALF_TEXT, "", "start", scenario.title());
        OptionalDouble ours = results.ratio(scenario, Peer.PUSHWIRE);
        if (ours.isPresent()) {
            svg.text(LEFT - 22, y + HALF_TEXT, "value", "end", MarkdownReport.number(ours.getAsDouble()) + "×");
            double end = x(ours.getAsDouble());
            double from = Math.min(x(1), end);
            svg.rectangle(from, y - BAR / 2.0, Math.max(2, Math.abs(end - x(1))), BAR, 4, "pushwire");
        }
        for (Peer peer : results.peers(scenario)) {
            OptionalDouble ratio = results.ratio(scenario, peer);
            if (peer != Peer.PUSHWIRE && peer != Results.YARDSTICK && ratio.isPresent()) {
                svg.mark(shape(peer), x(ratio.getAsDouble()), y, colour(peer));
            }
        }
    }

    /** Shapes differ as well as colours, for readers who cannot tell the colours apart. */
    private static String shape(Peer peer) {
        return switch (peer) {
            case PUSHWIRE, NETTY_EPOLL -> "M-1.5 -8 h3 v16 h-3 z";
            case NETTY_NIO -> "M0 -6.5 L6.5 0 L0 6.5 L-6.5 0 z";
            case UNDERTOW -> "M-5 -5 h10 v10 h-10 z";
            case JETTY -> "M0 -6 L6 5 L-6 5 z";
            case SPRING -> "M-5.5 0 a5.5 5.5 0 1 0 11 0 a5.5 5.5 0 1 0 -11 0 z";
            case NODE_WS -> "M0 6 L6 -5 L-6 -5 z";
        };
    }

    private static String colour(Peer peer) {
        return switch (peer) {
            case PUSHWIRE -> "pushwire";
            case NETTY_EPOLL -> "netty";
            case NETTY_NIO -> "nio";
            case UNDERTOW -> "undertow";
            case JETTY -> "jetty";
            case SPRING -> "spring";
            case NODE_WS -> "node";
        };
    }

    private double x(double ratio) {
        double share = (log2(ratio) - lowest) / (highest - lowest);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
