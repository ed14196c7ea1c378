package dev.pushwire.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets that are all valid at the same time: one of the configuration, and those of a file, one per line. The file
 * may change while the service runs, so that a new secret works before an old one goes. Thread-safe.
 */
public final class Secrets {
    /** How many secrets a file may have, since each of them is tried. */
    public static final int MOST = 16;

    private static final int LARGEST_FILE = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Secrets.class);

    private final String property;
    private final Rule rule;
    private final List<byte[]> configured;
    private final @Nullable Path file;
    private volatile List<byte[]> current;
    private @Nullable String lastFailure;

    /** The rule for a secret. */
    public interface Rule {
        boolean accepts(String secret);

        /** The rule, in a sentence without a full stop. */
        String sentence();
    }

    /**
     * Reads the file, if there is one.
     *
     * @param property the property of the configuration, without {@code .secret} or {@code .secret-file}
     * @param configured the secret of the configuration; null for none
     * @param file a file with one or more secrets, one a line; empty lines do not count. Null for none
     * @throws IllegalArgumentException if a secret breaks the rule, the file cannot be read, or there is neither. The
     *     message says which secret it is, but not the secret
     */
    public Secrets(String property, @Nullable String configured, @Nullable Path file, Rule rule) {
        this.property = property;
        this.rule = rule;
        this.file = file;
        this.configured = configured == null ? List.of() : List.of(encoded(configured, property + ".secret"));
        this.current = all();
        if (current.isEmpty()) {
            throw new IllegalArgumentException(property + ".secret must be set, or " + property + ".secret-file");
        }
    }

    /** Whether there is a file, so that {@link #reread} may find something new. */
    public boolean haveFile() {
        return file != null;
    }

    /**
     * Reads the file again. If it is missing, cannot be read, or has a secret that breaks the rule, nothing changes,
     * and the log says so once.
     */
    public synchronized void reread() {
        try {
            List<byte[]> now = all();
            if (!areSame(now, current)) {
                current = now;
                log.info("{} has changed: {} secrets are good now", property, now.size());
            }
            lastFailure = null;
        } catch (IllegalArgumentException e) {
            String failure = String.valueOf(e.getMessage());
            if (!failure.equals(lastFailure)) {
                log.warn("{}. The secrets that were read before stay good", failure);
            }
            lastFailure = failure;
        }
    }

    /** The bytes of each secret, never empty; must not be changed. */
    public List<byte[]> current() {
        return current;
    }

    /**
     * Whether this is one of the secrets. The time does not depend on which one it is, nor on how much of one a guess
     * has right.
     */
    public boolean contain(byte[] sent) {
        boolean known = false;
        for (byte[] secret : current) {
            known |= MessageDigest.isEqual(sent, secret);
        }
        return known;
    }

    private List<byte[]> all() {
        List<byte[]> all = new ArrayList<>(configured);
        if (file != null) {
            List<String> lines = read(file)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.isEmpty()) {
                throw unusable("has no secret");
            }
            if (lines.size() > MOST) {
                throw unusable("has more than " + MOST + " secrets");
            }
            for (int i = 0; i < lines.size(); i++) {
                all.add(encoded(lines.get(i), property + ".secret-file: secret " + (i + 1) + " in " + file));
            }
        }
        return List.copyOf(all);
    }

    private String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw unusable("is larger than " + LARGEST_FILE + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unusable("cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private IllegalArgumentException unusable(String what) {
        return new IllegalArgumentException(property + ".secret-file: " + file + " " + what);
    }

    private byte[] encoded(String secret, String place) {
        if (!rule.accepts(secret)) {
            throw new IllegalArgumentException(place + " cannot be used: " + rule.sentence());
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean areSame(List<byte[]> one, List<byte[]> other) {
        if (one.size() != other.size()) {
            return false;
        }
        boolean same = true;
        for (int i = 0; i < one.size(); i++) {
            same &= MessageDigest.isEqual(one.get(i), other.get(i));
        }
        return same;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Secrets[" + property + "]";
    }
}
