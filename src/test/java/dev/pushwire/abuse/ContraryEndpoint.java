package dev.pushwire.abuse;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.service.OnPurposeException;
import dev.pushwire.service.UnspeakableException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.annotation.Bean;

/**
 * An endpoint that does something wrong in one of its callbacks. The path of the connection names the callback and the
 * deed.
 */
abstract class ContraryEndpoint implements Endpoint {
    static final CloseStatus ENOUGH = new CloseStatus(4000, "enough");

    /** Blocks endpoints for as long as a test wants. */
    private static volatile CountDownLatch blocked = new CountDownLatch(1);

    @EndpointMapping(value = "/contrary/event_loop/{callback}/{deed}", execution = Execution.EVENT_LOOP)
    private static final class OnEventLoop extends ContraryEndpoint {}

    @EndpointMapping("/contrary/virtual_thread/{callback}/{deed}")
    private static final class OnVirtualThread extends ContraryEndpoint {}

    /** The beans for a service with both endpoints. */
    static final class Beans {
        @Bean
        Endpoint contraryOnEventLoop() {
            return new OnEventLoop();
        }

        @Bean
        Endpoint contraryOnVirtualThread() {
            return new OnVirtualThread();
        }
    }

    /** What an endpoint may do wrong. Its exceptions have no stack trace, to keep the log short. */
    enum Deed {
        THROWS {
            @Override
            void happen(Session session) {
                throw new OnPurposeException();
            }
        },
        THROWS_THE_UNSPEAKABLE {
            @Override
            void happen(Session session) {
                throw new UnspeakableException();
            }
        },
        RUNS_OUT_OF_MEMORY {
            @Override
            void happen(Session session) {
                try {
                    byte[] tooLarge = new byte[Integer.MAX_VALUE]; // too large for any heap
                    throw new AssertionError("There is room for " + tooLarge.length);
                } catch (OutOfMemoryError e) {
                    throw withoutTrace(e);
                }
            }
        },
        OVERFLOWS_THE_STACK {
            @Override
            void happen(Session session) {
                try {
                    deeper(0);
                } catch (StackOverflowError e) {
                    throw withoutTrace(e);
                }
            }

            @SuppressWarnings("InfiniteRecursion") // it is to run out of stack
            private int deeper(int depth) {
                return deeper(depth + 1) + 1;
            }
        },
        CLOSES {
            @Override
            void happen(Session session) {
                session.send("before");
                session.close(ENOUGH);
                session.close();
                session.send("never seen");
            }
        },
        BLOCKS {
            @Override
            void happen(Session session) {
                try {
                    blocked.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };

        /** @param session null before there is one */
        abstract void happen(Session session);

        private static <E extends Error> E withoutTrace(E error) {
            error.setStackTrace(new StackTraceElement[0]);
            return error;
        }
    }

    /** From now on, {@link Deed#BLOCKS} blocks until the result is counted down. */
    static CountDownLatch block() {
        blocked = new CountDownLatch(1);
        return blocked;
    }

    static String path(Execution execution, String callback, Deed deed) {
        return "/contrary/" + execution.name().toLowerCase(Locale.ROOT) + "/" + callback + "/" + deed;
    }

    private static void in(String callback, Map<String, String> path, Session session) {
        if (callback.equals(path.get("callback"))) {
            Deed.valueOf(path.get("deed")).happen(session);
        }
    }

    @Override
    public void onHandshake(Handshake handshake) {
        in("onHandshake", handshake.pathVariables(), null);
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        in("onOpen", session.pathVariables(), session);
    }

    @Override
    public void onText(Session session, Text text) {
        in("onText", session.pathVariables(), session);
    }

    @Override
    public void onBinary(Session session, ByteBuffer data) {
        in("onBinary", session.pathVariables(), session);
    }

    @Override
    public void onClose(Session session, CloseStatus status) {
        in("onClose", session.pathVariables(), session);
    }
}
