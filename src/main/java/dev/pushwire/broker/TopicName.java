package dev.pushwire.broker;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The name of a topic: parts joined by dots, such as {@code news}, {@code news.sports} or {@code user:42}. It needs no
 * escaping in a URL. {@code *} and {@code >} are kept free for wildcards, whose unit is the part: hence none is empty.
 *
 * @param value the name itself
 */
public record TopicName(String value) {
    /** What a name looks like, in a sentence for a caller that gave a wrong one. */
    public static final String RULE =
            "A topic name has 1 to 128 characters: ASCII letters, digits, '_', '-', ':', and '.' "
                    + "between two of them.";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** In characters. */
    public static final int MAX_LENGTH = 128;

    /** @throws IllegalArgumentException with the {@link #RULE}, for anything else than a topic name */
    public TopicName {
        if (!isValid(value)) {
            throw new IllegalArgumentException(RULE);
        }
    }

    /** Whether this is a topic name. */
    public static boolean isValid(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        char before = '.'; // so that a name neither starts nor ends with one, and is not empty
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' ? before == '.' : !isPlain(c)) {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    /**
     * Any text as one part of a name, an e-mail address for instance: letters, digits, {@code _} and {@code -} as they are, and each
     * other byte of its UTF-8 as {@code :} with two hexadecimal digits, the letters in upper case. Different texts become different
     * parts. {@code ada.l@example.com} is {@code ada:2El:40example:2Ecom}.
     *
     * @throws IllegalArgumentException for an empty text, which has no part. Whether the whole name is short enough is not asked
     */
    public static String part(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A part of a topic name has at least one character.");
        }
        StringBuilder part = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b != ':' && isPlain((char) b)) {
                part.append((char) b);
            } else {
                part.append(':').append(HEX.toHexDigits(b));
            }
        }
        return part.toString();
    }

    /** Whether this may be a part of a name. */
    static boolean isPart(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return from < end;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == ':';
    }

    /** The name itself. */
    @Override
    public String toString() {
        return value;
    }
}
