package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Arguments as Java objects. */
class ArgumentCodecTest {
    private static final byte[] DATA = {1, 2, 3};

    private final ArgumentCodec codec = new ArgumentCodec(JsonMapper.shared());

    record Order(int id, byte[] picture) {}

    record Price(BigDecimal amount, Object proof) {}

    @Test
    void writesWhatJacksonWrites() {
        assertThat(codec.encode().json()).isEqualTo("[]");
        assertThat(codec.encode(1, "a", null, Map.of("b", List.of(true))).json())
                .isEqualTo("[1,\"a\",null,{\"b\":[true]}]");
    }

    @Test
    void putsBinaryDataAside() {
        JsonNode node = JsonMapper.shared().createObjectNode().put("b", DATA);
        Arguments arguments = codec.encode(DATA, new Order(7, DATA), ByteBuffer.wrap(DATA), node);
        assertThat(arguments.json())
                .isEqualTo(
                        "[{\"_placeholder\":true,\"num\":0},{\"id\":7,\"picture\":{\"_placeholder\":true,\"num\":1}},"
                                + "{\"_placeholder\":true,\"num\":2},{\"b\":{\"_placeholder\":true,\"num\":3}}]");
        assertThat(arguments.attachments()).hasSize(4).allMatch(ByteBuffer.wrap(DATA)::equals);
    }

    @Test
    void takesNoMoreDataThanClientsDo() {
        Object[] ten = IntStream.range(0, 10).mapToObj(_ -> DATA).toArray();
        assertThat(codec.encode(ten).attachments()).hasSize(10);
        assertThatThrownBy(() -> codec.encode(Arrays.asList(ten), DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 10");
    }

    @Test
    void passesArgumentsOnAsTheyAre() {
        Arguments arguments = new Arguments("[1.50, 2]", List.of());
        assertThat(codec.encode(arguments)).isSameAs(arguments);
        assertThatThrownBy(() -> codec.encode(1, arguments)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsEachArgumentAsItsType() {
        Arguments arguments = new Arguments("[\"a\",[1,2],null,{\"id\":3,\"picture\":\"AQID\"},9]", List.of());
        Object[] values = codec.decode(
                arguments,
                List.of(
                        codec.reader(String.class),
                        codec.reader(new TypeReference<List<Long>>() {}.getType()),
                        codec.reader(Integer.class),
                        codec.reader(Order.class)));
        assertThat(values[0]).isEqualTo("a");
        assertThat(values[1]).isEqualTo(List.of(1L, 2L));
        assertThat(values[2]).isNull();
        assertThat(((Order) values[3]).picture()).isEqualTo(DATA);
        assertThat(codec.decode(arguments, 4, int.class)).isEqualTo(9);
        assertThat(codec.decode(arguments, 5, String.class)).isNull();
    }

    @Test
    void findsBinaryDataWhereverItIsWanted() {
        Arguments arguments = new Arguments(
                "[{\"_placeholder\":true,\"num\":1},{\"id\":3,\"picture\":{\"num\":0,\"_placeholder\":true}},"
                        + "{\"amount\":1.23456789012345678901,\"proof\":{\"_placeholder\":true,\"num\":0}}]",
                List.of(ByteBuffer.wrap(DATA), ByteBuffer.wrap(new byte[] {9})));
        assertThat(codec.decode(arguments, 0, byte[].class)).containsExactly(9);
        assertThat(codec.decode(arguments, 0, Object.class)).isEqualTo(new byte[] {9});
        assertThat(codec.decode(arguments, 0, JsonNode.class).binaryValue()).containsExactly(9);
        assertThat(codec.decode(arguments, 1, Order.class).picture()).isEqualTo(DATA);
        Price price = codec.decode(arguments, 2, Price.class);
        assertThat(price.amount()).isEqualTo(new BigDecimal("1.23456789012345678901"));
        assertThat(price.proof()).isEqualTo(DATA);
    }

    @Test
    void saysThatAnArgumentDoesNotFit() {
        assertThatThrownBy(() -> codec.decode(new Arguments("[\"a\"]", List.of()), 0, Integer.class))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
