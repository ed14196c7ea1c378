package dev.pushwire.socketio;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;

/**
 * How the nodes of a service reach each other.
 *
 * @param broker which remembers of internal topics what {@link NamespaceTopics#retention} says
 * @param searches which clients may have searched for
 */
public record SocketIoNodes(NodeName self, Broker broker, ClusterBus bus, NodeSearches searches) {}
