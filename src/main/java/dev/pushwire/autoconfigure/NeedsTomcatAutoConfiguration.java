package dev.pushwire.autoconfigure;

import dev.pushwire.connection.EventLoopGroup;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;

/** Fails the start of an application without Tomcat, since its endpoints could never be reached. */
@AutoConfiguration(after = PushwireAutoConfiguration.class)
@ConditionalOnSwitch("pushwire.enabled")
@ConditionalOnMissingBean(EventLoopGroup.class)
public final class NeedsTomcatAutoConfiguration {
    NeedsTomcatAutoConfiguration() {
        throw new NeedsTomcatException();
    }
}
