package dev.pushwire.socketio;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;

/**
 * The ways between the nodes of a service.
 *
 * @param broker remembers internal topics as {@link NamespaceTopics#retention} says
 * @param searches limits the searches for returning clients
 */
public record SocketIoNodes(NodeName self, Broker broker, ClusterBus bus, NodeSearches searches) {}
