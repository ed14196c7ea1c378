package dev.pushwire.testing;

import java.security.Principal;

/** Somebody of whom the name is all that matters. */
record TestPrincipal(String name) implements Principal {
    @Override
    public String getName() {
        return name;
    }
}
