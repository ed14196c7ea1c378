/**
 * {@code /push}: one connection, many topics, in the subprotocol {@code pushwire.v1.json}. Its description for those who
 * write clients is {@code docs/protocol.md}; as JSON Schema it is served at {@code /protocol/pushwire.v1.schema.json}.
 */
@NullMarked
package dev.pushwire.pushprotocol;

import org.jspecify.annotations.NullMarked;
