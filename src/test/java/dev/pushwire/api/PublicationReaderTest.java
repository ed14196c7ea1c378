package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pushwire.broker.Payload;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class PublicationReaderTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LIMIT = 1 << 20;

    private static MockHttpServletRequest request(String body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/topics/news");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }

    /** Most publications are small, and there may be very many of them. */
    @Test
    void takesNoMoreMemoryThanTheBodyNeeds() {
        MockHttpServletRequest[] requests = new MockHttpServletRequest[2000];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = request("hello");
        }
        PublicationReader.read(request("hello"), LIMIT);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (MockHttpServletRequest request : requests) {
            PublicationReader.read(request, LIMIT);
        }
        assertThat((THREADS.getCurrentThreadAllocatedBytes() - before) / requests.length)
                .isLessThan(4096);
    }

    @Test
    void takesTheReplacementCharacterForWhatItIs() {
        Payload payload = PublicationReader.read(request("a \uFFFD b"), LIMIT);
        assertThat(payload.kind()).isEqualTo(Payload.Kind.TEXT);
        assertThat(PublicationReader.utf8(new byte[] {'a', (byte) 0xEF, (byte) 0xBF, (byte) 0xBD}))
                .isEqualTo("a\uFFFD");
        assertThat(PublicationReader.utf8(new byte[] {'a', (byte) 0xEF, (byte) 0xBF}))
                .isNull();
    }
}
