package dev.pushwire.autoconfigure;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.connector.Connector;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.http2.Http2Protocol;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.SslConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.util.LambdaSafe;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;

/**
 * Opens a port of its own for the HTTP API. All settings of the application's server hold on both ports, certificates
 * included.
 */
final class ApiConnector implements TomcatConnectorCustomizer {
    /** What the factory sets by itself, and not by one of its customizers. */
    private static final List<String> OF_THE_FACTORY =
            List.of("compression", "compressionMinSize", "compressibleMimeType", "noCompressionUserAgents", "server");

    private final TomcatServletWebServerFactory factory;
    private final Connector connector;

    private ApiConnector(TomcatServletWebServerFactory factory, Connector connector) {
        this.factory = factory;
        this.connector = connector;
    }

    /** @param address the address to listen on; null for all */
    static Connector add(
            TomcatServletWebServerFactory factory, String protocol, int port, @Nullable InetAddress address) {
        Connector connector = new Connector(protocol);
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        connector.setProperty("bindOnInit", "false"); // not before the application is ready to answer
        if (address != null) {
            connector.setProperty("address", address.getHostAddress());
        }
        factory.addAdditionalConnectors(connector);
        factory.addConnectorCustomizers(new ApiConnector(factory, connector));
        return connector;
    }

    /** Configures the second connector as the factory has configured the first one, once that is complete. */
    @Override
    public void customize(Connector first) {
        connector.setURIEncoding(first.getURIEncoding());
        for (String property : OF_THE_FACTORY) {
            Object value = first.getProperty(property);
            if (value != null) {
                connector.setProperty(property, value.toString());
            }
        }
        Http2 http2 = factory.getHttp2();
        if (http2 != null && http2.isEnabled()) {
            connector.addUpgradeProtocol(new Http2Protocol());
        }
        customizeProtocol(connector.getProtocolHandler(), factory.getProtocolHandlerCustomizers());
        Ssl ssl = factory.getSsl();
        if (Ssl.isEnabled(ssl)) {
            speakTls(ssl, factory.getSslBundles());
        }
        factory.getConnectorCustomizers().stream()
                .filter(each -> !(each instanceof ApiConnector))
                .forEach(each -> each.customize(connector));
    }

    private void speakTls(Ssl ssl, @Nullable SslBundles bundles) {
        SslConnectorCustomizer customizer =
                new SslConnectorCustomizer(LogFactory.getLog(ApiConnector.class), connector, ssl.getClientAuth());
        customizer.customize(WebServerSslBundle.get(ssl, bundles), Map.of());
        String bundle = ssl.getBundle();
        if (bundle != null && bundles != null) {
            bundles.addBundleUpdateHandler(bundle, next -> customizer.update(null, next));
        }
    }

    @SuppressWarnings("unchecked") // as the factory does it: a customizer for another protocol is left out
    private static void customizeProtocol(
            ProtocolHandler handler, Set<TomcatProtocolHandlerCustomizer<?>> customizers) {
        LambdaSafe.callbacks(TomcatProtocolHandlerCustomizer.class, customizers, handler)
                .invoke(customizer -> customizer.customize(handler));
    }
}
