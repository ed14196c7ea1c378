package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.Probe;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address that a connection counts for behind a proxy. An address is the same however it is written. */
class AddressLimitServiceTest {
    private static final int LIMIT = 3;

    private static RunningService behind(String strategy) {
        return RunningService.with(
                "pushwire.limits.connections-per-address=" + LIMIT, "server.forward-headers-strategy=" + strategy);
    }

    /**
     * In the header, # stands for a different number at each connection, such as a port. It does not make another
     * client.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            native    | X-Forwarded-For: 203.0.113.1:#
            native    | X-Forwarded-For: [2001:db8:0:1::1]:#
            native    | X-Forwarded-For: 2001:DB8:0:2::#
            native    | X-Forwarded-For: 2001:0db8:0000:0003::%eth#
            native    | X-Forwarded-For: 203.0.113.2:#, 10.0.0.4:5555, 127.0.0.1
            native    | X-Forwarded-For: #.example.com, 10.0.0.5
            native    | X-Forwarded-For: unknown#
            framework | X-Forwarded-For: 203.0.113.1:#
            framework | X-Forwarded-For: [2001:db8:0:1::1]:#
            framework | X-Forwarded-For: 2001:DB8:0:2::#
            framework | X-Forwarded-For: 2001:0db8:0000:0003::%eth#
            framework | X-Forwarded-For: 203.0.113.2:#, 10.0.0.4:5555
            framework | X-Forwarded-For: _hidden#
            framework | Forwarded: for="203.0.113.3:#";proto=https
            framework | Forwarded: For="[2001:db8:0:4::1]:#"
            """)
    void soManyConnectAndNoMore(String strategy, String header) {
        RunningService service = behind(strategy);
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 1; i <= LIMIT; i++) {
                RawClient client = RawClient.connect(service);
                clients.add(client);
                client.upgrade(from(header, i));
            }
            RawClient further = RawClient.connect(service);
            clients.add(further);
            further.ask(from(header, LIMIT + 1)).assertRefused(429, "from this address");
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    private static HandshakeText from(String header, int number) {
        return HandshakeText.of("/echo").and(header.replace("#", Integer.toString(number)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none      | X-Forwarded-For: 203.0.113.9                            | 127.0.0.1
            native    | X-Forwarded-For: 203.0.113.9:4711                       | 203.0.113.9
            native    | X-Forwarded-For: 203.0.113.9:1, 10.0.0.4:5555, [::1]:1  | 203.0.113.9
            native    | X-Forwarded-For: evil.example, 203.0.113.9, 10.0.0.4    | 203.0.113.9
            native    | X-Forwarded-For: 203.0.113.9, unknown, 10.0.0.4         | 10.0.0.4
            native    | X-Forwarded-For: , ::FFFF:203.0.113.9 ,                 | 203.0.113.9
            native    | X-Forwarded-For:                                        | 127.0.0.1
            native    | X-Forwarded-For: no.such.host.example                   | 127.0.0.1
            native    | X-Forwarded-For: [2001:db8::1]:4711                     | 2001:db8:0:0:0:0:0:1
            framework | X-Forwarded-For: 203.0.113.9:4711                       | 203.0.113.9
            framework | X-Forwarded-For: 2001:DB8::1                            | 2001:db8:0:0:0:0:0:1
            framework | X-Forwarded-For: [2001:db8::1]:4711                     | 2001:db8:0:0:0:0:0:1
            framework | X-Forwarded-For: unknown, 203.0.113.9                   | 127.0.0.1
            framework | Forwarded: for=203.0.113.9                              | 203.0.113.9
            framework | Forwarded: for=_hidden                                  | 127.0.0.1
            framework | Forwarded: for=unknown;proto=https                      | 127.0.0.1
            """)
    void theEndpointIsToldTheAddressAlone(String strategy, String header, String address) {
        Probe probe = Probe.on(Execution.EVENT_LOOP);
        RunningService service = RunningService.with("server.forward-headers-strategy=" + strategy);
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(HandshakeText.of(probe.path()).and(header));
            probe.assertOpened();
            assertThat(probe.handshake().remoteAddress()).isEqualTo(address);
            assertThat(probe.session().remoteAddress()).isEqualTo(address);
        }
    }
}
