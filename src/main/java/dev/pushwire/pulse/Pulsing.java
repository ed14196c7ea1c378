package dev.pushwire.pulse;

import java.util.List;

/** Something that lives by pulses. */
public interface Pulsing {
    /** Those that run now. */
    List<Pulse> pulses();
}
