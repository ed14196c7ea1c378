package dev.pushwire.audit;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes each act to the logger {@code dev.pushwire.audit}, as a sentence and as key-value pairs. Acts that were
 * carried out are always written. Refusals are limited to a number a minute, since any caller can cause them.
 * Thread-safe.
 */
public final class AuditLog {
    /** Enough to see which callers try what, and not enough to fill a disk: about 15 MB a day. */
    static final int REFUSALS_PER_MINUTE = 60;

    /** The most characters of a text that others have chosen. The longest name of a topic fits. */
    private static final int LONGEST = 200;

    private static final Logger log = LoggerFactory.getLogger("dev.pushwire.audit");

    private final RefusalListener listener;
    private final RefusalAllowance allowance;

    /** @param nanoTime the time as {@link System#nanoTime} counts it */
    public AuditLog(RefusalListener listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.allowance = new RefusalAllowance(REFUSALS_PER_MINUTE, nanoTime);
    }

    public void write(Act act) {
        if (!act.outcome().isRefusal()) {
            log(log.atInfo(), act);
            return;
        }
        listener.refused(act.outcome());
        if (allowance.take()) {
            long left = allowance.takeLeftOut();
            if (left > 0) {
                log.atWarn().addKeyValue("audit.omitted", left).log("{} more refusals were not written", left);
            }
            log(log.atWarn(), act);
        }
    }

    private static void log(LoggingEventBuilder line, Act act) {
        String target = cleaned(act.target());
        String detail = cleaned(act.detail());
        String actor = String.valueOf(cleaned(act.actor()));
        line = line.addKeyValue("audit.action", act.action())
                .addKeyValue("audit.outcome", act.outcome().word())
                .addKeyValue("audit.actor", actor)
                .addKeyValue("audit.address", act.address());
        if (target != null) {
            line = line.addKeyValue("audit.target", target);
        }
        if (detail != null) {
            line = line.addKeyValue("audit.detail", detail);
        }
        line.log(
                "{} by {} from {}{}: {}{}",
                act.action(),
                actor,
                act.address(),
                target == null ? "" : " on " + target,
                act.outcome().word(),
                detail == null ? "" : " (" + detail + ")");
    }

    /** Makes a text fit for one line, since a name may have any characters. */
    private static @Nullable String cleaned(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return cut.replaceAll("[\\p{IsControl}\\u2028\\u2029]", "?");
    }
}
