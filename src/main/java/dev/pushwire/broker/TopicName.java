package dev.pushwire.broker;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The name of a topic: parts joined by dots, such as {@code news}, {@code news.sports} or {@code user:42}. It needs no
 * escaping in a URL. Immutable. {@code *} and {@code >} are reserved for patterns, where they stand for parts. So no
 * part is empty.
 *
 * <p>The nodes use {@linkplain #internal internal} names among themselves. Clients cannot name them, and no wildcard
 * matches them.
 */
public final class TopicName {
    /** The rule for a name, in a sentence for a caller that broke it. */
    public static final String RULE =
            "A topic name has 1 to 128 characters: ASCII letters, digits, '_', '-', ':', and '.' "
                    + "between two of them.";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** In characters. */
    public static final int MAX_LENGTH = 128;

    /** The first character of internal names, and of no other. */
    private static final char INTERNAL = '~';

    private final String value;

    /** @throws IllegalArgumentException with the {@link #RULE}, if clients may not use the name */
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
     * An internal topic, for the service's own use.
     *
     * @param name a topic name of at most 127 characters
     * @throws IllegalArgumentException for any other text
     */
    public static TopicName internal(String name) {
        return of(INTERNAL + name);
    }

    /**
     * The topic of a name that the service itself has written, internal or not. It is not for names that come from
     * outside.
     *
     * @throws IllegalArgumentException if the text is neither
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

    /** Whether this text is a topic name that clients may use. */
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
     * Encodes any text as one part of a name, for instance an e-mail address. Letters, digits, {@code _} and {@code -}
     * stay as they are. Each other byte of the text's UTF-8 becomes {@code :} and two hexadecimal digits in upper case.
     * Different texts become different parts. {@code ada.l@example.com} becomes {@code ada:2El:40example:2Ecom}. The
     * method does not check the length of the whole name.
     *
     * @throws IllegalArgumentException if the text is empty
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

    /** Whether this range of the text can be a part of a name. */
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
