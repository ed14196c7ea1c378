package dev.pushwire.bench.load;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/**
 * Linux may wake a thread up to 50 µs later than it asked for, to save power; that is as long as an echo takes. A thread
 * that wants to be on time can say so.
 */
final class TimerSlack {
    private static final int PR_SET_TIMERSLACK = 29;

    private TimerSlack() {}

    /** The calling thread is woken on time from now on, as far as the system can. */
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
