package dev.pushwire.autoconfigure;

import java.util.List;

/**
 * The requests that pages of other origins may make, if they may open WebSockets.
 *
 * @param routes each a method and a path pattern, with a space between them
 */
record SharedRoutes(List<String> routes) {}
