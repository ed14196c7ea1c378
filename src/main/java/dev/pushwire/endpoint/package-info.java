/** What an application developer implements ({@link Endpoint}) and calls ({@link Session}). */
@NullMarked
package dev.pushwire.endpoint;

import org.jspecify.annotations.NullMarked;
