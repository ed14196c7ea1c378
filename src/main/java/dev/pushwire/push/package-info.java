/** Topics on top of endpoints: the hub, the subscriber endpoint and the HTTP API to publish. */
@NullMarked
package dev.pushwire.push;

import org.jspecify.annotations.NullMarked;
