package dev.pushwire.api;

import java.util.List;

/**
 * Connections of one principal.
 *
 * @param total how many there are, also beyond those listed
 * @param complete whether all nodes, and all event loops of each, have answered
 */
record ConnectionList(long total, List<ConnectionReport> connections, boolean complete) {}
