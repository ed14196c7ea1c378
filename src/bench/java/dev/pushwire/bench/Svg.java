package dev.pushwire.bench;

import java.util.Locale;

/** Writes the shapes of the pictures. Colours are names of CSS variables. */
final class Svg {
    private final StringBuilder svg = new StringBuilder();

    Svg(int width, int height, String label, String style) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"%s\">%n",
                width,
                height,
                width,
                height,
                escape(label)));
        svg.append("<style>\n").append(style).append("</style>\n");
    }

    void rectangle(double x, double y, double width, double height, int corner, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%d\" fill=\"var(--%s)\"/>%n",
                x,
                y,
                width,
                height,
                corner,
                colour));
    }

    void vertical(double x, double from, double to, String kind) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>%n",
                x,
                from,
                x,
                to,
                kind));
    }

    /** @param path the shape around the origin, which is moved to {@code x}, {@code y} */
    void mark(String path, double x, double y, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"%s\" transform=\"translate(%.1f %.1f)\" class=\"mark\" fill=\"var(--%s)\"/>%n",
                path,
                x,
                y,
                colour));
    }

    /** @param anchor which end of the text is at {@code x}: start, middle or end */
    void text(double x, double y, String kind, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                kind,
                anchor,
                escape(text)));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return svg + "</svg>\n";
    }
}
