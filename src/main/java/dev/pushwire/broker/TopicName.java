package dev.pushwire.broker;

/**
 * The name of a topic: parts joined by dots, such as {@code news}, {@code news.sports} or {@code user:42}. It needs no
 * escaping in a URL. {@code *} and {@code >} are kept free for wildcards, whose unit is the part: hence none is empty.
 *
 * @param value the name itself
 */
public record TopicName(String value) {
    /** What a name looks like, in a sentence for whoever gave a wrong one. */
    public static final String RULE =
            "A topic name has 1 to 128 characters: ASCII letters, digits, '_', '-', ':', and '.' "
                    + "between two of them.";

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
