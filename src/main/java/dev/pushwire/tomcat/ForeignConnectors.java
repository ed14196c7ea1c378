package dev.pushwire.tomcat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Marks the requests of connectors with another protocol than {@link HijackableProtocol}: an application may add some.
 * Their sockets cannot be taken. A WebSocket there would get its 101 and nothing else, and keep its place for ever.
 */
public final class ForeignConnectors extends ValveBase {
    private static final String MARK = "dev.pushwire.tomcat.foreign";

    public ForeignConnectors() {
        super(true);
    }

    /** Whether the socket of a request can be taken from Tomcat. */
    static boolean letTake(HttpServletRequest request) {
        return request.getAttribute(MARK) == null;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!(request.getConnector().getProtocolHandler() instanceof HijackableProtocol)) {
            request.setAttribute(MARK, true);
        }
        getNext().invoke(request, response);
    }
}
