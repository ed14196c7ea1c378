package dev.pushwire.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** All controllers under {@code /topics} and {@code /api}, for an application to import. */
@Configuration(proxyBeanMethods = false)
@Import({
    ClusterClient.class,
    ApiFailures.class,
    ApiJson.class,
    Callers.class,
    ConnectionsController.class,
    OwnApiErrors.class,
    PathParameters.class,
    PublishFilter.class,
    PublicationsController.class,
    RevocationsController.class,
    Rights.class,
    SubscriptionsController.class,
    TicketsController.class,
    TopicController.class,
    TopicLists.class,
    TopicNames.class,
    TopicPublisher.class,
    TopicsController.class
})
public class ApiControllers {}
