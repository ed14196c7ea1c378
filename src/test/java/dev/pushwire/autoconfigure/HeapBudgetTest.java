package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapBudgetTest {
    private static final long MEGABYTE = 1024 * 1024;

    private static HeapBudget budget(long megabytes, boolean tls) {
        return new HeapBudget(megabytes * MEGABYTE, megabytes * MEGABYTE / 4, tls);
    }

    /** The numbers of docs/operations.md. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            HEAP MB, TLS,   CLIENTS MB, CONNECTIONS, HTTP
            128,     false, 32,         12288,       240
            128,     true,  32,         3072,        120
            256,     false, 96,         36864,       481
            256,     true,  96,         9216,        240
            384,     false, 160,        61440,       722
            1024,    false, 480,        184320,      1927
            1024,    true,  480,        46080,       963
            16384,   true,  8160,       783360,      8192
            """)
    void whatFitsFollowsFromTheHeap(long heap, boolean tls, long clients, int connections, int http) {
        HeapBudget budget = budget(heap, tls);
        assertThat(budget.clients()).isEqualTo(clients * MEGABYTE);
        assertThat(budget.connections()).isEqualTo(connections);
        assertThat(budget.httpConnections()).isEqualTo(http);
    }

    @Test
    void whatHistoriesDoNotTakeIsForClients() {
        long heap = 256 * MEGABYTE;
        assertThat(new HeapBudget(heap, 0, false).clients())
                .isEqualTo(new HeapBudget(heap, heap / 4, false).clients() + heap / 4);
    }

    @Test
    void aHeapThatIsPromisedToOthersLeavesClientsAnEighth() {
        long heap = 256 * MEGABYTE;
        assertThat(new HeapBudget(heap, heap, false).clients()).isEqualTo(heap / 8);
    }

    /** All that may be held leaves the collector some room, whatever the heap. */
    @ParameterizedTest
    @ValueSource(ints = {128, 192, 256, 384, 512, 1024, 4096, 65_536})
    void allTogetherFits(int megabytes) {
        for (boolean tls : new boolean[] {false, true}) {
            HeapBudget budget = budget(megabytes, tls);
            long service = 32 * MEGABYTE;
            long http = (long) budget.httpConnections() * (tls ? 136 : 68) * 1024;
            assertThat(service + http + budget.histories() + budget.clients())
                    .isLessThanOrEqualTo(budget.heap() / 8 * 7);
        }
    }

    @Test
    void byDefaultThereAreAsManyConnectionsAsHeapAndDescriptorsHold() {
        assertThat(budget(256, true).defaultConnections(10_000)).isEqualTo(9_216);
        assertThat(budget(256, true).defaultConnections(500)).isEqualTo(500);
        assertThat(budget(65_536, false).defaultConnections(10_000_000)).isEqualTo(100_000);
        assertThat(budget(16, true).defaultConnections(0)).isEqualTo(1);
    }

    @Test
    void saysHowItIsDivided() {
        assertThat(budget(256, true).describe())
                .isEqualTo(
                        "96MB for clients (room for 9216 connections of 8KB with TLS, and for what waits for them), 64MB for "
                                + "histories, 32MB for HTTP (240 connections), 64MB for the service and the collector");
    }
}
