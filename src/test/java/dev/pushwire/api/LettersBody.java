package dev.pushwire.api;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** A body of letters. It counts those that are read, and breaks off after some. */
final class LettersBody extends ServletInputStream {
    private final long length;
    private final AtomicLong taken = new AtomicLong();

    LettersBody(long length) {
        this.length = length;
    }

    long taken() {
        return taken.get();
    }

    @Override
    public int read() throws IOException {
        if (taken.get() == length) {
            throw new IOException("reset");
        }
        taken.incrementAndGet();
        return 'x';
    }

    @Override
    public boolean isFinished() {
        return false;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException();
    }
}
