package dev.pushwire.push;

/** What happens to a subscriber that reads slower than a topic's publications arrive, once its outbox is full. */
public enum OverflowPolicy {
    /** Its connection ends with 1013. It may come back and recover. */
    CLOSE,
    /** It misses the oldest publications that wait for it. */
    DROP_OLDEST,
    /** Of the waiting publications with the same key, it gets only the newest. */
    CONFLATE
}
