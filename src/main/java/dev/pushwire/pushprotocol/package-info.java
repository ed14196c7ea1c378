/**
 * {@code /push}: many topics over one connection, in the subprotocol {@code pushwire.v1.json}. {@code docs/protocol.md}
 * specifies it for people who write clients. Its JSON schema is served at {@code /protocol/pushwire.v1.schema.json}.
 */
@NullMarked
package dev.pushwire.pushprotocol;

import org.jspecify.annotations.NullMarked;
