package dev.pushwire.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parses the header values of the opening handshake (RFC 6455, section 9.1, and RFC 9110, section 5.6): lists over
 * several lines, empty elements, optional white space, tokens and quoted strings.
 */
final class HeaderGrammar {
    private final String text;
    private int at;

    private HeaderGrammar(String text) {
        this.text = text;
    }

    /** The value does not follow its grammar. The message says where, in words for the client. */
    static final class MalformedHeaderException extends Exception {
        private static final long serialVersionUID = 1L;

        private MalformedHeaderException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * {@code extension = token *( ";" token [ "=" ( token / quoted-string ) ] )}
     *
     * @param parameters in order; a parameter without a value has the empty string
     */
    record Extension(String name, List<Map.Entry<String, String>> parameters) {}

    /** {@code #token}: the elements in order. */
    static List<String> tokens(List<String> lines) throws MalformedHeaderException {
        List<String> tokens = new ArrayList<>();
        for (String line : lines) {
            HeaderGrammar grammar = new HeaderGrammar(line);
            while (grammar.nextElement()) {
                tokens.add(grammar.token());
                grammar.endOfElement();
            }
        }
        return tokens;
    }

    /** Whether a list has this token, in any case. Other elements, malformed or not, do not matter. */
    static boolean hasToken(List<String> lines, String wanted) {
        for (String line : lines) {
            for (String element : line.split(",")) {
                if (element.strip().equalsIgnoreCase(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@code #extension}: the offers in the peer's order of preference. */
    static List<Extension> extensions(List<String> lines) throws MalformedHeaderException {
        List<Extension> extensions = new ArrayList<>();
        for (String line : lines) {
            HeaderGrammar grammar = new HeaderGrammar(line);
            while (grammar.nextElement()) {
                extensions.add(grammar.extension());
                grammar.endOfElement();
            }
        }
        return extensions;
    }

    private Extension extension() throws MalformedHeaderException {
        String name = token();
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        while (skip(';')) {
            String parameter = token();
            parameters.add(Map.entry(parameter, skip('=') ? parameterValue() : ""));
        }
        return new Extension(name, List.copyOf(parameters));
    }

    /** 9.1: "When using the quoted-string syntax variant, the value after quoted-string unescaping MUST conform to 'token'". */
    private String parameterValue() throws MalformedHeaderException {
        skipSpace();
        if (!skip('"')) {
            return token();
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                value.append(text.charAt(at++));
            }
        }
        if (at >= text.length()) {
            throw malformed("a quoted string without an end");
        }
        at++;
        if (value.isEmpty() || !value.chars().allMatch(HeaderGrammar::isTokenCharacter)) {
            throw malformed("a quoted value that is not a token");
        }
        skipSpace();
        return value.toString();
    }

    private String token() throws MalformedHeaderException {
        skipSpace();
        int start = at;
        while (at < text.length() && isTokenCharacter(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw malformed("a name was expected");
        }
        String token = text.substring(start, at);
        skipSpace();
        return token;
    }

    /** RFC 9110, 5.6.1: "a recipient MUST parse and ignore a reasonable number of empty list elements". */
    private boolean nextElement() {
        skipSpace();
        while (skip(',')) {
            skipSpace();
        }
        return at < text.length();
    }

    private void endOfElement() throws MalformedHeaderException {
        if (at < text.length() && text.charAt(at) != ',') {
            throw malformed("a comma was expected");
        }
    }

    private boolean skip(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        if (there) {
            at++;
        }
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private MalformedHeaderException malformed(String what) {
        return new MalformedHeaderException(what + " at character " + (at + 1));
    }

    /** {@code tchar} of RFC 9110, section 5.6.2. */
    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
