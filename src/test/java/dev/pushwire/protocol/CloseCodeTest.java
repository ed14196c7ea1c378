package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CloseCodeTest {
    @Test
    void hasTheNamesOfTheRegistry() {
        Map<String, Integer> registered = new LinkedHashMap<>();
        registered.put("NORMAL_CLOSURE", 1000);
        registered.put("GOING_AWAY", 1001);
        registered.put("PROTOCOL_ERROR", 1002);
        registered.put("UNSUPPORTED_DATA", 1003);
        registered.put("NO_STATUS_RECEIVED", 1005);
        registered.put("ABNORMAL_CLOSURE", 1006);
        registered.put("INVALID_FRAME_PAYLOAD_DATA", 1007);
        registered.put("POLICY_VIOLATION", 1008);
        registered.put("MESSAGE_TOO_BIG", 1009);
        registered.put("MANDATORY_EXTENSION", 1010);
        registered.put("INTERNAL_ERROR", 1011);
        registered.put("SERVICE_RESTART", 1012);
        registered.put("TRY_AGAIN_LATER", 1013);
        registered.put("BAD_GATEWAY", 1014);
        registered.put("TLS_HANDSHAKE", 1015);
        assertThat(constants()).isEqualTo(registered);
    }

    @Test
    void mayBeSentOrNot() {
        IntStream allowed = IntStream.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014);
        assertThat(IntStream.range(-1, 0x1_0000).filter(CloseCode::mayBeSent))
                .containsExactlyElementsOf(IntStream.concat(allowed, IntStream.rangeClosed(3000, 4999))
                        .boxed()
                        .toList());
    }

    private static Map<String, Integer> constants() {
        Map<String, Integer> constants = new LinkedHashMap<>();
        Arrays.stream(CloseCode.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(field -> {
                    try {
                        constants.put(field.getName(), field.getInt(null));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                });
        return constants;
    }
}
