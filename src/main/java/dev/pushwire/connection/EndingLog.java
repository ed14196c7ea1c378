package dev.pushwire.connection;

import dev.pushwire.connection.Ending.Plan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how connections end. An ending that cannot be logged goes on all the same. */
final class EndingLog {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private EndingLog() {}

    /** Logs an ending as loudly as its plan says. */
    static void ends(Connection connection, Ending how, Plan plan) {
        String pattern = connection.binding().pattern();
        switch (plan.loudness()) {
            case DEBUG -> log.debug("{} ends: {}", connection.session(), how);
            case INFO -> log.info("{} on {} ends: {}", connection.session(), pattern, how);
            case ERROR -> {
                if (how instanceof Ending.AppFailed(Throwable cause)) {
                    endpointFailed(connection, cause);
                }
            }
        }
    }

    /** Logs an exception of an endpoint. */
    static void endpointFailed(Connection connection, Throwable cause) {
        String pattern = connection.binding().pattern();
        try {
            log.error("{}: the endpoint of {} failed", connection.session(), pattern, cause);
        } catch (Throwable t) { // getMessage is the application's code too
            log.error(
                    "{}: the endpoint of {} failed with a {}, which cannot be logged",
                    connection.session(),
                    pattern,
                    cause.getClass().getName());
        }
    }

    /** Logs a failure that no ending covers. Throws nothing. */
    static void engineFailed(Connection connection, Throwable cause) {
        try {
            log.error("{} failed inside the engine", connection.session(), cause);
        } catch (Throwable t) {
            // There is not even memory for a line in the log, or the failure itself cannot be printed.
        }
    }
}
