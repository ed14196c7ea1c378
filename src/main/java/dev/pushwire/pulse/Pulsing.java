package dev.pushwire.pulse;

import java.util.List;

/** A component that depends on pulses. */
public interface Pulsing {
    /** The pulses that run now. */
    List<Pulse> pulses();
}
