package dev.pushwire.api;

import dev.pushwire.api.Caller.Bearer;
import dev.pushwire.api.Caller.KeyHolder;
import dev.pushwire.api.Caller.Local;
import dev.pushwire.api.Caller.Nobody;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What the audit log tells of a request besides the path, the method and the status. */
final class AuditNotes {
    private static final String ASKED = "dev.pushwire.audit.asked";
    private static final String CALLER = "dev.pushwire.audit.caller";
    private static final String TARGET = "dev.pushwire.audit.target";
    private static final String DETAIL = "dev.pushwire.audit.detail";

    private AuditNotes() {}

    /** Notes that a controller asked for the caller. A request without this note did nothing that needs a right. */
    static void asked(HttpServletRequest request) {
        request.setAttribute(ASKED, true);
    }

    static boolean isAsked(HttpServletRequest request) {
        return request.getAttribute(ASKED) != null;
    }

    /** Notes the caller. */
    static void caller(HttpServletRequest request, Caller caller) {
        request.setAttribute(CALLER, caller);
    }

    /** Notes the object of the act. */
    static void target(HttpServletRequest request, String target) {
        request.setAttribute(TARGET, target);
    }

    /** Notes how much was done. */
    static void detail(HttpServletRequest request, String detail) {
        request.setAttribute(DETAIL, detail);
    }

    /** The caller; null if its credentials are not valid. */
    static @Nullable Caller caller(HttpServletRequest request) {
        return (Caller) request.getAttribute(CALLER);
    }

    static String actor(@Nullable Caller caller) {
        return switch (caller) {
            case KeyHolder(var key) -> "key " + key.name();
            case Bearer(var token) -> "principal " + token.name();
            case Local _ -> "local";
            case Nobody _ -> "nobody";
            case null -> "nobody";
        };
    }

    static @Nullable String target(HttpServletRequest request) {
        return (String) request.getAttribute(TARGET);
    }

    static @Nullable String detail(HttpServletRequest request) {
        return (String) request.getAttribute(DETAIL);
    }
}
