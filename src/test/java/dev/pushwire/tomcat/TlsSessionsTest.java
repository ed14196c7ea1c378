package dev.pushwire.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.tomcat.util.net.SSLHostConfig;
import org.junit.jupiter.api.Test;

/** How many TLS sessions are kept for clients that keep none themselves. */
class TlsSessionsTest {
    private final HijackableProtocol protocol = new HijackableProtocol();
    private final SSLHostConfig config = new SSLHostConfig();

    @Test
    void areFewerThanTheJdkWouldKeep() {
        protocol.addSslHostConfig(config);
        assertThat(config.getSessionCacheSize()).isEqualTo(1024);
    }

    @Test
    void areAsFewWithAnotherCertificate() {
        protocol.addSslHostConfig(new SSLHostConfig());
        protocol.addSslHostConfig(config, true);
        assertThat(config.getSessionCacheSize()).isEqualTo(1024);
    }

    @Test
    void areAsManyAsSomebodyAsksFor() {
        config.setSessionCacheSize(5000);
        protocol.addSslHostConfig(config);
        assertThat(config.getSessionCacheSize()).isEqualTo(5000);
    }
}
