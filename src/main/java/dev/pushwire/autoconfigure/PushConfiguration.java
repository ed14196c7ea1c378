package dev.pushwire.autoconfigure;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.access.TokenVerifier;
import dev.pushwire.access.TopicAllowances;
import dev.pushwire.broker.BoundedBroker;
import dev.pushwire.broker.Broker;
import dev.pushwire.broker.TimedBroker;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.endpoint.spi.TokenAuthenticator;
import dev.pushwire.metrics.BrokerMeters;
import dev.pushwire.push.ClientListener;
import dev.pushwire.push.ClientSessions;
import dev.pushwire.push.Hub;
import dev.pushwire.push.HubLimits;
import dev.pushwire.push.NewTopics;
import dev.pushwire.push.Presence;
import dev.pushwire.push.SubscriptionGate;
import dev.pushwire.push.TopicAccess;
import dev.pushwire.push.TopicEndpoint;
import dev.pushwire.push.TopicPolicy;
import dev.pushwire.push.TopicRules;
import dev.pushwire.push.Topics;
import dev.pushwire.pushprotocol.ProtocolLimits;
import dev.pushwire.pushprotocol.PushEndpoint;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.AbstractApplicationContext;

/** The beans of topics. */
@Configuration(proxyBeanMethods = false)
class PushConfiguration {
    /** The pause between two looks for topics that no client needs any more. */
    private static final Duration TIDY_UP = Duration.ofSeconds(5);

    /** The properties come before policies that are beans. */
    @Bean
    TopicRules pushwireTopicRules(TopicsProperties properties, ObjectProvider<TopicPolicy> others) {
        return properties.rules(others.orderedStream().toList());
    }

    @Bean
    TopicRetentions pushwireTopicRetentions(TopicRules rules, SocketIoProperties socketIo) {
        return new TopicRetentions(rules, socketIo);
    }

    /** The broker, whichever it is, as the topics use it. */
    @Bean
    @Primary
    BoundedBroker pushwireBoundedBroker(@Qualifier("pushwireBroker") Broker broker, BrokerMeters meters) {
        BoundedBroker bounded = new BoundedBroker(new TimedBroker(broker, meters), BoundedBroker.MOST_WAITING, meters);
        meters.observe(bounded);
        return bounded;
    }

    @Bean
    Hub pushwireHub(
            Broker broker,
            TopicRules rules,
            SessionGroup.Factory groups,
            LimitsProperties limits,
            HistoryProperties history,
            PeriodicTasks housekeeping) {
        HubLimits most = new HubLimits(
                limits.topics(), limits.patterns(), history.maxMemory().toBytes() / 4);
        Hub hub = new Hub(broker, rules, groups, most, InstantSource.system());
        housekeeping.every(TIDY_UP, hub::tidyUp);
        return hub;
    }

    @Bean
    Presence pushwirePresence(Broker broker, TopicRules rules) {
        return new Presence(broker, rules);
    }

    @Bean
    Topics pushwireTopics(Hub hub, Broker broker, Presence presence, WebSocketProperties properties) {
        return new Topics(
                hub, broker, presence, (int) properties.maxMessageSize().toBytes());
    }

    /** Reports what clients do to the application's event listeners. */
    @Bean
    ClientListener pushwireClientListener(AbstractApplicationContext context) {
        return new ClientEvents(context);
    }

    /** Serves the clients of every door. */
    @Bean
    ClientSessions pushwireClientSessions(
            Hub hub,
            Presence presence,
            TopicAccess access,
            TokenAuthenticator tokens,
            NewTopics newTopics,
            PushProperties properties,
            LimitListener limits,
            ClientListener events) {
        return new ClientSessions(hub, presence, access, tokens, newTopics, properties.subscriptions(), limits, events);
    }

    @Bean
    @ConditionalOnSwitch("pushwire.push.enabled")
    PushEndpoint pushwirePushEndpoint(
            ClientSessions clients,
            WebSocketProperties webSocket,
            LimitsProperties limits,
            PushProperties properties,
            LimitListener listener) {
        return new PushEndpoint(clients, told(webSocket, limits, properties), listener);
    }

    /** The limits, as clients of the protocol see them. */
    static ProtocolLimits told(WebSocketProperties webSocket, LimitsProperties limits, PushProperties properties) {
        return new ProtocolLimits(
                (int) webSocket.maxMessageSize().toBytes(), limits.messagesPerSecond(), properties.subscriptions());
    }

    @Bean
    @ConditionalOnSwitch("pushwire.raw.enabled")
    TopicEndpoint pushwireTopicEndpoint(Hub hub, Presence presence, SubscriptionGate gate, ClientListener events) {
        return new TopicEndpoint(hub, presence, gate, events);
    }

    @Bean
    SubscriptionGate pushwireSubscriptionGate(Hub hub, TopicAccess access, NewTopics newTopics, LimitListener limits) {
        return new SubscriptionGate(hub, access, newTopics, limits);
    }

    @Bean
    @ConditionalOnMissingBean
    TopicAccess pushwireTopicAccess(TopicRules rules, TokenVerifier tokens) {
        return new ClaimsAccess(rules, tokens.isConfigured());
    }

    @Bean
    NewTopics pushwireNewTopics(LimitsProperties limits, LimitListener listener) {
        return new TopicAllowances(
                limits.newTopicsPerMinute(), limits.newTopicsPerMinuteAndAddress(), listener, System::nanoTime);
    }
}
