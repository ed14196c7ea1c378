package dev.pushwire.autoconfigure;

import org.apache.catalina.startup.Tomcat;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The engine and topics, for any servlet application on Tomcat. {@code pushwire.enabled=false} turns them off. An
 * application can replace a part by a bean of its own, where {@code docs/library.md} says so.
 */
@AutoConfiguration(
        before = TomcatServletWebServerAutoConfiguration.class,
        after = CompositeMeterRegistryAutoConfiguration.class)
@ConditionalOnSwitch("pushwire.enabled")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Tomcat.class)
@EnableConfigurationProperties({
    AccessProperties.class,
    ApiProperties.class,
    BrokerProperties.class,
    DrainProperties.class,
    HealthProperties.class,
    HistoryProperties.class,
    LimitsProperties.class,
    PublishProperties.class,
    PushProperties.class,
    RawProperties.class,
    SocketIoProperties.class,
    StreamProperties.class,
    TopicsProperties.class,
    WebSocketProperties.class
})
@Import({
    EngineConfiguration.class,
    AccessConfiguration.class,
    PushConfiguration.class,
    SocketIoConfiguration.class,
    CrossOriginConfiguration.class,
    StreamConfiguration.class,
    PushHttpConfiguration.class,
    MemoryBrokerConfiguration.class,
    ApiConfiguration.class,
    OperationsConfiguration.class
})
public final class PushwireAutoConfiguration {}
