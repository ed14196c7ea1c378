package dev.pushwire.tomcat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The head of a response whose body is a stream. Tomcat has written it, with everything that filters have added. Only
 * its lines on the connection are replaced, since this response is the last on its connection.
 *
 * @param chunked whether the head announces chunks
 */
record ResponseHead(ByteBuffer bytes, boolean chunked) {
    private static final String END_OF_LINE = "\r\n";

    /** Headers that would not be true: those about the connection, and about a compression that does not happen. */
    private static final List<String> UNTRUE = List.of("connection:", "keep-alive:", "content-encoding:");

    /** @param written the head as written, with its empty line */
    static ResponseHead of(byte[] written) {
        List<String> lines = Arrays.stream(new String(written, ISO_8859_1).split(END_OF_LINE))
                .filter(line -> UNTRUE.stream().noneMatch(lowerCase(line)::startsWith))
                .toList();
        boolean chunked = lines.stream().anyMatch(line -> lowerCase(line).equals("transfer-encoding: chunked"));
        String head = lines.stream().collect(Collectors.joining(END_OF_LINE, "", "\r\nConnection: close\r\n\r\n"));
        return new ResponseHead(ByteBuffer.wrap(head.getBytes(ISO_8859_1)), chunked);
    }

    private static String lowerCase(String line) {
        return line.toLowerCase(Locale.ROOT);
    }
}
