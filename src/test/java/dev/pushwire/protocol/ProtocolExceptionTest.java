package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProtocolExceptionTest {
    @Test
    void carriesTheCloseToSend() {
        assertThat(ProtocolException.violation("a rule").status()).isEqualTo(new CloseStatus(1002, "a rule"));
        assertThat(ProtocolException.invalidUtf8().status().code()).isEqualTo(1007);
        assertThat(ProtocolException.tooBig("much").status()).isEqualTo(new CloseStatus(1009, "much"));
    }

    @Test
    void saysTheReason() {
        assertThat(ProtocolException.violation("a rule")).hasMessage("a rule");
    }

    @Test
    void hasNoStackTraceAndKeepsNoOther() {
        ProtocolException exception = ProtocolException.violation("a rule");
        exception.addSuppressed(new IllegalStateException());
        assertThat(exception.getStackTrace()).isEmpty();
        assertThat(exception.getSuppressed()).isEmpty();
    }
}
