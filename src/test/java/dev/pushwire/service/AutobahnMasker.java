package dev.pushwire.service;

import org.python.core.PyString;

/**
 * Masks payloads for the Autobahn TestSuite, which would otherwise do so byte by byte in interpreted Python and spend most
 * of its time on it. Public, with names as the suite wants them.
 */
public final class AutobahnMasker {
    private final String key;
    private int pointer;

    public AutobahnMasker(PyString key) {
        this.key = key.getString();
    }

    public int pointer() {
        return pointer;
    }

    public void reset() {
        pointer = 0;
    }

    /** A Python string has one byte in each character. */
    public PyString process(PyString data) {
        String payload = data.getString();
        char[] masked = new char[payload.length()];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = (char) (payload.charAt(i) ^ key.charAt((pointer + i) & 3));
        }
        pointer += masked.length;
        return new PyString(new String(masked));
    }
}
