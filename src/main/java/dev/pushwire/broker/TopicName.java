package dev.pushwire.broker;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The name of a topic: parts joined by dots, such as {@code news}, {@code news.sports} or {@code user:42}. It needs no
 * escaping in a URL. {@code *} and {@code >} are kept free for wildcards, whose unit is the part: hence none is empty.
 *
 * <p>Besides there are {@linkplain #internal internal} names, for what nodes tell each other. Nobody outside can name them, and no
 * wildcard matches them.
 */
public final class TopicName {
    /** What a name looks like, in a sentence for a caller that gave a wrong one. */
    public static final String RULE =
            "A topic name has 1 to 128 characters: ASCII letters, digits, '_', '-', ':', and '.' "
                    + "between two of them.";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** In characters. */
    public static final int MAX_LENGTH = 128;

    /** Before internal names, and in no other. */
    private static final char INTERNAL = '~';

    private final String value;

    /** @throws IllegalArgumentException with the {@link #RULE}, for anything else than a topic name that clients may use */
    public TopicName(String value) {
        this(value, isValid(value));
    }

    private TopicName(String value, boolean isValid) {
        if (!isValid) {
            throw new IllegalArgumentException(RULE);
        }
        this.value = value;
    }

    /**
     * A topic for the service's own use.
     *
     * @param name what would be a topic name but for its length, which is 127 at most
     * @throws IllegalArgumentException for anything else
     */
    public static TopicName internal(String name) {
        return of(INTERNAL + name);
    }

    /**
     * The topic of a name that the service has written down itself, internal or not; not for what comes from outside.
     *
     * @throws IllegalArgumentException for what is neither
     */
    public static TopicName of(String value) {
        boolean isValid =
                isInternal(value) ? value.length() <= MAX_LENGTH && isValid(value.substring(1)) : isValid(value);
        return new TopicName(value, isValid);
    }

    /** Whether this is an internal name. */
    public boolean isInternal() {
        return isInternal(value);
    }

    static boolean isInternal(String value) {
        return !value.isEmpty() && value.charAt(0) == INTERNAL;
    }

    /** The name itself. */
    public String value() {
        return value;
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

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicName name && value.equals(name.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The name itself. */
    @Override
    public String toString() {
        return value;
    }
}
