package dev.pushwire.service;

import java.net.http.HttpClient;
import java.util.concurrent.Executors;

/**
 * The HTTP client of all tests that need none of their own. It lives as long as the JVM, with one thread and one selector, and
 * does its work on virtual threads. So tests that count threads and descriptors find the same before and after.
 */
public final class SharedHttp {
    public static final HttpClient CLIENT = HttpClient.newBuilder()
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private SharedHttp() {}
}
