package dev.pushwire.api;

import java.util.List;

/**
 * The connections of one principal.
 *
 * @param total how many there are, with those not listed
 * @param complete whether all nodes, and all event loops of each, have answered
 */
record ConnectionList(long total, List<ConnectionReport> connections, boolean complete) {}
