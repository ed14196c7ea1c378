package dev.pushwire.testing;

import java.security.Principal;

/** A user with a name and nothing else. */
record TestPrincipal(String name) implements Principal {
    @Override
    public String getName() {
        return name;
    }
}
