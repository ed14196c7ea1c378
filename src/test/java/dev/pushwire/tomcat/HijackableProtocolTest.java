package dev.pushwire.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A processor has one request object for life, by which the test knows it. */
class HijackableProtocolTest {
    private static final int CROWD = 20;
    private static final int KEPT = 4;

    private final Connector connector = new Connector(HijackableProtocol.class.getName());
    private final HijackableProtocol protocol = (HijackableProtocol) connector.getProtocolHandler();
    private final Tomcat tomcat = new Tomcat();
    private volatile Crowd crowd = new Crowd();

    /** Requests that wait for each other. */
    private static final class Crowd {
        private final Set<Request> processors =
                Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        private final CountDownLatch come = new CountDownLatch(CROWD);
        private final CountDownLatch answered = new CountDownLatch(1);
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        connector.setPort(0);
        protocol.setProcessorCache(KEPT);
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector);
        tomcat.addContext("", folder.toString());
        tomcat.getEngine().getPipeline().addValve(new ValveBase(true) {
            @Override
            public void invoke(Request request, Response response) {
                Crowd now = crowd;
                now.processors.add(request);
                now.come.countDown();
                try {
                    assertThat(now.answered.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    /** Lets so many requests come at once, and answers them when all are there. */
    private Set<Request> processorsOfACrowd(Runnable meanwhile) throws Exception {
        Crowd fresh = new Crowd();
        crowd = fresh;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> requests = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                requests.add(threads.submit(this::request));
            }
            assertThat(fresh.come.await(30, TimeUnit.SECONDS)).isTrue();
            meanwhile.run();
            fresh.answered.countDown();
            for (Future<?> request : requests) {
                request.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(fresh.processors).hasSize(CROWD);
        return fresh.processors;
    }

    /** Tomcat closes the connection behind the processor's work. */
    private Void request() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes());
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
            return null;
        }
    }

    private static int common(Set<Request> some, Set<Request> others) {
        return (int) some.stream().filter(others::contains).count();
    }

    @Test
    void whileACrowdComesItsProcessorsAreUsedAgain() throws Exception {
        Set<Request> first = processorsOfACrowd(() -> {});
        Set<Request> second = processorsOfACrowd(() -> {});

        assertThat(common(second, first)).isEqualTo(CROWD);
    }

    @Test
    void whatACrowdHasLeftIsGivenUp() throws Exception {
        Set<Request> first = processorsOfACrowd(() -> {});

        protocol.tidyUp();

        assertThat(common(processorsOfACrowd(() -> {}), first)).isZero();
    }

    @Test
    void ofThoseInUseMeanwhileOnlyAsManyAreKeptAsAtAllTimes() throws Exception {
        Set<Request> first = processorsOfACrowd(protocol::tidyUp);

        assertThat(common(processorsOfACrowd(() -> {}), first)).isEqualTo(KEPT);
    }
}
