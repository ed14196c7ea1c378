package dev.pushwire.bench.load;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/**
 * Linux may wake a thread up to 50 µs late, to save power. An echo takes as long. A thread can ask to be woken on time.
 */
final class TimerSlack {
    private static final int PR_SET_TIMERSLACK = 29;

    private TimerSlack() {}

    /** From now on the calling thread is woken on time, as far as the system can. */
    @SuppressWarnings("restricted") // a call into C
    static void least() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("prctl").ifPresent(prctl -> {
            FunctionDescriptor type =
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);
            try {
                int _ = (int) linker.downcallHandle(prctl, type, Linker.Option.firstVariadicArg(1))
                        .invokeExact(PR_SET_TIMERSLACK, 1L);
            } catch (Throwable t) {
                throw new IllegalStateException("prctl cannot be called", t);
            }
        });
    }
}
