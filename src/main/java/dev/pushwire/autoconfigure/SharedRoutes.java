package dev.pushwire.autoconfigure;

import java.util.List;

/**
 * Requests that pages of other origins may make, where they may open WebSockets.
 *
 * @param routes each a method and a path pattern, with a space between them
 */
record SharedRoutes(List<String> routes) {}
