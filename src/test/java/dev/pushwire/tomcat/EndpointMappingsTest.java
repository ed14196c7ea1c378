package dev.pushwire.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pushwire.tomcat.EndpointMappings.Match;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointMappingsTest {
    /** Each pattern belongs to a bean of its own: a, b, c. */
    private static EndpointMappings mappings(String... patterns) {
        List<EndpointMappings.Entry> entries = Stream.iterate(0, i -> i < patterns.length, i -> i + 1)
                .map(i -> Bindings.entry(Character.toString('a' + i), patterns[i]))
                .toList();
        return new EndpointMappings(entries);
    }

    private static String patternFor(String path, String... patterns) {
        Match match = mappings(patterns).match(path);
        return match == null ? "nobody" : match.binding().pattern();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            PATH,              PATTERN
            /echo,             /echo
            /rooms/7,          /rooms/{room}
            /rooms/lobby,      /rooms/lobby
            /rooms/7/files,    /rooms/{room}/files
            /rooms/7/x,        /rooms/{*rest}
            /rooms,            /rooms/{*rest}
            /numbers/42,       /numbers/{n:[0-9]+}
            /numbers/x,        nobody
            /echo/,            nobody
            /ECHO,             nobody
            //echo,            nobody
            /,                 nobody
            '',                nobody
            /echo;v=1,         /echo
            /ech%6F,           /echo
            /rooms/a%2Fb,      /rooms/{room}
            """)
    void theMostSpecificPatternAnswers(String path, String pattern) {
        assertThat(patternFor(
                        path,
                        "/rooms/{*rest}",
                        "/rooms/{room}",
                        "/numbers/{n:[0-9]+}",
                        "/rooms/lobby",
                        "/rooms/{room}/files",
                        "/echo"))
                .isEqualTo(pattern);
    }

    @Test
    void theOrderOfTheBeansDoesNotMatter() {
        String[] patterns = {"/{a}/{b}", "/x/{b}", "/x/y", "/**"};
        for (int i = 0; i < patterns.length; i++) {
            Collections.rotate(Arrays.asList(patterns), 1);
            assertThat(patternFor("/x/y", patterns)).isEqualTo("/x/y");
            assertThat(patternFor("/x/z", patterns)).isEqualTo("/x/{b}");
            assertThat(patternFor("/z/z", patterns)).isEqualTo("/{a}/{b}");
            assertThat(patternFor("/z", patterns)).isEqualTo("/**");
        }
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            PATTERN,             PATH,                  VARIABLES
            /rooms/{room},       /rooms/7,              {room=7}
            /rooms/{room},       /rooms/a%20b,          {room=a b}
            /rooms/{room},       /rooms/gr%C3%BCn,      {room=grün}
            /rooms/{room},       /rooms/a%2Fb,          {room=a/b}
            /rooms/{room},       /rooms/a+b,            {room=a+b}
            /rooms/{room},       /rooms/7;v=1,          {room=7}
            /files/{*path},      /files/a/b,            {path=/a/b}
            /n/{n:[0-9]+},       /n/42,                 {n=42}
            /echo,               /echo,                 {}
            """)
    void variablesAreDecoded(String pattern, String path, String variables) {
        assertThat(mappings(pattern).match(path).pathVariables()).hasToString(variables);
    }

    @Test
    void aMatchCarriesTheSubprotocols() {
        Match match = new EndpointMappings(List.of(Bindings.entry("a", "/chat", "chat", "superchat"))).match("/chat");
        assertThat(match.subprotocols()).containsExactly("chat", "superchat");
        assertThat(match.pathVariables()).isEqualTo(Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "/echo, /echo",
        "/rooms/{room}, /rooms/{id}",
        "/files/{*path}, /files/{*rest}",
        "/n/{n:[0-9]+}, /n/{m:[0-9]+}",
        "/{a}/x/{b}, /{c}/x/{d}"
    })
    void twoForTheSamePathsFailTheStartUp(String one, String other) {
        assertThatIllegalStateException()
                .isThrownBy(() -> mappings(one, other))
                .withMessageContaining("'a'")
                .withMessageContaining("'b'")
                .withMessageContaining(other);
    }

    @ParameterizedTest
    @CsvSource({"/rooms/{room}, /rooms/{*rest}", "/n/{n:[0-9]+}, /n/{n:[a-z]+}", "/n/{n:[0-9]+}, /n/{n}", "/a, /A"})
    void differentPathsDoNot(String one, String other) {
        assertThat(mappings(one, other).match("/nobody")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "", "{path}", "/rooms/{room", "/rooms/{room}{", "/a/{x}/{x}"})
    void aPatternThatCannotBeUsedFailsTheStartUp(String pattern) {
        assertThatIllegalStateException()
                .isThrownBy(() -> mappings(pattern))
                .withMessageContaining("'a'")
                .withMessageContaining("'" + pattern + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "a/b", "grün", "\"chat\"", "a\r\nX: y"})
    void aSubprotocolThatIsNoTokenFailsTheStartUp(String subprotocol) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new EndpointMappings(List.of(Bindings.entry("a", "/chat", subprotocol))))
                .withMessageContaining("'a'")
                .withMessageContaining("'" + subprotocol + "'");
    }

    @Test
    void withoutEndpointsNothingMatches() {
        assertThat(mappings().match("/echo")).isNull();
    }
}
