package dev.pushwire.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The notices that this node has heard. It hears each once, and none is lost as long as a node lives. Not thread-safe.
 */
final class NoticeLog {
    private final Map<String, Notice> byKey = new HashMap<>();

    /**
     * Hears a notice.
     *
     * @return whether it is new
     */
    boolean hear(Notice notice) {
        Notice before = byKey.get(notice.key());
        if (before != null && before.at() >= notice.at()) {
            return false;
        }
        byKey.put(notice.key(), notice);
        return true;
    }

    /** Forgets a notice, as if it had not been heard. */
    void forget(Notice notice) {
        byKey.remove(notice.key(), notice);
    }

    /** Whether the notice of this time was heard. */
    boolean hasHeard(long at) {
        return byKey.values().stream().anyMatch(notice -> notice.at() == at);
    }

    /**
     * The notices that others do not have. Forgets notices before a time, in microseconds: they are missing there
     * because they are out of date.
     */
    List<Notice> missingIn(Map<String, Notice> others, long oldest) {
        byKey.values().removeIf(notice -> notice.at() < oldest);
        List<Notice> missing = new ArrayList<>();
        byKey.forEach((key, notice) -> {
            Notice other = others.get(key);
            if (other == null || other.at() < notice.at()) {
                missing.add(notice);
            }
        });
        return missing;
    }
}
